// Journal records on raw flash: kind 1, index 1, result 1, reason 1, generation 4, seq 4, body 16, CRC-32 4.
#include "record.h"

#include <string.h>

#include "bytes.h"
#include "crc32.h"

#define CRC_AT (LAPAK_RECORD_SIZE - 4)
#define BODY_AT 12

_Static_assert(BODY_AT + LAPAK_RECORD_BODY == CRC_AT, "the body ends where the CRC begins");
_Static_assert(LAPAK_SECTOR_SIZE % LAPAK_RECORD_SIZE == 0, "records do not cross sectors");

static uint32_t offset_of(uint16_t sector, uint16_t position)
{
    return (uint32_t)sector * LAPAK_SECTOR_SIZE + (uint32_t)position * LAPAK_RECORD_SIZE;
}

static bool is_blank(const uint8_t *bytes)
{
    for (int i = 0; i < LAPAK_RECORD_SIZE; i++) {
        if (bytes[i] != 0xFF) return false;
    }
    return true;
}

static bool is_whole(const uint8_t *bytes)
{
#ifdef LAPAK_MUTANT_NO_CRC
    return bytes[0] != 0xFF;
#else
    return lapak_crc32(bytes, CRC_AT) == lapak_get_u32(bytes + CRC_AT);
#endif
}

enum lapak_record_state lapak_record_read(const struct lapak_flash *flash, uint16_t sector, uint16_t position, struct lapak_record *record)
{
    uint8_t bytes[LAPAK_RECORD_SIZE];
    if (!flash->read(flash->context, offset_of(sector, position), bytes, sizeof bytes)) return LAPAK_RECORD_UNREADABLE;
    if (is_blank(bytes)) return LAPAK_RECORD_BLANK;
    if (!is_whole(bytes)) return LAPAK_RECORD_TORN;
    record->kind = bytes[0];
    record->index = bytes[1];
    record->result = bytes[2];
    record->reason = bytes[3];
    record->generation = lapak_get_u32(bytes + 4);
    record->seq = lapak_get_u32(bytes + 8);
    memcpy(record->body, bytes + BODY_AT, LAPAK_RECORD_BODY);
    return LAPAK_RECORD_VALID;
}

bool lapak_record_write(const struct lapak_flash *flash, uint16_t sector, uint16_t position, const struct lapak_record *record)
{
    uint8_t bytes[LAPAK_RECORD_SIZE];
    uint8_t found[LAPAK_RECORD_SIZE];
    uint32_t offset = offset_of(sector, position);
    bytes[0] = record->kind;
    bytes[1] = record->index;
    bytes[2] = record->result;
    bytes[3] = record->reason;
    lapak_put_u32(bytes + 4, record->generation);
    lapak_put_u32(bytes + 8, record->seq);
    memcpy(bytes + BODY_AT, record->body, LAPAK_RECORD_BODY);
    lapak_put_u32(bytes + CRC_AT, lapak_crc32(bytes, CRC_AT));
    if (!flash->program(flash->context, offset, bytes, sizeof bytes)) return false;
    if (!flash->read(flash->context, offset, found, sizeof found)) return false;
    for (int i = 0; i < LAPAK_RECORD_SIZE; i++) {
        if (found[i] != bytes[i]) return false;
    }
    return true;
}

bool lapak_sector_is_blank(const struct lapak_flash *flash, uint16_t sector)
{
    struct lapak_record record;
    for (uint16_t position = 0; position < LAPAK_RECORDS; position++) {
        if (lapak_record_read(flash, sector, position, &record) != LAPAK_RECORD_BLANK) return false;
    }
    return true;
}
