// Writing the journal: each function here is one record, or one move to the next sector before it.
#include "journal.h"

#include <string.h>

#include "journal_state.h"

#define VEND_RECORDS 3 // INTENT, RUN, RESULT
#define SNAPSHOT_MAX (1 + LAPAK_WINDOW_PARTS + LAPAK_PENDING_LIMIT + 1)

_Static_assert(LAPAK_WINDOW_PARTS * LAPAK_RECORD_BODY * 8 == LAPAK_WINDOW_SPAN, "the parts make up the window");
_Static_assert(SNAPSHOT_MAX + VEND_RECORDS + LAPAK_PENDING_LIMIT < LAPAK_RECORDS, "a fresh sector holds a snapshot and a vend");

void lapak_outcome_to_record(const struct lapak_outcome *outcome, struct lapak_record *record)
{
    record->index = outcome->slot;
    record->result = outcome->result;
    record->reason = outcome->reason;
    lapak_put_u32(record->body, outcome->serial);
    lapak_put_u32(record->body + 4, outcome->at_s);
    lapak_put_u32(record->body + 8, outcome->seq);
    lapak_put_u16(record->body + 12, outcome->motor_ms);
    record->body[14] = outcome->attempts;
    record->body[15] = outcome->drops;
}

void lapak_outcome_from_record(struct lapak_outcome *outcome, const struct lapak_record *record)
{
    outcome->slot = record->index;
    outcome->result = record->result;
    outcome->reason = record->reason;
    outcome->serial = lapak_get_u32(record->body);
    outcome->at_s = lapak_get_u32(record->body + 4);
    outcome->seq = lapak_get_u32(record->body + 8);
    outcome->motor_ms = lapak_get_u16(record->body + 12);
    outcome->attempts = record->body[14];
    outcome->drops = record->body[15];
}

const struct lapak_outcome *lapak_journal_pending(const struct lapak_journal *journal, uint32_t serial)
{
    for (uint8_t i = 0; i < journal->pending_count; i++) {
        if (journal->pending[i].serial == serial) return &journal->pending[i];
    }
    return NULL;
}

bool lapak_pending_add(struct lapak_journal *journal, const struct lapak_outcome *outcome)
{
    if (journal->pending_count >= LAPAK_PENDING_LIMIT) return false;
    journal->pending[journal->pending_count++] = *outcome;
    return true;
}

void lapak_pending_remove(struct lapak_journal *journal, uint32_t serial)
{
    uint8_t kept = 0;
    for (uint8_t i = 0; i < journal->pending_count; i++) {
        if (journal->pending[i].serial != serial) journal->pending[kept++] = journal->pending[i];
    }
    journal->pending_count = kept;
}

uint16_t lapak_journal_room(const struct lapak_journal *journal)
{
    return (uint16_t)(LAPAK_RECORDS - journal->position);
}

bool lapak_journal_append(struct lapak_journal *journal, struct lapak_record *record)
{
    if (journal->failed || lapak_journal_room(journal) == 0) return false;
    record->generation = journal->generation;
    record->seq = journal->seq + 1;
    if (!lapak_record_write(journal->flash, journal->sector, journal->position, record)) {
        journal->failed = true;
        return false;
    }
    journal->position++;
    journal->seq++;
    return true;
}

static bool write_window(struct lapak_journal *journal)
{
    for (uint8_t part = 0; part < LAPAK_WINDOW_PARTS; part++) {
        struct lapak_record record = {.kind = LAPAK_RECORD_WINDOW, .index = part};
        const uint8_t *bits = journal->window.used + part * LAPAK_RECORD_BODY;
        uint8_t any = 0;
        for (int i = 0; i < LAPAK_RECORD_BODY; i++) any |= bits[i];
        memcpy(record.body, bits, LAPAK_RECORD_BODY);
        if (any != 0 && !lapak_journal_append(journal, &record)) return false;
    }
    return true;
}

static bool write_snapshot(struct lapak_journal *journal)
{
    struct lapak_record head = {.kind = LAPAK_RECORD_SECTOR};
    struct lapak_record commit = {.kind = LAPAK_RECORD_COMMIT};
    lapak_put_u32(head.body, journal->time_floor_s);
    lapak_put_u32(head.body + 4, journal->key_epoch);
#ifndef LAPAK_MUTANT_NO_FLOOR
    lapak_put_u32(head.body + 8, journal->window.base);
#endif
    if (!lapak_journal_append(journal, &head)) return false;
#ifndef LAPAK_MUTANT_NO_FLOOR
    if (!write_window(journal)) return false;
#else
    (void)write_window;
#endif
#ifndef LAPAK_MUTANT_NO_CARRY
    for (uint8_t i = 0; i < journal->pending_count; i++) {
        struct lapak_record record = {.kind = LAPAK_RECORD_PENDING};
        lapak_outcome_to_record(&journal->pending[i], &record);
        if (!lapak_journal_append(journal, &record)) return false;
    }
#endif
    return lapak_journal_append(journal, &commit);
}

bool lapak_journal_move(struct lapak_journal *journal, uint16_t sector)
{
    if (journal->failed) return false;
    const struct lapak_flash *flash = journal->flash;
    // No flash lives that long, but one that says so would be read as the older sector after the next move.
    if (journal->generation == UINT32_MAX || !flash->erase(flash->context, sector) || !lapak_sector_is_blank(flash, sector)) {
        journal->failed = true;
        return false;
    }
    journal->sector = sector;
    journal->position = 0;
    journal->generation++;
    return write_snapshot(journal);
}

// Room for so many records, by moving on if need be: never under a running vend, whose reader stands in this sector.
static bool make_room(struct lapak_journal *journal, uint16_t records)
{
    if (lapak_journal_room(journal) >= records) return true;
    if (journal->open != LAPAK_OPEN_NONE) return false;
    return lapak_journal_move(journal, (uint16_t)((journal->sector + 1) % journal->flash->sector_count));
}

// A record beside the vend: leaves the room that the open vend still needs.
static bool append_beside(struct lapak_journal *journal, struct lapak_record *record)
{
    uint16_t kept = journal->open == LAPAK_OPEN_INTENT ? 2 : journal->open == LAPAK_OPEN_RUN ? 1 : 0;
    return !journal->failed && make_room(journal, (uint16_t)(kept + 1)) && lapak_journal_append(journal, record);
}

bool lapak_journal_can_vend(const struct lapak_journal *journal)
{
    return !journal->failed && journal->open == LAPAK_OPEN_NONE && journal->pending_count < LAPAK_PENDING_LIMIT;
}

bool lapak_journal_intent(struct lapak_journal *journal, uint32_t serial, uint8_t slot)
{
    struct lapak_record record = {.kind = LAPAK_RECORD_INTENT, .index = slot};
    if (!lapak_journal_can_vend(journal) || lapak_window_used(&journal->window, serial)) return false;
    lapak_put_u32(record.body, serial);
    if (!make_room(journal, VEND_RECORDS) || !lapak_journal_append(journal, &record)) return false;
    lapak_window_use(&journal->window, serial);
    journal->open = LAPAK_OPEN_INTENT;
    journal->open_serial = serial;
    journal->open_slot = slot;
    return true;
}

bool lapak_journal_run(struct lapak_journal *journal)
{
    struct lapak_record record = {.kind = LAPAK_RECORD_RUN, .index = journal->open_slot};
    if (journal->open != LAPAK_OPEN_INTENT) return false;
    lapak_put_u32(record.body, journal->open_serial);
    if (!lapak_journal_append(journal, &record)) return false;
    journal->open = LAPAK_OPEN_RUN;
    return true;
}

bool lapak_journal_result(struct lapak_journal *journal, const struct lapak_outcome *outcome)
{
    struct lapak_record record = {.kind = LAPAK_RECORD_RESULT};
    struct lapak_outcome kept = *outcome;
    if (journal->open == LAPAK_OPEN_NONE || outcome->serial != journal->open_serial) return false;
    kept.seq = journal->seq + 1;
    lapak_outcome_to_record(&kept, &record);
    if (!lapak_journal_append(journal, &record)) return false;
    journal->open = LAPAK_OPEN_NONE;
    return lapak_pending_add(journal, &kept);
}

bool lapak_journal_ack(struct lapak_journal *journal, uint32_t serial)
{
    struct lapak_record record = {.kind = LAPAK_RECORD_ACK};
    if (lapak_journal_pending(journal, serial) == NULL) return false;
    lapak_put_u32(record.body, serial);
    if (!append_beside(journal, &record)) return false;
    lapak_pending_remove(journal, serial);
    return true;
}

bool lapak_journal_void(struct lapak_journal *journal, uint32_t serial)
{
    struct lapak_record record = {.kind = LAPAK_RECORD_VOID};
    lapak_put_u32(record.body, serial);
    if (!append_beside(journal, &record)) return false;
    lapak_window_use(&journal->window, serial);
    return true;
}

bool lapak_journal_floor(struct lapak_journal *journal, uint32_t serial_floor, uint32_t key_epoch)
{
    struct lapak_record record = {.kind = LAPAK_RECORD_FLOOR};
    lapak_put_u32(record.body, serial_floor);
    lapak_put_u32(record.body + 4, key_epoch);
    if (!append_beside(journal, &record)) return false;
    lapak_window_raise(&journal->window, serial_floor);
    journal->key_epoch = key_epoch;
    return true;
}

bool lapak_journal_time(struct lapak_journal *journal, uint32_t unix_s)
{
    struct lapak_record record = {.kind = LAPAK_RECORD_TIME};
    lapak_put_u32(record.body, unix_s);
    if (!append_beside(journal, &record)) return false;
    journal->time_floor_s = unix_s;
    return true;
}
