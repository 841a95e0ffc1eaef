// What must survive a power cut: used serials, what a vend had come to, outcomes that nobody acknowledged, the floors.
//
//   INTENT (voucher used) → RUN (before the motor gets power) → RESULT ok | fail | uncertain → ACK
//
// A sector begins with a snapshot of everything, closed by COMMIT; the log follows. A full sector is left by erasing the next one of the
// ring and writing the snapshot there, so the sector that counts is never the one being erased, and reading it alone is enough.
#ifndef LAPAK_JOURNAL_H
#define LAPAK_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "lapak_wire.h"
#include "platform.h"
#include "record.h"
#include "window.h"

// What the open vend has written. Its number is how many records it still needs.
enum lapak_open_vend { LAPAK_OPEN_NONE, LAPAK_OPEN_RUN, LAPAK_OPEN_INTENT };

// What is asked for most stands first, as words: the shortest instructions reach it.
struct lapak_journal {
    const struct lapak_flash *flash;
    uint32_t generation;
    uint32_t seq;
    uint32_t sector;
    uint32_t position; // of the next record
    uint32_t time_floor_s;
    uint32_t key_epoch;
    uint32_t open; // an enum lapak_open_vend
    uint32_t open_serial;
    uint32_t pending_count;
    uint8_t open_slot;
    // Nothing is written any more, and nothing vended: what the flash says is kept for a person to read.
    bool failed;
    struct lapak_window window;
    struct lapak_outcome_message pending[LAPAK_PENDING_LIMIT];
};

_Static_assert(sizeof(struct lapak_journal) <= 448, "the journal's state stays small enough for the smallest port");

// Reads the flash and settles a vend that the last power cut left open. False: failed.
bool lapak_journal_open(struct lapak_journal *journal, const struct lapak_flash *flash, uint32_t key_epoch);

bool lapak_journal_can_vend(const struct lapak_journal *journal);
// Each is durable when it returns true. One that returns false has changed nothing that the caller may rely on.
bool lapak_journal_intent(struct lapak_journal *journal, uint32_t serial, uint8_t slot);
bool lapak_journal_run(struct lapak_journal *journal);
// Puts into the outcome where in the journal it stands.
bool lapak_journal_result(struct lapak_journal *journal, struct lapak_outcome_message *outcome);
// During a vend these return false when only the vend's own records fit: what asked for them asks again.
bool lapak_journal_ack(struct lapak_journal *journal, uint32_t serial);
bool lapak_journal_void(struct lapak_journal *journal, uint32_t serial);
bool lapak_journal_floor(struct lapak_journal *journal, uint32_t serial_floor, uint32_t key_epoch);
bool lapak_journal_time(struct lapak_journal *journal, uint32_t unix_s);

bool lapak_journal_is_pending(struct lapak_journal *journal, uint32_t serial);

#endif
