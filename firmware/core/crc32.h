// CRC-32 (IEEE 802.3): tells a journal record that was written whole from one that a power cut tore.
#ifndef LAPAK_CRC32_H
#define LAPAK_CRC32_H

#include <stddef.h>
#include <stdint.h>

uint32_t lapak_crc32(const uint8_t *bytes, size_t length);

#endif
