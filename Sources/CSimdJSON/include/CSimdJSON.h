/// A thin C face over simdjson.
#ifndef TRAVERSION_CSIMDJSON_H
#define TRAVERSION_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#endif
