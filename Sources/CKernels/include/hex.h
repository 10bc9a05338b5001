/// Bytes as hexadecimal digits, two a byte.
#ifndef TRAVERSION_HEX_H
#define TRAVERSION_HEX_H

#include <stddef.h>
#include <stdint.h>

/// Which letters `traversion_hex_decode` met.
#define TRAVERSION_HEX_LOWER 1
#define TRAVERSION_HEX_UPPER 2
/// Something that is no hexadecimal digit.
#define TRAVERSION_HEX_WRONG 4

/// Writes the 2 * count digits of bytes.
void traversion_hex_encode(const uint8_t *bytes, size_t count, int isUpper, uint8_t *digits);

/// Reads 2 * count digits and tells by flags which letters were among them; when one was no digit, the bytes mean nothing.
unsigned traversion_hex_decode(const uint8_t *digits, size_t count, uint8_t *bytes);

/// Reads sixteen digits, given as the words that memory has them as, into the word that memory has their bytes as.
unsigned traversion_hex_word(uint64_t first, uint64_t second, uint64_t *word);

#endif
