// Big-endian integers in byte arrays: beneath every layout in lapak_wire.h and every journal record.
#ifndef LAPAK_BYTES_H
#define LAPAK_BYTES_H

#include <stdint.h>

static inline void lapak_put_u8(uint8_t *bytes, uint8_t value)
{
    bytes[0] = value;
}

static inline void lapak_put_u16(uint8_t *bytes, uint16_t value)
{
    bytes[0] = (uint8_t)(value >> 8);
    bytes[1] = (uint8_t)value;
}

static inline void lapak_put_u32(uint8_t *bytes, uint32_t value)
{
    lapak_put_u16(bytes, (uint16_t)(value >> 16));
    lapak_put_u16(bytes + 2, (uint16_t)value);
}

static inline uint8_t lapak_get_u8(const uint8_t *bytes)
{
    return bytes[0];
}

static inline uint16_t lapak_get_u16(const uint8_t *bytes)
{
    return (uint16_t)((bytes[0] << 8) | bytes[1]);
}

static inline uint32_t lapak_get_u32(const uint8_t *bytes)
{
    return ((uint32_t)lapak_get_u16(bytes) << 16) | lapak_get_u16(bytes + 2);
}

#endif
