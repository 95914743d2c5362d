// What takes vector instructions that not every x86-64 has, and that Swift cannot be told of for single functions.
//
// None of it may be called where `cvector_is_available` says no, as on other architectures. Containers has portable
// code that does the same.
#ifndef GOREDIS_CVECTOR_H
#define GOREDIS_CVECTOR_H

#include <stddef.h>
#include <stdint.h>

/// Whether this machine has the instructions: AVX2, counting bits, and multiplication without carries.
int cvector_is_available(void);

/// How many bits of the `count` bytes at `bytes` are set.
uint64_t cvector_bit_count(const uint8_t *bytes, size_t count);

/// Bytes of the registers of a dense HyperLogLog. In front of them is a header, of which bytes are read, too.
#define CVECTOR_REGISTERS_SIZE 12288

/// Raises registers to those of two other HyperLogLogs, which may be one, where they are lower.
void cvector_raise_registers(uint8_t *target, const uint8_t *first, const uint8_t *second);

/// Adds to `counts` how many registers have each value.
void cvector_count_registers(int64_t counts[64], const uint8_t *source);

/// Two words, the one at the lower address first.
typedef struct { uint64_t first, second; } cvector_words;

/// Sixteen bytes whose CRC of 64 bits, lowest bit first, is that of the whole blocks of sixteen bytes among the `count`
/// at `bytes`, four or more, behind bytes whose CRC is `crc`. The factors are what moves a word past 128 bits, x^191
/// and x^127, and past 512 bits, x^575 and x^511, modulo the polynomial.
cvector_words cvector_crc64_fold(
  uint64_t crc, const uint8_t *bytes, size_t count, cvector_words past128, cvector_words past512);

#endif
