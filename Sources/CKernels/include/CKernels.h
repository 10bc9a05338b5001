/// Loops over packed integers that the C compiler vectorises, with the best instruction set picked at run time.
#ifndef TRAVERSION_CKERNELS_H
#define TRAVERSION_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#endif
