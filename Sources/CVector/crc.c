// Cyclic redundancy checks by multiplication without carries (V. Gopal and others, "Fast CRC Computation for Generic
// Polynomials Using PCLMULQDQ Instruction", 2009).
#include "cvector.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define PCLMUL __attribute__((target("pclmul")))

PCLMUL static inline __m128i load(const uint8_t *bytes) { return _mm_loadu_si128((const __m128i *)bytes); }

/// Both words of a sum, each multiplied by its factor.
PCLMUL static inline __m128i moved(__m128i sum, __m128i factors) {
  return _mm_xor_si128(_mm_clmulepi64_si128(sum, factors, 0x00), _mm_clmulepi64_si128(sum, factors, 0x11));
}

PCLMUL static inline __m128i vector(cvector_words words) {
  return _mm_set_epi64x((long long)words.second, (long long)words.first);
}

PCLMUL cvector_words cvector_crc64_fold(
  uint64_t crc, const uint8_t *bytes, size_t count, cvector_words past128, cvector_words past512) {
  enum { SIZE = sizeof(__m128i), LANES = 4, BLOCK = LANES * SIZE };
  const __m128i near = vector(past128), far = vector(past512);
  // A product takes longer than it takes to begin the next ones, so there are several sums.
  __m128i sums[LANES];
  for (int lane = 0; lane < LANES; lane++) sums[lane] = load(bytes + lane * SIZE);
  sums[0] = _mm_xor_si128(sums[0], _mm_cvtsi64_si128((long long)crc));
  for (bytes += BLOCK, count -= BLOCK; count >= BLOCK; bytes += BLOCK, count -= BLOCK) {
    for (int lane = 0; lane < LANES; lane++) {
      sums[lane] = _mm_xor_si128(moved(sums[lane], far), load(bytes + lane * SIZE));
    }
  }
  __m128i sum = sums[0];
  for (int lane = 1; lane < LANES; lane++) sum = _mm_xor_si128(moved(sum, near), sums[lane]);
  for (; count >= SIZE; bytes += SIZE, count -= SIZE) sum = _mm_xor_si128(moved(sum, near), load(bytes));
  cvector_words rest;
  _mm_storeu_si128((__m128i *)&rest, sum);
  return rest;
}

#else

cvector_words cvector_crc64_fold(
  uint64_t crc, const uint8_t *bytes, size_t count, cvector_words past128, cvector_words past512) {
  (void)crc, (void)bytes, (void)count, (void)past128, (void)past512;
  __builtin_trap();
}

#endif
