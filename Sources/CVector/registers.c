// The registers of dense HyperLogLogs: four of six bits in each three bytes, the lowest bits first.
#include "cvector.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

enum { STEP = sizeof(__m256i), SIZE = CVECTOR_REGISTERS_SIZE, REGISTERS = 16384 };

AVX2 static inline __m256i load(const uint8_t *place) { return _mm256_loadu_si256((const __m256i *)place); }

AVX2 static inline void store(uint8_t *place, __m256i bytes) { _mm256_storeu_si256((__m256i *)place, bytes); }

// Where registers are in bytes and words repeats after three vectors.
enum { PERIOD = 3 * STEP };

#define FOUR_TIMES(...) __VA_ARGS__, __VA_ARGS__, __VA_ARGS__, __VA_ARGS__
#define PERIOD_OF(...) {FOUR_TIMES(FOUR_TIMES(__VA_ARGS__))}

// Of four registers the first and the last lie in one byte each. The two between lie in two bytes each, which are a
// word that begins at an even byte or at an odd one; the latter are found one byte before the vector.
static const uint8_t byte_mask[PERIOD] = PERIOD_OF(0x3f, 0, 0xfc, 0x3f, 0, 0xfc);
static const uint8_t even_mask[PERIOD] = PERIOD_OF(0xc0, 0x0f, 0, 0, 0xf0, 0x03);
static const uint8_t odd_mask[PERIOD] = PERIOD_OF(0, 0, 0xf0, 0x03, 0xc0, 0x0f);

/// The same bytes of three HyperLogLogs.
typedef struct { __m256i target, first, second; } triple;

AVX2 static inline triple load_all(const uint8_t *target, const uint8_t *first, const uint8_t *second) {
  return (triple){load(target), load(first), load(second)};
}

AVX2 static inline triple masked(triple all, const uint8_t *mask) {
  __m256i bits = load(mask);
  return (triple){
    _mm256_and_si256(all.target, bits), _mm256_and_si256(all.first, bits), _mm256_and_si256(all.second, bits)};
}

/// The greatest one of each three registers that lie in a word.
AVX2 static inline __m256i greatest_words(triple all, const uint8_t *mask) {
  triple bits = masked(all, mask);
  return _mm256_max_epu16(bits.target, _mm256_max_epu16(bits.first, bits.second));
}

/// The same of bytes.
AVX2 static inline __m256i greatest_bytes(triple all, const uint8_t *mask) {
  triple bits = masked(all, mask);
  return _mm256_max_epu8(bits.target, _mm256_max_epu8(bits.first, bits.second));
}

AVX2 void cvector_raise_registers(uint8_t *target, const uint8_t *first, const uint8_t *second) {
  // Each vector's words at odd bytes are taken before what precedes them is stored.
  __m256i odd = greatest_words(load_all(target - 1, first - 1, second - 1), odd_mask);
  for (size_t start = 0; start < SIZE; start += PERIOD) {
    for (int part = 0; part < 3; part++) {
      size_t mask = (size_t)part * STEP, offset = start + mask, next = offset + STEP;
      triple all = load_all(target + offset, first + offset, second + offset);
      // No word begins at the last byte of all.
      __m256i behind = next == SIZE ? _mm256_setzero_si256() : greatest_words(
        load_all(target + next - 1, first + next - 1, second + next - 1), odd_mask + next % PERIOD);
      __m256i moved = _mm256_alignr_epi8(_mm256_permute2x128_si256(odd, behind, 0x21), odd, 1);
      __m256i own = _mm256_or_si256(
        greatest_bytes(all, byte_mask + mask), greatest_words(all, even_mask + mask));
      store(target + offset, _mm256_or_si256(own, moved));
      odd = behind;
    }
  }
}

/// 32 registers, a byte each, of the 24 bytes that begin four bytes behind `place`.
AVX2 static inline __m256i unpacked(const uint8_t *place) {
  // Twelve bytes in each half, three of them in each word of four bytes.
  const __m256i spread = _mm256_setr_epi8(
    4, 5, 6, -1, 7, 8, 9, -1, 10, 11, 12, -1, 13, 14, 15, -1, 0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1);
  __m256i packed = _mm256_shuffle_epi8(load(place), spread);
  __m256i first = _mm256_and_si256(packed, _mm256_set1_epi32(0x3f));
  __m256i second = _mm256_and_si256(_mm256_slli_epi32(packed, 2), _mm256_set1_epi32(0x3f00));
  __m256i third = _mm256_and_si256(_mm256_slli_epi32(packed, 4), _mm256_set1_epi32(0x3f0000));
  __m256i fourth = _mm256_and_si256(_mm256_slli_epi32(packed, 6), _mm256_set1_epi32(0x3f000000));
  return _mm256_or_si256(_mm256_or_si256(first, second), _mm256_or_si256(third, fourth));
}

/// How many of the registers, a byte each, have a value.
AVX2 static int64_t registers_of(uint8_t value, const uint8_t *registers) {
  const __m256i wanted = _mm256_set1_epi8((char)value);
  // Each byte of a sum counts a quarter of the vectors, of which there are 512.
  __m256i found[4] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
  for (size_t start = 0; start < REGISTERS; start += 4 * STEP) {
    for (int part = 0; part < 4; part++) {
      __m256i bytes = load(registers + start + (size_t)part * STEP);
      found[part] = _mm256_sub_epi8(found[part], _mm256_cmpeq_epi8(bytes, wanted));
    }
  }
  __m256i sum = _mm256_setzero_si256();
  for (int part = 0; part < 4; part++) {
    sum = _mm256_add_epi64(sum, _mm256_sad_epu8(found[part], _mm256_setzero_si256()));
  }
  return _mm256_extract_epi64(sum, 0) + _mm256_extract_epi64(sum, 1) + _mm256_extract_epi64(sum, 2)
    + _mm256_extract_epi64(sum, 3);
}

AVX2 void cvector_count_registers(int64_t counts[64], const uint8_t *source) {
  uint8_t registers[REGISTERS];
  size_t last = SIZE - 24;
  for (size_t offset = 0, first = 0; offset < last; offset += 24, first += STEP) {
    store(registers + first, unpacked(source + offset - 4));
  }
  // Behind the last ones there may be nothing to read.
  uint8_t end[STEP] = {0};
  memcpy(end + 4, source + last, 24);
  store(registers + REGISTERS - STEP, unpacked(end));
  // Those of a set have few different values, from the lowest on.
  int64_t left = REGISTERS;
  for (uint8_t value = 0; value < 64 && left > 0; value++) {
    int64_t found = registers_of(value, registers);
    counts[value] += found;
    left -= found;
  }
}

#else

void cvector_raise_registers(uint8_t *target, const uint8_t *first, const uint8_t *second) {
  (void)target, (void)first, (void)second;
  __builtin_trap();
}

void cvector_count_registers(int64_t counts[64], const uint8_t *source) {
  (void)counts, (void)source;
  __builtin_trap();
}

#endif
