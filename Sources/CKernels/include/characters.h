/// Which bytes of a text are of which kind, as sets of bits.
#ifndef TRAVERSION_CHARACTERS_H
#define TRAVERSION_CHARACTERS_H

#include <stddef.h>
#include <stdint.h>

/// Bit i % 64 of word i / 64 of each set tells of byte i. `words`: ASCII letters, digits, '_', '-', '.'; `digits`: decimal
/// digits; `returns`: carriage returns. Each set has byteCount / 64 + 1 words; the bits behind the text are clear.
void traversion_character_sets(
    const uint8_t *bytes, size_t byteCount, uint64_t *words, uint64_t *digits, uint64_t *returns);

#endif
