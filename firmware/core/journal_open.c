// Reading the journal at boot: find the sector that counts, replay it, and settle what a power cut left open.
//
//   found at boot            outcome
//   INTENT only              fail: certainly nothing came out
//   RUN without RESULT       uncertain: a person decides; never repeated by itself
//   RESULT without ACK       sent again until acknowledged
//
// Anything that a power cut cannot have made is damage: the journal fails and the dispenser stops vending, for a person to look at.
#include <string.h>

#include "journal.h"
#include "journal_state.h"

struct sector_scan {
    bool committed;
    bool blank;
    uint32_t generation;
    uint32_t log_generation; // of the newest log record that is whole
};

static bool scan_sector(const struct lapak_flash *flash, uint16_t sector, struct sector_scan *scan)
{
    struct lapak_record record;
    memset(scan, 0, sizeof *scan);
    scan->blank = true;
    for (uint16_t position = 0; position < LAPAK_RECORDS; position++) {
        enum lapak_record_state state = lapak_record_read(flash, sector, position, &record);
        if (state == LAPAK_RECORD_UNREADABLE) return false;
        if (state != LAPAK_RECORD_BLANK) scan->blank = false;
        if (state != LAPAK_RECORD_VALID) continue;
        if (record.kind == LAPAK_RECORD_COMMIT) {
            scan->committed = true;
            scan->generation = record.generation;
        }
        if (LAPAK_RECORD_IS_LOG(record.kind) && record.generation > scan->log_generation) scan->log_generation = record.generation;
    }
    return true;
}

// 1 found, 0 a journal that was never begun, -1 damage.
static int find_sector(struct lapak_journal *journal)
{
    struct sector_scan scan;
    uint32_t newest_log = 0;
    bool blank_beyond_first = true;
    for (uint16_t sector = 0; sector < journal->flash->sector_count; sector++) {
        if (!scan_sector(journal->flash, sector, &scan)) return -1;
        if (sector > 0 && !scan.blank) blank_beyond_first = false;
        if (scan.log_generation > newest_log) newest_log = scan.log_generation;
        if (!scan.committed || scan.generation <= journal->generation) continue;
        journal->generation = scan.generation;
        journal->sector = sector;
    }
    // Log of a generation whose COMMIT is gone: falling back to the older sector would forget what was used since.
    if (newest_log > journal->generation) return -1;
    if (journal->generation > 0) return 1;
    return blank_beyond_first ? 0 : -1;
}

static bool replay_snapshot(struct lapak_journal *journal, const struct lapak_record *record)
{
    struct lapak_outcome outcome;
    switch (record->kind) {
    case LAPAK_RECORD_SECTOR:
        journal->time_floor_s = lapak_get_u32(record->body);
        journal->key_epoch = lapak_get_u32(record->body + 4);
        journal->window.base = lapak_get_u32(record->body + 8);
        return true;
    case LAPAK_RECORD_WINDOW:
        if (record->index >= LAPAK_WINDOW_PARTS) return false;
        memcpy(journal->window.used + record->index * LAPAK_RECORD_BODY, record->body, LAPAK_RECORD_BODY);
        return true;
    case LAPAK_RECORD_PENDING:
        lapak_outcome_from_record(&outcome, record);
        return lapak_pending_add(journal, &outcome);
    default: return record->kind == LAPAK_RECORD_COMMIT;
    }
}

static bool replay_vend(struct lapak_journal *journal, const struct lapak_record *record)
{
    struct lapak_outcome outcome;
    uint32_t serial = lapak_get_u32(record->body);
    switch (record->kind) {
    case LAPAK_RECORD_INTENT:
        if (journal->open != LAPAK_OPEN_NONE) return false;
        lapak_window_use(&journal->window, serial);
        journal->open = LAPAK_OPEN_INTENT;
        journal->open_serial = serial;
        journal->open_slot = record->index;
        return true;
    case LAPAK_RECORD_RUN:
        if (journal->open != LAPAK_OPEN_INTENT || journal->open_serial != serial) return false;
        journal->open = LAPAK_OPEN_RUN;
        return true;
    default:
        if (journal->open == LAPAK_OPEN_NONE || journal->open_serial != serial) return false;
        journal->open = LAPAK_OPEN_NONE;
        lapak_outcome_from_record(&outcome, record);
        return lapak_pending_add(journal, &outcome);
    }
}

static bool replay_log(struct lapak_journal *journal, const struct lapak_record *record)
{
    uint32_t first = lapak_get_u32(record->body);
    switch (record->kind) {
    case LAPAK_RECORD_ACK: lapak_pending_remove(journal, first); return true;
    case LAPAK_RECORD_VOID: lapak_window_use(&journal->window, first); return true;
    case LAPAK_RECORD_FLOOR:
        lapak_window_raise(&journal->window, first);
        journal->key_epoch = lapak_get_u32(record->body + 4);
        return true;
    case LAPAK_RECORD_TIME: journal->time_floor_s = first; return true;
    default: return replay_vend(journal, record);
    }
}

// Torn records are skipped where a cut can have left them: in the log, which consumes no seq for them. A hole in seq is damage.
static bool replay(struct lapak_journal *journal)
{
    struct lapak_record record;
    bool committed = false;
    bool any = false;
    for (uint16_t position = 0; position < LAPAK_RECORDS; position++) {
        enum lapak_record_state state = lapak_record_read(journal->flash, journal->sector, position, &record);
        if (state == LAPAK_RECORD_UNREADABLE) return false;
        if (state == LAPAK_RECORD_BLANK) continue;
        journal->position = (uint16_t)(position + 1);
        if (state == LAPAK_RECORD_TORN) {
            if (!committed) return false;
            continue;
        }
        if (record.generation != journal->generation || (any && record.seq != journal->seq + 1)) return false;
        if (LAPAK_RECORD_IS_LOG(record.kind) != committed) return false;
        if (!(committed ? replay_log(journal, &record) : replay_snapshot(journal, &record))) return false;
        if (record.kind == LAPAK_RECORD_COMMIT) committed = true;
        journal->seq = record.seq;
        any = true;
    }
    return committed;
}

// The verdict is written, or carried by a snapshot where this sector is full: so it stays the same at the next boot.
static bool settle_open_vend(struct lapak_journal *journal)
{
    bool ran = journal->open == LAPAK_OPEN_RUN;
    struct lapak_outcome outcome = {
        .serial = journal->open_serial,
        .slot = journal->open_slot,
        .seq = journal->seq + 1,
        .result = ran ? LAPAK_RESULT_UNCERTAIN : LAPAK_RESULT_FAIL,
        .reason = ran ? LAPAK_REASON_CUT_DURING_RUN : LAPAK_REASON_CUT_BEFORE_RUN,
        .attempts = ran ? 1 : 0,
    };
    if (journal->open == LAPAK_OPEN_NONE) return true;
    if (lapak_journal_room(journal) > 0) return lapak_journal_result(journal, &outcome);
    journal->open = LAPAK_OPEN_NONE;
    if (!lapak_pending_add(journal, &outcome)) return false;
    return lapak_journal_move(journal, (uint16_t)((journal->sector + 1) % journal->flash->sector_count));
}

bool lapak_journal_open(struct lapak_journal *journal, const struct lapak_flash *flash, uint32_t key_epoch)
{
    memset(journal, 0, sizeof *journal);
    journal->flash = flash;
    journal->key_epoch = key_epoch;
    lapak_window_init(&journal->window);
    // With one sector the snapshot would have nowhere to go before the erase.
    int found = flash->sector_count < 2 ? -1 : find_sector(journal);
    bool open = found == 0 ? lapak_journal_move(journal, 0) : found > 0 && replay(journal) && settle_open_vend(journal);
    if (!open) journal->failed = true;
    return open;
}
