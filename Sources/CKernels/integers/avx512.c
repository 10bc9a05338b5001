#include "kernels.h"

#if defined(__x86_64__)
#include <string.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,bmi,bmi2,lzcnt"))), apply_to = function)
#include "packing.h"
#include "matching.h"
#include "statistics.h"
#include "steps.h"
#pragma clang attribute pop

#define KERNELS avx512_kernels
#include "table.h"
#endif
