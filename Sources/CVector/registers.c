// The registers of HyperLogLogs, as they lie in the planes that RegisterPlanes.swift describes.
#include "cvector.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

// What a byte holds repeats after three of the string's and six of the moved ones: after three vectors.
enum { STEP = sizeof(__m256i), PERIOD = 3 * STEP, REGISTERS = 16384 };

#define FOUR_TIMES(...) __VA_ARGS__, __VA_ARGS__, __VA_ARGS__, __VA_ARGS__
#define PERIOD_OF(...) {FOUR_TIMES(FOUR_TIMES(__VA_ARGS__))}

// Which bits of the planes' bytes are a register's: 0x3f where it is as it was, 0xfc where it lies two bits higher.
static const uint8_t direct_mask[PERIOD] = PERIOD_OF(0x3f, 0, 0xfc, 0x3f, 0, 0xfc);
static const uint8_t moved_mask[PERIOD] = PERIOD_OF(0xfc, 0, 0, 0x3f, 0x3f, 0xfc);
// Of those that are moved, the ones of even bytes, and of odd ones.
static const uint8_t even_mask[PERIOD] = PERIOD_OF(0xfc, 0, 0, 0, 0x3f, 0);
static const uint8_t odd_mask[PERIOD] = PERIOD_OF(0, 0, 0, 0x3f, 0, 0xfc);

AVX2 static inline __m256i load(const uint8_t *place) { return _mm256_loadu_si256((const __m256i *)place); }

AVX2 static inline void store(uint8_t *place, __m256i bytes) { _mm256_storeu_si256((__m256i *)place, bytes); }

AVX2 static inline void raise(uint8_t *place, __m256i bytes) { store(place, _mm256_max_epu8(load(place), bytes)); }

AVX2 void cvector_raise_registers(uint8_t *direct, uint8_t *moved, const uint8_t *source) {
  __m256i own[3], even[3], odd[3];
  for (int part = 0; part < 3; part++) {
    own[part] = load(direct_mask + part * STEP);
    even[part] = load(even_mask + part * STEP);
    odd[part] = load(odd_mask + part * STEP);
  }
  for (size_t start = 0; start < CVECTOR_PLANE_SIZE; start += PERIOD) {
    for (int part = 0; part < 3; part++) {
      size_t offset = start + (size_t)part * STEP;
      // The two bytes of a register are a word in one of these.
      __m256i here = load(source + offset), before = load(source + offset - 1);
      __m256i of_even = _mm256_and_si256(_mm256_srli_epi16(here, 4), even[part]);
      __m256i of_odd = _mm256_and_si256(_mm256_slli_epi16(before, 4), odd[part]);
      raise(direct + offset, _mm256_and_si256(here, own[part]));
      raise(moved + offset, _mm256_or_si256(of_even, of_odd));
    }
  }
}

AVX2 void cvector_write_registers(uint8_t *target, const uint8_t *direct, const uint8_t *moved) {
  const __m256i low = _mm256_set1_epi16(0x00ff), high = _mm256_set1_epi16((short)0xf000);
  for (size_t offset = 0; offset < CVECTOR_PLANE_SIZE; offset += STEP) {
    __m256i here = load(moved + offset), behind = load(moved + offset + 2);
    // Of even bytes both parts, of odd ones the part that is in the byte behind, and the other.
    __m256i even = _mm256_slli_epi16(_mm256_and_si256(here, low), 4);
    __m256i odd = _mm256_or_si256(
      _mm256_srli_epi16(here, 12), _mm256_and_si256(_mm256_slli_epi16(behind, 4), high));
    store(target + offset, _mm256_or_si256(load(direct + offset), _mm256_or_si256(even, odd)));
  }
}

/// The bytes of registers that have a value, by their mask; no byte is such where there is no register.
AVX2 static inline __m256i bytes_of(uint8_t value, const uint8_t *mask) {
  __m256i masks = load(mask);
  __m256i as_was = _mm256_cmpeq_epi8(masks, _mm256_set1_epi8(0x3f));
  __m256i higher = _mm256_cmpeq_epi8(masks, _mm256_set1_epi8((char)0xfc));
  __m256i none = _mm256_cmpeq_epi8(masks, _mm256_setzero_si256());
  return _mm256_or_si256(
    none, _mm256_or_si256(_mm256_and_si256(as_was, _mm256_set1_epi8((char)value)),
                          _mm256_and_si256(higher, _mm256_set1_epi8((char)(value << 2)))));
}

/// How many registers have a value.
AVX2 static int64_t registers_of(uint8_t value, const uint8_t *direct, const uint8_t *moved) {
  __m256i direct_bytes[3], moved_bytes[3], direct_found[3], moved_found[3];
  for (int part = 0; part < 3; part++) {
    direct_bytes[part] = bytes_of(value, direct_mask + part * STEP);
    moved_bytes[part] = bytes_of(value, moved_mask + part * STEP);
    direct_found[part] = moved_found[part] = _mm256_setzero_si256();
  }
  // Each byte of a sum counts one of every three vectors, of which there are 128.
  for (size_t start = 0; start < CVECTOR_PLANE_SIZE; start += PERIOD) {
    for (int part = 0; part < 3; part++) {
      size_t offset = start + (size_t)part * STEP;
      direct_found[part] = _mm256_sub_epi8(
        direct_found[part], _mm256_cmpeq_epi8(load(direct + offset), direct_bytes[part]));
      moved_found[part] = _mm256_sub_epi8(
        moved_found[part], _mm256_cmpeq_epi8(load(moved + offset), moved_bytes[part]));
    }
  }
  __m256i sum = _mm256_setzero_si256();
  for (int part = 0; part < 3; part++) {
    sum = _mm256_add_epi64(sum, _mm256_sad_epu8(direct_found[part], _mm256_setzero_si256()));
    sum = _mm256_add_epi64(sum, _mm256_sad_epu8(moved_found[part], _mm256_setzero_si256()));
  }
  return _mm256_extract_epi64(sum, 0) + _mm256_extract_epi64(sum, 1) + _mm256_extract_epi64(sum, 2)
    + _mm256_extract_epi64(sum, 3);
}

AVX2 void cvector_count_registers(int64_t counts[64], const uint8_t *direct, const uint8_t *moved) {
  // Those of a set have few different values, from the lowest on.
  int64_t left = REGISTERS;
  for (uint8_t value = 0; value < 64 && left > 0; value++) {
    int64_t found = registers_of(value, direct, moved);
    counts[value] += found;
    left -= found;
  }
}

#else

void cvector_raise_registers(uint8_t *direct, uint8_t *moved, const uint8_t *source) {
  (void)direct, (void)moved, (void)source;
  __builtin_trap();
}

void cvector_write_registers(uint8_t *target, const uint8_t *direct, const uint8_t *moved) {
  (void)target, (void)direct, (void)moved;
  __builtin_trap();
}

void cvector_count_registers(int64_t counts[64], const uint8_t *direct, const uint8_t *moved) {
  (void)counts, (void)direct, (void)moved;
  __builtin_trap();
}

#endif
