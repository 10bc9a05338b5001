/// Loops that the C compiler vectorises, with the best instruction set of the machine picked at run time.
#ifndef TRAVERSION_CKERNELS_H
#define TRAVERSION_CKERNELS_H

#include "bits.h"
#include "characters.h"
#include "floats.h"
#include "groups.h"
#include "hex.h"
#include "integers.h"
#include "search.h"
#include "stringruns.h"
#include "symbols.h"
#include "textlookup.h"
#include "texts.h"

#endif
