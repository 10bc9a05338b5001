#include "kernels.h"
#include "packing.h"
#include "matching.h"
#include "statistics.h"
#include "steps.h"

#define KERNELS portable_kernels
#include "table.h"
