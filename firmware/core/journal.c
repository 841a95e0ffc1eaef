// Writing the journal: each function here is one record, or one move to the next sector before it. What a record changes is known from one
// place, lapak_journal_take, whether it was just written or is read at boot.
#include "journal.h"

#include <string.h>

#include "bytes.h"
#include "journal_state.h"

#define WINDOW_PARTS (LAPAK_WINDOW_SPAN / 8 / LAPAK_RECORD_BODY)
#define SNAPSHOT_MAX (1 + WINDOW_PARTS + LAPAK_PENDING_LIMIT + 1)
#define VEND_RECORDS (1 + LAPAK_OPEN_INTENT)

_Static_assert(WINDOW_PARTS * LAPAK_RECORD_BODY * 8 == LAPAK_WINDOW_SPAN, "the parts make up the window");
_Static_assert(SNAPSHOT_MAX + VEND_RECORDS + LAPAK_PENDING_LIMIT < LAPAK_RECORDS, "a fresh sector holds a snapshot and a vend");

static struct lapak_outcome_message *end_of_pending(struct lapak_journal *journal)
{
    return journal->pending + journal->pending_count;
}

// The end where there is none.
static struct lapak_outcome_message *find_pending(struct lapak_journal *journal, uint32_t serial)
{
    struct lapak_outcome_message *outcome = journal->pending;
    while (outcome != end_of_pending(journal) && outcome->serial != serial) outcome++;
    return outcome;
}

bool lapak_journal_is_pending(struct lapak_journal *journal, uint32_t serial)
{
    return find_pending(journal, serial) != end_of_pending(journal);
}

bool lapak_journal_keep_pending(struct lapak_journal *journal, const struct lapak_outcome_message *outcome)
{
    if (journal->pending_count >= LAPAK_PENDING_LIMIT) return false;
    *end_of_pending(journal) = *outcome;
    end_of_pending(journal)->unit = 1;
    journal->pending_count++;
    return true;
}

static void forget_pending(struct lapak_journal *journal, uint32_t serial)
{
    struct lapak_outcome_message *outcome = find_pending(journal, serial);
    if (outcome == end_of_pending(journal)) return;
    journal->pending_count--;
    *outcome = *end_of_pending(journal);
}

static uint32_t *part_of(struct lapak_window *window, uint32_t part)
{
    return window->used + part * (LAPAK_RECORD_BODY / sizeof(uint32_t));
}

bool lapak_journal_take(struct lapak_journal *journal, const struct lapak_record *record)
{
    switch (record->kind) {
    case LAPAK_RECORD_SECTOR:
    case LAPAK_RECORD_FLOOR:
        lapak_window_raise(&journal->window, record->floors.serial);
        journal->key_epoch = record->floors.key_epoch;
        journal->time_floor_s = record->floors.time_s;
        return true;
    case LAPAK_RECORD_WINDOW:
        if (record->index >= WINDOW_PARTS) return false;
        memcpy(part_of(&journal->window, record->index), record->window, LAPAK_RECORD_BODY);
        return true;
    case LAPAK_RECORD_INTENT:
        if (journal->open != LAPAK_OPEN_NONE) return false;
        journal->open = LAPAK_OPEN_INTENT;
        journal->open_serial = record->serial;
        journal->open_slot = record->index;
        lapak_window_use(&journal->window, record->serial);
        return true;
    case LAPAK_RECORD_RUN:
        if (journal->open != LAPAK_OPEN_INTENT || journal->open_serial != record->serial) return false;
        journal->open = LAPAK_OPEN_RUN;
        return true;
    case LAPAK_RECORD_RESULT:
        if (journal->open == LAPAK_OPEN_NONE || journal->open_serial != record->serial) return false;
        journal->open = LAPAK_OPEN_NONE;
        return lapak_journal_keep_pending(journal, &record->outcome);
    case LAPAK_RECORD_PENDING: return lapak_journal_keep_pending(journal, &record->outcome);
    case LAPAK_RECORD_ACK: forget_pending(journal, record->serial); return true;
    case LAPAK_RECORD_VOID: lapak_window_use(&journal->window, record->serial); return true;
    default: return record->kind == LAPAK_RECORD_COMMIT;
    }
}

// Nothing is written after a failure: what the flash says is kept for a person to read.
static bool stop(struct lapak_journal *journal)
{
    journal->failed = true;
    return false;
}

static bool append(struct lapak_journal *journal, struct lapak_record *record)
{
    if (journal->failed || journal->position >= LAPAK_RECORDS) return false;
    record->generation = journal->generation;
    record->seq = journal->seq + 1;
    if (!lapak_record_write(journal->flash, journal->sector, journal->position, record)) return stop(journal);
    journal->position++;
    journal->seq++;
    return true;
}

static bool write_window(struct lapak_journal *journal)
{
    static const uint8_t none[LAPAK_RECORD_BODY];
    for (uint32_t part = 0; part < WINDOW_PARTS; part++) {
        struct lapak_record record = {.kind = LAPAK_RECORD_WINDOW, .index = (uint8_t)part};
        memcpy(record.window, part_of(&journal->window, part), LAPAK_RECORD_BODY);
        if (!lapak_same_bytes(record.window, none, sizeof none) && !append(journal, &record)) return false;
    }
    return true;
}

static bool write_snapshot(struct lapak_journal *journal)
{
    struct lapak_record record = {.kind = LAPAK_RECORD_SECTOR, .floors = {0, journal->key_epoch, journal->time_floor_s}};
#ifndef LAPAK_MUTANT_NO_FLOOR
    record.floors.serial = journal->window.base;
#endif
    if (!append(journal, &record)) return false;
#ifndef LAPAK_MUTANT_NO_FLOOR
    if (!write_window(journal)) return false;
#else
    (void)write_window;
#endif
#ifndef LAPAK_MUTANT_NO_CARRY
    for (uint32_t i = 0; i < journal->pending_count; i++) {
        record.outcome = journal->pending[i];
        record.kind = LAPAK_RECORD_PENDING;
        if (!append(journal, &record)) return false;
    }
#endif
    record.kind = LAPAK_RECORD_COMMIT;
    return append(journal, &record);
}

bool lapak_journal_move(struct lapak_journal *journal)
{
    const struct lapak_flash *flash = journal->flash;
    uint32_t sector = journal->generation == 0 ? 0 : (journal->sector + 1) % flash->sector_count;
    if (journal->failed) return false;
    // No flash lives that long, but one that says so would be read as the older sector after the next move.
    if (journal->generation == UINT32_MAX) return stop(journal);
    if (!flash->erase(flash->context, (uint16_t)sector) || !lapak_sector_is_blank(flash, sector)) return stop(journal);
    journal->sector = sector;
    journal->position = 0;
    journal->generation++;
    return write_snapshot(journal);
}

// One record of the log. After it so many more have to fit: those that the vend still needs, also where this one is beside it. A sector
// is never left under a running vend, whose reader stands in it.
static bool log_record(struct lapak_journal *journal, struct lapak_record *record, uint32_t after)
{
    bool fits = journal->position + after < LAPAK_RECORDS;
    if (!fits && (journal->open != LAPAK_OPEN_NONE || !lapak_journal_move(journal))) return false;
    return append(journal, record) && lapak_journal_take(journal, record);
}

static bool log_serial(struct lapak_journal *journal, uint8_t kind, uint32_t serial, uint8_t slot, uint32_t after)
{
    struct lapak_record record = {.kind = kind, .index = slot, .serial = serial};
    return log_record(journal, &record, after);
}

static bool log_floors(struct lapak_journal *journal, uint32_t serial, uint32_t key_epoch, uint32_t time_s)
{
    struct lapak_record record = {.kind = LAPAK_RECORD_FLOOR, .floors = {serial, key_epoch, time_s}};
    return log_record(journal, &record, journal->open);
}

bool lapak_journal_can_vend(const struct lapak_journal *journal)
{
    return !journal->failed && journal->open == LAPAK_OPEN_NONE && journal->pending_count < LAPAK_PENDING_LIMIT;
}

bool lapak_journal_intent(struct lapak_journal *journal, uint32_t serial, uint8_t slot)
{
    if (!lapak_journal_can_vend(journal) || lapak_window_used(&journal->window, serial)) return false;
    return log_serial(journal, LAPAK_RECORD_INTENT, serial, slot, LAPAK_OPEN_INTENT);
}

bool lapak_journal_run(struct lapak_journal *journal)
{
    if (journal->open != LAPAK_OPEN_INTENT) return false;
    return log_serial(journal, LAPAK_RECORD_RUN, journal->open_serial, journal->open_slot, LAPAK_OPEN_RUN);
}

bool lapak_journal_result(struct lapak_journal *journal, struct lapak_outcome_message *outcome)
{
    struct lapak_record record;
    if (journal->open == LAPAK_OPEN_NONE || outcome->serial != journal->open_serial) return false;
    outcome->journal_seq = journal->seq + 1;
    record.outcome = *outcome;
    record.kind = LAPAK_RECORD_RESULT;
    return log_record(journal, &record, LAPAK_OPEN_NONE);
}

bool lapak_journal_ack(struct lapak_journal *journal, uint32_t serial)
{
    return lapak_journal_is_pending(journal, serial) && log_serial(journal, LAPAK_RECORD_ACK, serial, 0, journal->open);
}

bool lapak_journal_void(struct lapak_journal *journal, uint32_t serial)
{
    return log_serial(journal, LAPAK_RECORD_VOID, serial, 0, journal->open);
}

bool lapak_journal_floor(struct lapak_journal *journal, uint32_t serial_floor, uint32_t key_epoch)
{
    return log_floors(journal, serial_floor, key_epoch, journal->time_floor_s);
}

bool lapak_journal_time(struct lapak_journal *journal, uint32_t unix_s)
{
    return log_floors(journal, journal->window.base, journal->key_epoch, unix_s);
}
