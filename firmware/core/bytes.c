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

// Of a number the highest byte travels first, so its bytes are counted backwards: i ^ flip. The same bits align it in its struct.
static size_t flip_of(size_t size)
{
    return size > NUMBER_MAX ? 0 : size - 1;
}

size_t lapak_encode(const char *layout, const void *value, uint8_t *bytes)
{
    const uint8_t *from = value;
    const uint8_t *start = bytes;
    size_t at = 0;
    for (size_t size; (size = (uint8_t)*layout) != 0; layout++) {
        size_t flip = flip_of(size);
        at = (at + flip) & ~flip;
        for (size_t i = 0; i < size; i++) *bytes++ = from[at + (i ^ flip)];
        at += size;
    }
    return (size_t)(bytes - start);
}

bool lapak_decode(const char *layout, const uint8_t *bytes, size_t length, void *value)
{
    uint8_t *to = value;
    size_t at = 0;
    for (size_t size; (size = (uint8_t)*layout) != 0; layout++) {
        size_t flip = flip_of(size);
        if (length < size) return false;
        at = (at + flip) & ~flip;
        for (size_t i = 0; i < size; i++) to[at + (i ^ flip)] = *bytes++;
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
