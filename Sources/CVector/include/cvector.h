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

/// Bytes of the registers of a dense HyperLogLog, and of each of the planes that they are raised in.
#define CVECTOR_PLANE_SIZE 12288

/// Raises the registers in two planes to those of a dense HyperLogLog, which a byte precedes that may be read.
void cvector_raise_registers(uint8_t *direct, uint8_t *moved, const uint8_t *source);

/// Writes the registers of two planes as those of a dense HyperLogLog. Two bytes behind `moved` are read.
void cvector_write_registers(uint8_t *target, const uint8_t *direct, const uint8_t *moved);

/// Adds to `counts` how many registers in two planes have each value.
void cvector_count_registers(int64_t counts[64], const uint8_t *direct, const uint8_t *moved);

#endif
