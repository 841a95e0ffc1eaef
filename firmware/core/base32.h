// Crockford base32: how a voucher's bytes become characters that scan, and that a person can type.
#ifndef LAPAK_BASE32_H
#define LAPAK_BASE32_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Exactly the characters that `length` bytes need. Upper or lower case; O is 0, I and L are 1; pad bits must be zero.
bool lapak_base32_decode(const char *text, size_t text_length, uint8_t *bytes, size_t length);

char lapak_upper_case(char character);

#endif
