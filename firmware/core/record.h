// One journal record: 32 bytes with a CRC, programmed once, as the struct stands in memory. The step between the journal's meaning and
// the flash's cells.
#ifndef LAPAK_RECORD_H
#define LAPAK_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lapak_wire.h"
#include "platform.h"

#define LAPAK_RECORD_SIZE 32
#define LAPAK_RECORDS (LAPAK_SECTOR_SIZE / LAPAK_RECORD_SIZE)
#define LAPAK_RECORD_BODY 16

// Up to COMMIT they are the snapshot with which a sector begins; after it comes the log.
enum lapak_record_kind {
    LAPAK_RECORD_SECTOR = 0x11,  // the floors
    LAPAK_RECORD_WINDOW = 0x12,  // 128 bits of the window; index says which
    LAPAK_RECORD_PENDING = 0x13, // an outcome that nobody acknowledged
    LAPAK_RECORD_COMMIT = 0x14,  // the snapshot is whole: this sector is the journal now
    LAPAK_RECORD_INTENT = 0x21,  // the voucher is used
    LAPAK_RECORD_RUN = 0x22,     // the motor may have had power
    LAPAK_RECORD_RESULT = 0x23,
    LAPAK_RECORD_ACK = 0x24,
    LAPAK_RECORD_VOID = 0x25,
    LAPAK_RECORD_FLOOR = 0x26, // the floors, too
};

#define LAPAK_RECORD_IS_LOG(kind) ((kind) >= LAPAK_RECORD_INTENT)

// What never goes back, whatever sector is erased.
struct lapak_floors {
    uint32_t serial; // every one below it counts as used
    uint32_t key_epoch;
    uint32_t time_s;
};

// An outcome stands here as it travels; only where it says which unit it is, the record says its kind.
struct lapak_record {
    union {
        struct {
            uint8_t kind;
            uint8_t index; // slot, or which part of the window
            union {
                uint32_t serial;
                struct lapak_floors floors;
                uint32_t window[LAPAK_RECORD_BODY / 4];
            };
        };
        struct lapak_outcome_message outcome;
    };
    uint32_t generation; // of the sector
    uint32_t seq;        // one more than the record's before it, through all sectors
    uint32_t crc;
};

_Static_assert(sizeof(struct lapak_outcome_message) == 4 + LAPAK_RECORD_BODY, "an outcome fills its record");
_Static_assert(offsetof(struct lapak_record, kind) == offsetof(struct lapak_outcome_message, unit), "the kind stands where the unit does");
_Static_assert(offsetof(struct lapak_record, index) == offsetof(struct lapak_outcome_message, slot), "and the slot is where it always is");
_Static_assert(offsetof(struct lapak_record, serial) == offsetof(struct lapak_outcome_message, serial), "and so is the serial");
_Static_assert(sizeof(struct lapak_record) == LAPAK_RECORD_SIZE, "a record is 32 bytes");
_Static_assert(LAPAK_SECTOR_SIZE % LAPAK_RECORD_SIZE == 0, "records do not cross sectors");

enum lapak_record_state { LAPAK_RECORD_BLANK, LAPAK_RECORD_VALID, LAPAK_RECORD_TORN, LAPAK_RECORD_UNREADABLE };

enum lapak_record_state lapak_record_read(const struct lapak_flash *flash, uint32_t sector, uint32_t position, struct lapak_record *record);
// Puts on the CRC. True only after reading back what was programmed.
bool lapak_record_write(const struct lapak_flash *flash, uint32_t sector, uint32_t position, struct lapak_record *record);
bool lapak_sector_is_blank(const struct lapak_flash *flash, uint32_t sector);

#endif
