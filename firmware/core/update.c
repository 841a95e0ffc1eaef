// A new firmware, from the first byte to the word of its node. Never in the middle of a vend: flash that is written stops the processor.
//
//   UPDATE_BEGIN ──→ RECEIVING ──UPDATE_DATA…, UPDATE_END: digest, then the maker's signature──→ READY ──RESTART, when idle──→ ON TRIAL
//                        └─ wrong size, digest or signature, or flash that fails: forgotten          journal open and a sealed word
//                                                                                                    of the node: CONFIRMED
//                                                                                                    else: back to the one before
#include "update.h"

#include <string.h>

#include "bytes.h"
#include "report.h"
#include "vend.h"

static bool is_idle(const struct lapak_dispenser *d)
{
    return d->vend.phase == LAPAK_VEND_IDLE && !d->timers[LAPAK_TIMER_AFTERMATH].runs;
}

static void step_to(struct lapak_dispenser *d, uint8_t step)
{
    d->update.step = step;
    lapak_report_update(d);
}

// Says so where it is.
static bool is_busy(struct lapak_dispenser *d)
{
    bool busy = !is_idle(d);
    if (busy) step_to(d, LAPAK_UPDATE_STEP_BUSY);
    return busy;
}

void lapak_update_init(struct lapak_dispenser *d, bool journal_opened)
{
    const struct lapak_update_port *port = d->hal->update;
    d->update.firmware = d->identity.firmware;
    if (!port || !port->on_trial(port->context)) return;
    d->update.on_trial = true;
    d->update.step = LAPAK_UPDATE_STEP_ON_TRIAL;
    lapak_timer_start(&d->timers[LAPAK_TIMER_TRIAL], d->now_ms, LAPAK_TRIAL_MS);
    // It cannot do what it is for; the one before could.
    if (!journal_opened) port->roll_back(port->context);
}

void lapak_update_begin(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_update_begin_message *begin = &message->update_begin;
    const struct lapak_update_port *port = d->hal->update;
    struct lapak_update *update = &d->update;
    if (!port) return;
    if (update->on_trial) {
        step_to(d, LAPAK_UPDATE_STEP_ON_TRIAL);
    } else if (!is_busy(d)) {
        update->firmware = begin->firmware;
        update->size = begin->size;
        update->received = 0;
        memcpy(update->digest, begin->digest, sizeof begin->digest);
        lapak_sha256_init(&update->hash);
        bool begun = begin->size > 0 && port->begin(port->context, begin->size);
        step_to(d, begun ? LAPAK_UPDATE_STEP_RECEIVING : LAPAK_UPDATE_STEP_BAD_SIZE);
    }
}

void lapak_update_data(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_update_data_message *piece = &message->update_data;
    const struct lapak_update_port *port = d->hal->update;
    struct lapak_update *update = &d->update;
    uint32_t left = update->size - update->received;
    uint32_t length = left < LAPAK_UPDATE_PIECE_SIZE ? left : LAPAK_UPDATE_PIECE_SIZE;
    if (update->step != LAPAK_UPDATE_STEP_RECEIVING && update->step != LAPAK_UPDATE_STEP_BUSY) return;
    if (update->size == 0 || is_busy(d)) return;
    // Any other piece is answered with the place to go on from.
    if (piece->offset == update->received && length > 0) {
        if (!port->write(port->context, update->received, piece->bytes, length)) {
            update->size = 0;
            step_to(d, LAPAK_UPDATE_STEP_FLASH_ERROR);
            return;
        }
        lapak_sha256_add(&update->hash, piece->bytes, length);
        update->received += length;
    }
    step_to(d, LAPAK_UPDATE_STEP_RECEIVING);
}

static uint8_t judge(struct lapak_dispenser *d)
{
    uint8_t digest[LAPAK_SHA256_SIZE];
    const struct lapak_update_port *port = d->hal->update;
    if (d->update.received != d->update.size) return LAPAK_UPDATE_STEP_BAD_SIZE;
    lapak_sha256_end(&d->update.hash, digest);
    if (!lapak_same_bytes(digest, d->update.digest, sizeof digest)) return LAPAK_UPDATE_STEP_BAD_DIGEST;
    switch (port->finish(port->context)) {
    case LAPAK_IMAGE_ACCEPTED: return LAPAK_UPDATE_STEP_READY;
    case LAPAK_IMAGE_UNSIGNED: return LAPAK_UPDATE_STEP_BAD_SIGNATURE;
    default: return LAPAK_UPDATE_STEP_FLASH_ERROR;
    }
}

void lapak_update_end(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_update_end_message *end = &message->update_end;
    if (d->update.size == 0 || end->firmware != d->update.firmware || is_busy(d)) return;
    step_to(d, judge(d));
    d->update.size = 0;
}

void lapak_update_restart(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    (void)message;
    d->update.restarts = d->hal->update != NULL;
}

void lapak_update_tick(struct lapak_dispenser *d)
{
    const struct lapak_update_port *port = d->hal->update;
    struct lapak_update *update = &d->update;
    if (update->restarts && is_idle(d)) {
        update->restarts = false;
        port->restart(port->context);
    }
    // A seal that opened is a word of the node itself: whoever is on the line can say HELLO_ACK.
    if (update->on_trial && d->seal.counter > 0 && !d->journal.failed) {
        update->on_trial = false;
        port->confirm(port->context);
        step_to(d, LAPAK_UPDATE_STEP_CONFIRMED);
    }
}

void lapak_update_unproved(struct lapak_dispenser *d)
{
    const struct lapak_update_port *port = d->hal->update;
    if (!d->update.on_trial) return;
    lapak_timer_start(&d->timers[LAPAK_TIMER_TRIAL], d->now_ms, LAPAK_TRIAL_AGAIN_MS);
    if (is_idle(d)) port->roll_back(port->context);
}
