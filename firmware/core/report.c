// Messages out. What must not be lost (HELLO, OUTCOME) is sent again by dispenser.c until the node answers; the rest is news.
#include "report.h"

#include <string.h>

#include "bytes.h"

// HELLO is the longest that a dispenser says.
#define MESSAGE_MAX (LAPAK_MESSAGE_HEAD + LAPAK_HELLO_MESSAGE_SIZE)

static size_t compose(uint8_t *message, uint8_t type, const char *layout, const void *value)
{
    message[0] = LAPAK_MESSAGE_VERSION;
    message[1] = type;
    return LAPAK_MESSAGE_HEAD + lapak_encode(layout, value, message + LAPAK_MESSAGE_HEAD);
}

static bool send(const struct lapak_dispenser *d, const uint8_t *message, size_t length)
{
    return d->link.up && d->hal->send(d->hal->context, message, length);
}

static void say(const struct lapak_dispenser *d, uint8_t type, const char *layout, const void *value)
{
    uint8_t message[MESSAGE_MAX];
    send(d, message, compose(message, type, layout, value));
}

void lapak_show(const struct lapak_dispenser *d, enum lapak_show what, uint8_t code)
{
    if (d->hal->show) d->hal->show(d->hal->context, (uint8_t)what, code);
}

void lapak_report_hello(const struct lapak_dispenser *d)
{
    struct lapak_hello_message hello = {
        .dispenser = d->identity.dispenser,
        .firmware = d->identity.firmware,
        .capabilities = (uint16_t)((d->settings.vends_alone ? LAPAK_CAPABILITY_VENDS_ALONE : 0) |
                                   (d->hal->update ? LAPAK_CAPABILITY_TAKES_UPDATES : 0)),
        .slots = d->settings.slots,
        .pending = (uint8_t)d->journal.pending_count,
        .counter = d->seal.counter,
        .journal_generation = d->journal.generation,
        .journal_seq = d->journal.seq,
        .key_epoch = d->journal.key_epoch,
        .serial_floor = d->journal.window.base,
        .time_floor = d->journal.time_floor_s,
    };
    memcpy(hello.boot_id, d->identity.boot_id, sizeof hello.boot_id);
    say(d, LAPAK_MESSAGE_HELLO, LAPAK_HELLO_MESSAGE_LAYOUT, &hello);
}

void lapak_report_state(struct lapak_dispenser *d)
{
    bool idle = d->vend.phase == LAPAK_VEND_IDLE;
    uint8_t message[sizeof d->link.state_sent];
    struct lapak_state_message state = {
        .phase = d->journal.failed ? LAPAK_PHASE_OUT_OF_SERVICE : idle ? LAPAK_PHASE_IDLE : LAPAK_PHASE_BUSY,
        .clock_valid = d->clock.valid,
        .pending = (uint8_t)d->journal.pending_count,
        .jammed = (uint16_t)d->jammed_slots,
        .empty = (uint16_t)d->empty_slots,
        .serial = idle ? 0 : d->vend.voucher.serial,
    };
    compose(message, LAPAK_MESSAGE_STATE, LAPAK_STATE_MESSAGE_LAYOUT, &state);
    if (lapak_same_bytes(message, d->link.state_sent, sizeof message)) return;
    if (send(d, message, sizeof message)) memcpy(d->link.state_sent, message, sizeof message);
}

void lapak_report_fault(const struct lapak_dispenser *d, uint8_t fault, uint8_t slot, uint32_t serial)
{
    struct lapak_fault_message value = {.fault = fault, .slot = slot, .serial = serial};
    say(d, LAPAK_MESSAGE_FAULT, LAPAK_FAULT_MESSAGE_LAYOUT, &value);
}

void lapak_report_scan(const struct lapak_dispenser *d, uint8_t refusal, const struct lapak_voucher *voucher)
{
    struct lapak_scan_message scan = {.scan = d->scanner.number, .refusal = refusal};
    if (voucher) {
        scan.slot = voucher->slot;
        scan.flags = voucher->flags;
        scan.key_epoch = voucher->version_epoch & 15;
        scan.serial = voucher->serial;
        scan.expiry = voucher->expiry;
    }
    say(d, LAPAK_MESSAGE_SCAN, LAPAK_SCAN_MESSAGE_LAYOUT, &scan);
}

void lapak_report_refusal(const struct lapak_dispenser *d, uint8_t refusal, const struct lapak_voucher *voucher)
{
    lapak_report_scan(d, refusal, voucher);
    lapak_show(d, LAPAK_SHOW_REFUSED, refusal);
}

void lapak_report_vend_started(const struct lapak_dispenser *d)
{
    struct lapak_vend_started_message started = {
        .serial = d->vend.voucher.serial, .unit = 1, .slot = d->vend.voucher.slot, .authority = d->vend.authority};
    say(d, LAPAK_MESSAGE_VEND_STARTED, LAPAK_VEND_STARTED_MESSAGE_LAYOUT, &started);
}

void lapak_report_outcome(const struct lapak_dispenser *d, const struct lapak_outcome_message *outcome)
{
    say(d, LAPAK_MESSAGE_OUTCOME, LAPAK_OUTCOME_MESSAGE_LAYOUT, outcome);
}

void lapak_report_outcomes(const struct lapak_dispenser *d)
{
    for (uint32_t i = 0; i < d->journal.pending_count; i++) lapak_report_outcome(d, &d->journal.pending[i]);
}

void lapak_report_void(const struct lapak_dispenser *d, uint32_t serial, uint8_t result)
{
    struct lapak_void_ack_message ack = {.serial = serial, .result = result};
    say(d, LAPAK_MESSAGE_VOID_ACK, LAPAK_VOID_ACK_MESSAGE_LAYOUT, &ack);
}

void lapak_report_settings(const struct lapak_dispenser *d)
{
    struct lapak_config_report_message report = {.version = d->settings_version, .settings = d->settings};
    say(d, LAPAK_MESSAGE_CONFIG_REPORT, LAPAK_CONFIG_REPORT_MESSAGE_LAYOUT, &report);
}

void lapak_report_motor_tested(const struct lapak_dispenser *d, const struct lapak_motor_tested_message *tested)
{
    say(d, LAPAK_MESSAGE_MOTOR_TESTED, LAPAK_MOTOR_TESTED_MESSAGE_LAYOUT, tested);
}

void lapak_report_update(const struct lapak_dispenser *d)
{
    struct lapak_update_status_message status = {
        .step = d->update.step, .firmware = d->update.firmware, .received = d->update.received};
    say(d, LAPAK_MESSAGE_UPDATE_STATUS, LAPAK_UPDATE_STATUS_MESSAGE_LAYOUT, &status);
}

void lapak_resend_soon(struct lapak_dispenser *d)
{
    d->link.resend_ms = LAPAK_RESEND_FIRST_MS;
    lapak_timer_start(&d->timers[LAPAK_TIMER_RESEND], d->now_ms, LAPAK_RESEND_FIRST_MS);
}
