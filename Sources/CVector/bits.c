// Bits of strings, and whether the machine can do what is asked of it in this target.
#include "cvector.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,popcnt")))

int cvector_is_available(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
}

/// Adds two bits to each bit of `sum`; the carries.
AVX2 static inline __m256i add(__m256i *sum, __m256i first, __m256i second) {
  __m256i half = _mm256_xor_si256(*sum, first);
  __m256i carry = _mm256_or_si256(_mm256_and_si256(*sum, first), _mm256_and_si256(half, second));
  *sum = _mm256_xor_si256(half, second);
  return carry;
}

/// Bits set in each quarter of a vector: those of half a byte are looked up.
AVX2 static inline __m256i quarters(__m256i bits) {
  const __m256i table = _mm256_setr_epi8(
    0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i low = _mm256_set1_epi8(0x0f);
  __m256i lower = _mm256_shuffle_epi8(table, _mm256_and_si256(bits, low));
  __m256i upper = _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(bits, 4), low));
  return _mm256_sad_epu8(_mm256_add_epi8(lower, upper), _mm256_setzero_si256());
}

AVX2 static inline uint64_t total(__m256i sums) {
  return (uint64_t)_mm256_extract_epi64(sums, 0) + (uint64_t)_mm256_extract_epi64(sums, 1)
    + (uint64_t)_mm256_extract_epi64(sums, 2) + (uint64_t)_mm256_extract_epi64(sums, 3);
}

AVX2 static inline __m256i vector(const uint8_t *bytes, int index) {
  return _mm256_loadu_si256((const __m256i *)bytes + index);
}

// Carry-save adders, so that bits are counted in one vector of eight (W. Mula, N. Kurz, D. Lemire, "Faster Population
// Counts Using AVX2 Instructions", 2018). The vectors come from four places at a time, a line from each: the machine
// prefetches each of them for itself and up to the border of a page only, so that one alone does not keep memory busy.
AVX2 uint64_t cvector_bit_count(const uint8_t *bytes, size_t count) {
  enum { LINE = 2 * sizeof(__m256i), PLACES = 4 };
  const __m256i zero = _mm256_setzero_si256();
  __m256i ones = zero, twos = zero, fours = zero, eights = zero;
  size_t part = count / (PLACES * LINE) * LINE;
  for (size_t offset = 0; offset < part; offset += LINE) {
    const uint8_t *line = bytes + offset;
    __m256i carry1 = add(&ones, vector(line, 0), vector(line, 1));
    __m256i carry2 = add(&ones, vector(line + part, 0), vector(line + part, 1));
    __m256i carry3 = add(&twos, carry1, carry2);
    __m256i carry4 = add(&ones, vector(line + 2 * part, 0), vector(line + 2 * part, 1));
    __m256i carry5 = add(&ones, vector(line + 3 * part, 0), vector(line + 3 * part, 1));
    __m256i carry6 = add(&twos, carry4, carry5);
    eights = _mm256_add_epi64(eights, quarters(add(&fours, carry3, carry6)));
  }
  bytes += PLACES * part, count -= PLACES * part;
  uint64_t sum = 8 * total(eights) + 4 * total(quarters(fours)) + 2 * total(quarters(twos)) + total(quarters(ones));
  for (; count >= sizeof(uint64_t); count -= sizeof(uint64_t), bytes += sizeof(uint64_t)) {
    uint64_t word;
    __builtin_memcpy(&word, bytes, sizeof word);
    sum += (uint64_t)__builtin_popcountll(word);
  }
  for (; count > 0; count--, bytes++) sum += (uint64_t)__builtin_popcountll(*bytes);
  return sum;
}

#else

int cvector_is_available(void) { return 0; }

uint64_t cvector_bit_count(const uint8_t *bytes, size_t count) {
  (void)bytes, (void)count;
  __builtin_trap();
}

#endif
