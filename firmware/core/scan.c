// Judging a scan: first what the voucher's bytes say, then time, use, slot and journal; only then the node is asked.
#include "scan.h"

#include "crc32.h"
#include "report.h"
#include "vend.h"
#include "voucher.h"

#define SAME_TEXT_MS 1000
#define SCAN_COST_MS 1000
#define OWED_MAX_MS 5000

// A code held before the camera is read many times a second: it counts again only after it was away for a while.
static bool is_repeat(struct lapak_dispenser *d, const char *text, size_t length)
{
    struct lapak_scanner *scanner = &d->scanner;
    uint32_t crc = lapak_crc32((const uint8_t *)text, length);
    bool repeat = scanner->seen && crc == scanner->last_text_crc && d->now_ms - scanner->last_text_ms < SAME_TEXT_MS;
    scanner->seen = true;
    scanner->last_text_crc = crc;
    scanner->last_text_ms = d->now_ms;
    return repeat;
}

// Whoever holds codes before the scanner must not be able to keep the link or the processor busy: a scan costs a second, and up to five
// may be owed.
static bool can_pay(struct lapak_dispenser *d)
{
    uint32_t owed_ms = d->scanner.paid_until_ms - d->now_ms;
    if (owed_ms > OWED_MAX_MS) owed_ms = 0; // paid long ago
    if (owed_ms + SCAN_COST_MS > OWED_MAX_MS) return false;
    d->scanner.paid_until_ms = d->now_ms + owed_ms + SCAN_COST_MS;
    return true;
}

// What this dispenser itself has against a genuine voucher, at this moment.
static uint8_t objection(const struct lapak_dispenser *d, const struct lapak_voucher *voucher)
{
    if (lapak_clock_past(&d->clock, d->journal.time_floor_s, voucher->expiry)) return LAPAK_REFUSAL_EXPIRED;
    if (lapak_window_used(&d->journal.window, voucher->serial)) return LAPAK_REFUSAL_USED;
    if (voucher->slot >= d->settings.slots) return LAPAK_REFUSAL_UNKNOWN_SLOT;
    if (d->jammed_slots >> voucher->slot & 1) return LAPAK_REFUSAL_SLOT_JAMMED;
    if (d->empty_slots >> voucher->slot & 1) return LAPAK_REFUSAL_SLOT_EMPTY;
    if (d->journal.failed) return LAPAK_REFUSAL_OUT_OF_SERVICE;
    if (!lapak_journal_can_vend(&d->journal)) return LAPAK_REFUSAL_QUEUE_FULL;
    return LAPAK_REFUSAL_NONE;
}

static void give_up(struct lapak_dispenser *d, uint8_t refusal)
{
    d->vend.phase = LAPAK_VEND_IDLE;
    lapak_report_refusal(d, refusal, &d->vend.voucher);
}

static void ask_node(struct lapak_dispenser *d)
{
    d->vend.scan = d->scanner.number;
    lapak_vend_wait(d, LAPAK_VEND_ASKING, d->settings.ask_wait_ms);
    lapak_show(d, LAPAK_SHOW_ASKING, 0);
    if (d->link.up) lapak_report_scan(d, LAPAK_REFUSAL_NONE, &d->vend.voucher);
    else lapak_scan_unanswered(d);
}

void lapak_scan_text(struct lapak_dispenser *d, const char *text, size_t length)
{
    struct lapak_voucher voucher;
    struct lapak_voucher_keys keys = {d->identity.root_key, d->identity.dispenser, d->journal.key_epoch};
    if (is_repeat(d, text, length) || !can_pay(d)) return;
    d->scanner.number++;
    if (d->vend.phase != LAPAK_VEND_IDLE) {
        lapak_report_scan(d, LAPAK_REFUSAL_BUSY, NULL);
        return;
    }
    uint8_t refusal = lapak_voucher_check(&keys, text, length, &voucher);
    if (refusal != LAPAK_REFUSAL_NONE) {
        lapak_report_refusal(d, refusal, NULL);
        return;
    }
    d->vend.voucher = voucher;
    refusal = objection(d, &voucher);
    if (refusal == LAPAK_REFUSAL_NONE) ask_node(d);
    else give_up(d, refusal);
}

void lapak_scan_permitted(struct lapak_dispenser *d)
{
    uint8_t refusal = objection(d, &d->vend.voucher);
    // The node knows the time better than we do, and it has just said yes.
    if (refusal == LAPAK_REFUSAL_NONE || refusal == LAPAK_REFUSAL_EXPIRED) lapak_vend_begin(d, LAPAK_AUTHORITY_NODE);
    else give_up(d, refusal);
}

void lapak_scan_unanswered(struct lapak_dispenser *d)
{
    uint8_t refusal = objection(d, &d->vend.voucher);
    if (refusal == LAPAK_REFUSAL_NONE) {
        bool may_vend = d->settings.vends_alone && !(d->vend.voucher.flags & LAPAK_FLAG_ASK_NODE);
        refusal = !may_vend ? LAPAK_REFUSAL_NO_ANSWER : !d->clock.valid ? LAPAK_REFUSAL_CLOCK_UNKNOWN : LAPAK_REFUSAL_NONE;
    }
    if (refusal == LAPAK_REFUSAL_NONE) lapak_vend_begin(d, LAPAK_AUTHORITY_ALONE);
    else give_up(d, refusal);
}
