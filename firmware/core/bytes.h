// Big-endian integers in byte arrays, and whole structs as the bytes that travel: beneath every layout in lapak_wire.h.
#ifndef LAPAK_BYTES_H
#define LAPAK_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void lapak_put_u32(uint8_t *bytes, uint32_t value);
uint32_t lapak_get_u32(const uint8_t *bytes);

// A layout is a string of lapak_wire.h: each member's size, in order. Returns how many bytes it wrote.
size_t lapak_encode(const char *layout, const void *value, uint8_t *bytes);
// False where the bytes are more or fewer than the layout takes; the value is then half filled.
bool lapak_decode(const char *layout, const uint8_t *bytes, size_t length, void *value);

// In a time that depends on the length alone.
bool lapak_same_bytes(const void *left, const void *right, size_t length);

#endif
