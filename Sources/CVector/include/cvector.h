// What takes vector instructions that not every x86-64 has, and that Swift cannot be told of for single functions.
//
// None of it may be called where `cvector_is_available` says no, as on other architectures. Containers has portable
// code that does the same.
#ifndef GOREDIS_CVECTOR_H
#define GOREDIS_CVECTOR_H

#include <stddef.h>
#include <stdint.h>

/// Whether this machine has the instructions: AVX2, and counting bits.
int cvector_is_available(void);

/// How many bits of the `count` bytes at `bytes` are set.
uint64_t cvector_bit_count(const uint8_t *bytes, size_t count);

/// Bytes of the registers of a dense HyperLogLog. In front of them is a header, of which bytes are read, too.
#define CVECTOR_REGISTERS_SIZE 12288

/// Raises registers to those of another HyperLogLog where they are lower.
void cvector_raise_registers(uint8_t *target, const uint8_t *source);

/// Adds to `counts` how many registers have each value.
void cvector_count_registers(int64_t counts[64], const uint8_t *source);

#endif
