// Journal records on raw flash. No other machine reads them, so their numbers stand as this one has them.
#include "record.h"

#include "bytes.h"
#include "crc32.h"

static uint32_t offset_of(uint32_t sector, uint32_t position)
{
    return sector * LAPAK_SECTOR_SIZE + position * LAPAK_RECORD_SIZE;
}

static uint32_t crc_of(const struct lapak_record *record)
{
    return lapak_crc32((const uint8_t *)record, offsetof(struct lapak_record, crc));
}

static bool is_blank(const struct lapak_record *record)
{
    const uint8_t *bytes = (const uint8_t *)record;
    for (int i = 0; i < LAPAK_RECORD_SIZE; i++) {
        if (bytes[i] != 0xFF) return false;
    }
    return true;
}

static bool is_whole(const struct lapak_record *record)
{
#ifdef LAPAK_MUTANT_NO_CRC
    return record->kind != 0xFF;
#else
    return record->crc == crc_of(record);
#endif
}

enum lapak_record_state lapak_record_read(const struct lapak_flash *flash, uint32_t sector, uint32_t position, struct lapak_record *record)
{
    if (!flash->read(flash->context, offset_of(sector, position), (uint8_t *)record, sizeof *record)) return LAPAK_RECORD_UNREADABLE;
    if (is_blank(record)) return LAPAK_RECORD_BLANK;
    return is_whole(record) ? LAPAK_RECORD_VALID : LAPAK_RECORD_TORN;
}

bool lapak_record_write(const struct lapak_flash *flash, uint32_t sector, uint32_t position, struct lapak_record *record)
{
    struct lapak_record found;
    record->crc = crc_of(record);
    return flash->program(flash->context, offset_of(sector, position), (const uint8_t *)record, sizeof *record) &&
           lapak_record_read(flash, sector, position, &found) == LAPAK_RECORD_VALID && lapak_same_bytes(&found, record, sizeof found);
}

bool lapak_sector_is_blank(const struct lapak_flash *flash, uint32_t sector)
{
    struct lapak_record record;
    for (uint32_t position = 0; position < LAPAK_RECORDS; position++) {
        if (lapak_record_read(flash, sector, position, &record) != LAPAK_RECORD_BLANK) return false;
    }
    return true;
}
