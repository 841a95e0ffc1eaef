// One walk along a layout serves every message: a member of 1, 2 or 4 bytes is a number at its own alignment, a longer one a run of bytes.
#include "bytes.h"

#define NUMBER_MAX 4

// Every chip that we build for is one; on another a number's bytes would be the other way round.
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "numbers stand in memory with their lowest byte first");
_Static_assert(_Alignof(uint32_t) == 4 && _Alignof(uint16_t) == 2, "a number in a struct stands at a multiple of its size");

void lapak_put_u32(uint8_t *bytes, uint32_t value)
{
    for (int i = 3; i >= 0; i--) {
        bytes[i] = (uint8_t)value;
        value >>= 8;
    }
}

uint32_t lapak_get_u32(const uint8_t *bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) value = (value << 8) | bytes[i];
    return value;
}

// Where in its struct the member stands whose turn it is.
static size_t align(size_t at, size_t size)
{
    return size > NUMBER_MAX ? at : (at + size - 1) & ~(size - 1);
}

// Which byte of the member travels as number i: of a number the highest first.
static size_t place_of(size_t i, size_t size)
{
    return size > NUMBER_MAX ? i : size - 1 - i;
}

size_t lapak_encode(const char *layout, const void *value, uint8_t *bytes)
{
    const uint8_t *from = value;
    size_t at = 0;
    size_t done = 0;
    for (size_t size; (size = (uint8_t)*layout) != 0; layout++) {
        at = align(at, size);
        for (size_t i = 0; i < size; i++) bytes[done++] = from[at + place_of(i, size)];
        at += size;
    }
    return done;
}

bool lapak_decode(const char *layout, const uint8_t *bytes, size_t length, void *value)
{
    uint8_t *to = value;
    size_t at = 0;
    for (size_t size; (size = (uint8_t)*layout) != 0; layout++) {
        if (length < size) return false;
        at = align(at, size);
        for (size_t i = 0; i < size; i++) to[at + place_of(i, size)] = *bytes++;
        at += size;
        length -= size;
    }
    return length == 0;
}

bool lapak_same_bytes(const void *left, const void *right, size_t length)
{
    const uint8_t *one = left;
    const uint8_t *other = right;
    uint8_t difference = 0;
    for (size_t i = 0; i < length; i++) difference |= one[i] ^ other[i];
    return difference == 0;
}
