// One journal record: 32 bytes with a CRC, programmed once. The step between the journal's meaning and the flash's cells.
#ifndef LAPAK_RECORD_H
#define LAPAK_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "platform.h"

#define LAPAK_RECORD_SIZE 32
#define LAPAK_RECORDS (LAPAK_SECTOR_SIZE / LAPAK_RECORD_SIZE)
#define LAPAK_RECORD_BODY 16

// Up to COMMIT they are the snapshot with which a sector begins; after it comes the log.
enum lapak_record_kind {
    LAPAK_RECORD_SECTOR = 0x11,  // time floor, key epoch, window base
    LAPAK_RECORD_WINDOW = 0x12,  // 128 bits of the window; index says which
    LAPAK_RECORD_PENDING = 0x13, // an outcome that nobody acknowledged
    LAPAK_RECORD_COMMIT = 0x14,  // the snapshot is whole: this sector is the journal now
    LAPAK_RECORD_INTENT = 0x21,  // the voucher is used
    LAPAK_RECORD_RUN = 0x22,     // the motor may have had power
    LAPAK_RECORD_RESULT = 0x23,
    LAPAK_RECORD_ACK = 0x24,
    LAPAK_RECORD_VOID = 0x25,
    LAPAK_RECORD_FLOOR = 0x26,
    LAPAK_RECORD_TIME = 0x27,
};

#define LAPAK_RECORD_IS_LOG(kind) ((kind) >= LAPAK_RECORD_INTENT)

struct lapak_record {
    uint8_t kind;
    uint8_t index; // slot, or which part of the window
    uint8_t result;
    uint8_t reason;
    uint32_t generation; // of the sector
    uint32_t seq;        // one more than the record's before it, through all sectors
    uint8_t body[LAPAK_RECORD_BODY];
};

enum lapak_record_state { LAPAK_RECORD_BLANK, LAPAK_RECORD_VALID, LAPAK_RECORD_TORN, LAPAK_RECORD_UNREADABLE };

enum lapak_record_state lapak_record_read(const struct lapak_flash *flash, uint16_t sector, uint16_t position, struct lapak_record *record);
// True only after reading back what was programmed.
bool lapak_record_write(const struct lapak_flash *flash, uint16_t sector, uint16_t position, const struct lapak_record *record);
bool lapak_sector_is_blank(const struct lapak_flash *flash, uint16_t sector);

#endif
