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

static bool scan_sector(const struct lapak_flash *flash, uint32_t sector, struct sector_scan *scan)
{
    struct lapak_record record;
    memset(scan, 0, sizeof *scan);
    scan->blank = true;
    for (uint32_t position = 0; position < LAPAK_RECORDS; position++) {
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

// Generation 0 where the journal was never begun; false for damage.
static bool find_sector(struct lapak_journal *journal)
{
    struct sector_scan scan;
    uint32_t newest_log = 0;
    bool blank_beyond_first = true;
    for (uint32_t sector = 0; sector < journal->flash->sector_count; sector++) {
        if (!scan_sector(journal->flash, sector, &scan)) return false;
        if (sector > 0 && !scan.blank) blank_beyond_first = false;
        if (scan.log_generation > newest_log) newest_log = scan.log_generation;
        if (!scan.committed || scan.generation <= journal->generation) continue;
        journal->generation = scan.generation;
        journal->sector = sector;
    }
    // Log of a generation whose COMMIT is gone: falling back to the older sector would forget what was used since.
    if (newest_log > journal->generation) return false;
    return journal->generation > 0 || blank_beyond_first;
}

// Torn records are skipped where a cut can have left them: in the log, which consumes no seq for them. A hole in seq is damage.
static bool replay(struct lapak_journal *journal)
{
    struct lapak_record record;
    bool committed = false;
    bool any = false;
    for (uint32_t position = 0; position < LAPAK_RECORDS; position++) {
        enum lapak_record_state state = lapak_record_read(journal->flash, journal->sector, position, &record);
        if (state == LAPAK_RECORD_UNREADABLE) return false;
        if (state == LAPAK_RECORD_BLANK) continue;
        journal->position = position + 1;
        if (state == LAPAK_RECORD_TORN) {
            if (!committed) return false;
            continue;
        }
        if (record.generation != journal->generation || (any && record.seq != journal->seq + 1)) return false;
        if (LAPAK_RECORD_IS_LOG(record.kind) != committed) return false;
        if (!lapak_journal_take(journal, &record)) return false;
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
    struct lapak_outcome_message outcome = {
        .serial = journal->open_serial,
        .unit = 1,
        .slot = journal->open_slot,
        .result = ran ? LAPAK_RESULT_UNCERTAIN : LAPAK_RESULT_FAIL,
        .reason = ran ? LAPAK_REASON_CUT_DURING_RUN : LAPAK_REASON_CUT_BEFORE_RUN,
        .attempts = ran,
        .journal_seq = journal->seq + 1,
    };
    if (journal->open == LAPAK_OPEN_NONE) return true;
    if (journal->position < LAPAK_RECORDS) return lapak_journal_result(journal, &outcome);
    journal->open = LAPAK_OPEN_NONE;
    return lapak_journal_keep_pending(journal, &outcome) && lapak_journal_move(journal);
}

bool lapak_journal_open(struct lapak_journal *journal, const struct lapak_flash *flash, uint32_t key_epoch)
{
    memset(journal, 0, sizeof *journal);
    journal->flash = flash;
    journal->key_epoch = key_epoch;
    // With one sector the snapshot would have nowhere to go before the erase.
    bool open = flash->sector_count >= 2 && find_sector(journal);
    if (open) open = journal->generation == 0 ? lapak_journal_move(journal) : replay(journal) && settle_open_vend(journal);
    if (!open) journal->failed = true;
    return open;
}
