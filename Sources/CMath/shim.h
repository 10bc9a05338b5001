#include <math.h>

// Functions of the C library that only count: what imports them gets no door to the operating system.

static inline double traversion_erfc(double value) { return erfc(value); }
static inline double traversion_asin(double value) { return asin(value); }
