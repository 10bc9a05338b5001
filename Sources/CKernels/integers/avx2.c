#include "kernels.h"

#if defined(__x86_64__)
#include <string.h>
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,lzcnt"))), apply_to = function)
#include "packing.h"
#include "matching.h"
#include "statistics.h"
#include "steps.h"
#pragma clang attribute pop

#define KERNELS avx2_kernels
#include "table.h"
#endif
