// Messages out. What must not be lost (HELLO, OUTCOME) is sent again by dispenser.c until the node answers; the rest is news.
#include "report.h"

#include "sha256.h"

static void begin(uint8_t *message, uint8_t type)
{
    message[0] = LAPAK_MESSAGE_VERSION;
    message[1] = type;
}

static bool send(const struct lapak_dispenser *d, const uint8_t *message, size_t payload_size)
{
    return d->link.up && d->hal->send(d->hal->context, message, LAPAK_MESSAGE_HEAD + payload_size);
}

void lapak_show(const struct lapak_dispenser *d, enum lapak_show what, uint8_t code)
{
    if (d->hal->show) d->hal->show(d->hal->context, (uint8_t)what, code);
}

void lapak_report_hello(struct lapak_dispenser *d)
{
    uint8_t message[LAPAK_MESSAGE_HEAD + LAPAK_HELLO_MESSAGE_SIZE];
    struct lapak_hello_message hello = {
        .dispenser = d->identity.dispenser,
        .firmware = d->identity.firmware,
        .capabilities = (uint16_t)((d->settings.vends_alone ? LAPAK_CAPABILITY_VENDS_ALONE : 0) |
                                   (d->hal->update ? LAPAK_CAPABILITY_TAKES_UPDATES : 0)),
        .slots = d->settings.slots,
        .pending = d->journal.pending_count,
        .counter = d->seal.counter,
        .journal_generation = d->journal.generation,
        .journal_seq = d->journal.seq,
        .key_epoch = d->journal.key_epoch,
        .serial_floor = d->journal.window.base,
        .time_floor = d->journal.time_floor_s,
    };
    memcpy(hello.boot_id, d->identity.boot_id, sizeof hello.boot_id);
    begin(message, LAPAK_MESSAGE_HELLO);
    lapak_put_hello_message(message + LAPAK_MESSAGE_HEAD, &hello);
    send(d, message, LAPAK_HELLO_MESSAGE_SIZE);
}

static uint8_t phase_of(const struct lapak_dispenser *d)
{
    if (d->journal.failed) return LAPAK_PHASE_OUT_OF_SERVICE;
    return d->vend.phase == LAPAK_VEND_IDLE ? LAPAK_PHASE_IDLE : LAPAK_PHASE_BUSY;
}

void lapak_report_state(struct lapak_dispenser *d)
{
    uint8_t message[LAPAK_MESSAGE_HEAD + LAPAK_STATE_MESSAGE_SIZE];
    uint8_t *payload = message + LAPAK_MESSAGE_HEAD;
    struct lapak_state_message state = {
        .phase = phase_of(d),
        .clock_valid = d->clock.valid,
        .pending = d->journal.pending_count,
        .jammed = d->jammed_slots,
        .empty = d->empty_slots,
        .serial = d->vend.phase == LAPAK_VEND_IDLE ? 0 : d->vend.voucher.serial,
    };
    begin(message, LAPAK_MESSAGE_STATE);
    lapak_put_state_message(payload, &state);
    if (lapak_same_bytes(payload, d->link.state_sent, LAPAK_STATE_MESSAGE_SIZE)) return;
    if (send(d, message, LAPAK_STATE_MESSAGE_SIZE)) memcpy(d->link.state_sent, payload, LAPAK_STATE_MESSAGE_SIZE);
}

void lapak_report_fault(struct lapak_dispenser *d, uint8_t fault, uint8_t slot, uint32_t serial)
{
    uint8_t message[LAPAK_MESSAGE_HEAD + LAPAK_FAULT_MESSAGE_SIZE];
    struct lapak_fault_message value = {.fault = fault, .slot = slot, .serial = serial};
    begin(message, LAPAK_MESSAGE_FAULT);
    lapak_put_fault_message(message + LAPAK_MESSAGE_HEAD, &value);
    send(d, message, LAPAK_FAULT_MESSAGE_SIZE);
}

void lapak_report_scan(struct lapak_dispenser *d, uint8_t refusal, const struct lapak_voucher *voucher)
{
    uint8_t message[LAPAK_MESSAGE_HEAD + LAPAK_SCAN_MESSAGE_SIZE];
    struct lapak_scan_message scan = {.scan = d->scanner.number, .refusal = refusal};
    if (voucher) {
        scan.slot = voucher->slot;
        scan.flags = voucher->flags;
        scan.key_epoch = voucher->version_epoch & 15;
        scan.serial = voucher->serial;
        scan.expiry = voucher->expiry;
    }
    begin(message, LAPAK_MESSAGE_SCAN);
    lapak_put_scan_message(message + LAPAK_MESSAGE_HEAD, &scan);
    send(d, message, LAPAK_SCAN_MESSAGE_SIZE);
}

void lapak_report_refusal(struct lapak_dispenser *d, uint8_t refusal, const struct lapak_voucher *voucher)
{
    lapak_report_scan(d, refusal, voucher);
    lapak_show(d, LAPAK_SHOW_REFUSED, refusal);
}

void lapak_report_vend_started(struct lapak_dispenser *d)
{
    uint8_t message[LAPAK_MESSAGE_HEAD + LAPAK_VEND_STARTED_MESSAGE_SIZE];
    struct lapak_vend_started_message started = {
        .serial = d->vend.voucher.serial, .unit = 1, .slot = d->vend.voucher.slot, .authority = d->vend.authority};
    begin(message, LAPAK_MESSAGE_VEND_STARTED);
    lapak_put_vend_started_message(message + LAPAK_MESSAGE_HEAD, &started);
    send(d, message, LAPAK_VEND_STARTED_MESSAGE_SIZE);
}

static void send_outcome(const struct lapak_dispenser *d, const struct lapak_outcome *from)
{
    uint8_t message[LAPAK_MESSAGE_HEAD + LAPAK_OUTCOME_MESSAGE_SIZE];
    struct lapak_outcome_message outcome = {
        .serial = from->serial,
        .unit = 1,
        .slot = from->slot,
        .result = from->result,
        .reason = from->reason,
        .attempts = from->attempts,
        .drops = from->drops,
        .motor_ms = from->motor_ms,
        .at = from->at_s,
        .journal_seq = from->seq,
    };
    begin(message, LAPAK_MESSAGE_OUTCOME);
    lapak_put_outcome_message(message + LAPAK_MESSAGE_HEAD, &outcome);
    send(d, message, LAPAK_OUTCOME_MESSAGE_SIZE);
}

void lapak_report_outcomes(struct lapak_dispenser *d, uint32_t serial)
{
    for (uint8_t i = 0; i < d->journal.pending_count; i++) {
        const struct lapak_outcome *outcome = &d->journal.pending[i];
        if (serial == LAPAK_ALL_SERIALS || outcome->serial == serial) send_outcome(d, outcome);
    }
    if (serial != LAPAK_ALL_SERIALS) lapak_resend_soon(d);
}

void lapak_report_void(struct lapak_dispenser *d, uint32_t serial, uint8_t result)
{
    uint8_t message[LAPAK_MESSAGE_HEAD + LAPAK_VOID_ACK_MESSAGE_SIZE];
    struct lapak_void_ack_message ack = {.serial = serial, .result = result};
    begin(message, LAPAK_MESSAGE_VOID_ACK);
    lapak_put_void_ack_message(message + LAPAK_MESSAGE_HEAD, &ack);
    send(d, message, LAPAK_VOID_ACK_MESSAGE_SIZE);
}

void lapak_report_settings(struct lapak_dispenser *d)
{
    uint8_t message[LAPAK_MESSAGE_HEAD + LAPAK_CONFIG_REPORT_MESSAGE_SIZE];
    begin(message, LAPAK_MESSAGE_CONFIG_REPORT);
    lapak_put_u32(message + LAPAK_MESSAGE_HEAD, d->settings_version);
    lapak_put_settings(message + LAPAK_MESSAGE_HEAD + 4, &d->settings);
    send(d, message, LAPAK_CONFIG_REPORT_MESSAGE_SIZE);
}

void lapak_report_motor_tested(struct lapak_dispenser *d, uint8_t slot, uint8_t result)
{
    uint8_t message[LAPAK_MESSAGE_HEAD + LAPAK_MOTOR_TESTED_MESSAGE_SIZE];
    struct lapak_motor_tested_message tested = {.slot = slot, .result = result};
    if (result == LAPAK_TEST_TURNED || result == LAPAK_TEST_JAMMED) {
        tested.drops = d->vend.drops;
        tested.motor_ms = (uint16_t)(d->vend.motor_ms > UINT16_MAX ? UINT16_MAX : d->vend.motor_ms);
    }
    begin(message, LAPAK_MESSAGE_MOTOR_TESTED);
    lapak_put_motor_tested_message(message + LAPAK_MESSAGE_HEAD, &tested);
    send(d, message, LAPAK_MOTOR_TESTED_MESSAGE_SIZE);
}

void lapak_report_update(struct lapak_dispenser *d)
{
    uint8_t message[LAPAK_MESSAGE_HEAD + LAPAK_UPDATE_STATUS_MESSAGE_SIZE];
    struct lapak_update_status_message status = {
        .step = d->update.step, .firmware = d->update.firmware, .received = d->update.received};
    begin(message, LAPAK_MESSAGE_UPDATE_STATUS);
    lapak_put_update_status_message(message + LAPAK_MESSAGE_HEAD, &status);
    send(d, message, LAPAK_UPDATE_STATUS_MESSAGE_SIZE);
}

void lapak_resend_soon(struct lapak_dispenser *d)
{
    d->link.resend_ms = LAPAK_RESEND_FIRST_MS;
    d->link.resend_at_ms = d->now_ms + LAPAK_RESEND_FIRST_MS;
}
