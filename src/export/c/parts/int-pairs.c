/* Two numbers of 16 bits side by side, where the processor works on both at once; what comes out is the same. */
#if defined __ARM_FEATURE_SIMD32 && defined __ARM_FEATURE_SAT && (defined __clang__ || __GNUC__ >= 10)
#include <arm_acle.h>
#define HAS_PAIRS 1

static inline int16x2_t pair_at(const int16_t *two)
{
  int16x2_t pair;
  memcpy(&pair, two, sizeof pair);
  return pair;
}
#else
#define HAS_PAIRS 0
#endif
