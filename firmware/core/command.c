// What the node says: checked for version, size and seal, then obeyed. A message that fails a check is dropped without a word.
#include "command.h"

#include "report.h"
#include "scan.h"
#include "sha256.h"
#include "update.h"
#include "vend.h"

static bool is_current_scan(const struct lapak_dispenser *d, uint16_t scan, uint32_t serial)
{
    return d->vend.phase != LAPAK_VEND_IDLE && d->vend.scan == scan && d->vend.voucher.serial == serial;
}

static void hello_ack(struct lapak_dispenser *d, const uint8_t *payload)
{
    struct lapak_hello_ack_message ack;
    lapak_get_hello_ack_message(payload, &ack);
    if (lapak_same_bytes(ack.boot_id, d->identity.boot_id, sizeof ack.boot_id)) d->link.greeted = true;
}

static void get_state(struct lapak_dispenser *d)
{
    // No state is all zeros: so the next report differs and is sent.
    memset(d->link.state_sent, 0, sizeof d->link.state_sent);
    lapak_report_hello(d);
}

static void set_time(struct lapak_dispenser *d, const uint8_t *payload)
{
    struct lapak_time_message time;
    lapak_get_time_message(payload, &time);
    if (time.unix_s < d->journal.time_floor_s && !time.may_lower) {
        lapak_report_fault(d, LAPAK_FAULT_TIME_REFUSED, 0, 0);
        return;
    }
    lapak_clock_set(&d->clock, time.unix_s);
    if (time.unix_s < d->journal.time_floor_s) lapak_journal_time(&d->journal, time.unix_s);
}

static void raise_floor(struct lapak_dispenser *d, const uint8_t *payload)
{
    struct lapak_floor_message floor;
    lapak_get_floor_message(payload, &floor);
    // An epoch never goes back: its vouchers would be valid again.
    if (floor.key_epoch < d->journal.key_epoch) floor.key_epoch = d->journal.key_epoch;
    bool news = floor.serial_floor > d->journal.window.base || floor.key_epoch > d->journal.key_epoch;
    if (news) lapak_journal_floor(&d->journal, floor.serial_floor, floor.key_epoch);
    lapak_report_hello(d);
}

static void auth_ok(struct lapak_dispenser *d, const uint8_t *payload)
{
    struct lapak_auth_ok_message ok;
    lapak_get_auth_ok_message(payload, &ok);
    if (d->vend.phase == LAPAK_VEND_ASKING && is_current_scan(d, ok.scan, ok.serial)) lapak_scan_permitted(d);
}

static void auth_no(struct lapak_dispenser *d, const uint8_t *payload)
{
    struct lapak_auth_no_message no;
    lapak_get_auth_no_message(payload, &no);
    // One that comes too late still stops what went ahead alone, up to RUN.
    if (is_current_scan(d, no.scan, no.serial)) lapak_vend_cancel(d);
}

static void cancel(struct lapak_dispenser *d, const uint8_t *payload)
{
    struct lapak_cancel_message message;
    lapak_get_cancel_message(payload, &message);
    if (d->vend.phase != LAPAK_VEND_IDLE && d->vend.voucher.serial == message.serial) lapak_vend_cancel(d);
}

static void void_serial(struct lapak_dispenser *d, const uint8_t *payload)
{
    struct lapak_void_message message;
    lapak_get_void_message(payload, &message);
    bool current = d->vend.phase != LAPAK_VEND_IDLE && d->vend.voucher.serial == message.serial;
    if (lapak_journal_pending(&d->journal, message.serial)) {
        lapak_report_void(d, message.serial, LAPAK_VOID_VENDED);
    } else if (current && d->vend.phase != LAPAK_VEND_ASKING) {
        lapak_report_void(d, message.serial, LAPAK_VOID_VENDING);
    } else if (lapak_window_used(&d->journal.window, message.serial)) {
        lapak_report_void(d, message.serial, LAPAK_VOID_SPENT);
    } else if (lapak_journal_void(&d->journal, message.serial)) {
        if (current) lapak_vend_cancel(d);
        lapak_report_void(d, message.serial, LAPAK_VOID_VOIDED);
    }
    // Else nothing was written, and nothing is claimed: the node asks again.
}

static void outcome_ack(struct lapak_dispenser *d, const uint8_t *payload)
{
    struct lapak_outcome_ack_message ack;
    lapak_get_outcome_ack_message(payload, &ack);
    lapak_journal_ack(&d->journal, ack.serial);
}

// Slots are built, not set; and times that no machine has would only keep a motor running or a customer waiting.
static bool makes_sense(const struct lapak_dispenser *d, const struct lapak_settings *settings)
{
    return settings->slots == d->settings.slots && settings->ask_wait_ms <= 10000 && settings->arm_ms <= 2000 &&
           settings->motor_max_ms >= 100 && settings->motor_max_ms <= 30000 && settings->drop_wait_ms <= 10000;
}

static void configure(struct lapak_dispenser *d, const uint8_t *payload)
{
    struct lapak_settings settings;
    uint32_t version = lapak_get_u32(payload);
    const struct lapak_hal *hal = d->hal;
    lapak_get_settings(payload + 4, &settings);
    if (d->vend.phase == LAPAK_VEND_IDLE && version > d->settings_version && makes_sense(d, &settings) && hal->keep_settings &&
        hal->keep_settings(hal->context, version, &settings)) {
        d->settings = settings;
        d->settings_version = version;
    }
    lapak_report_settings(d);
}

static void test_motor(struct lapak_dispenser *d, const uint8_t *payload)
{
    struct lapak_test_motor_message test;
    lapak_get_test_motor_message(payload, &test);
    if (test.slot >= d->settings.slots) lapak_report_motor_tested(d, test.slot, LAPAK_TEST_UNKNOWN_SLOT);
    else if (d->vend.phase != LAPAK_VEND_IDLE) lapak_report_motor_tested(d, test.slot, LAPAK_TEST_BUSY);
    else lapak_vend_test(d, test.slot);
}

static const struct command {
    uint8_t type;
    uint8_t size;
    bool sealed;
    void (*obey)(struct lapak_dispenser *dispenser, const uint8_t *payload);
} commands[] = {
    {LAPAK_MESSAGE_HELLO_ACK, LAPAK_HELLO_ACK_MESSAGE_SIZE, false, hello_ack},
    {LAPAK_MESSAGE_TIME, LAPAK_TIME_MESSAGE_SIZE, true, set_time},
    {LAPAK_MESSAGE_FLOOR, LAPAK_FLOOR_MESSAGE_SIZE, true, raise_floor},
    {LAPAK_MESSAGE_AUTH_OK, LAPAK_AUTH_OK_MESSAGE_SIZE, true, auth_ok},
    {LAPAK_MESSAGE_AUTH_NO, LAPAK_AUTH_NO_MESSAGE_SIZE, false, auth_no},
    {LAPAK_MESSAGE_CANCEL, LAPAK_CANCEL_MESSAGE_SIZE, false, cancel},
    {LAPAK_MESSAGE_VOID, LAPAK_VOID_MESSAGE_SIZE, true, void_serial},
    {LAPAK_MESSAGE_OUTCOME_ACK, LAPAK_OUTCOME_ACK_MESSAGE_SIZE, true, outcome_ack},
    {LAPAK_MESSAGE_UPDATE_BEGIN, LAPAK_UPDATE_BEGIN_MESSAGE_SIZE, true, lapak_update_begin},
    {LAPAK_MESSAGE_UPDATE_DATA, LAPAK_UPDATE_DATA_MESSAGE_SIZE, false, lapak_update_data},
    {LAPAK_MESSAGE_UPDATE_END, LAPAK_UPDATE_END_MESSAGE_SIZE, true, lapak_update_end},
    {LAPAK_MESSAGE_CONFIG, LAPAK_CONFIG_MESSAGE_SIZE, true, configure},
    {LAPAK_MESSAGE_TEST_MOTOR, LAPAK_TEST_MOTOR_MESSAGE_SIZE, true, test_motor},
    {LAPAK_MESSAGE_RESTART, LAPAK_RESTART_MESSAGE_SIZE, true, lapak_update_restart},
};

void lapak_command(struct lapak_dispenser *d, const uint8_t *message, size_t length)
{
    if (length < LAPAK_MESSAGE_HEAD || message[0] != LAPAK_MESSAGE_VERSION) return;
    if (message[1] == LAPAK_MESSAGE_GET_STATE) {
        get_state(d);
        return;
    }
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        const struct command *command = &commands[i];
        if (command->type != message[1]) continue;
        if (length != (size_t)LAPAK_MESSAGE_HEAD + command->size) return;
        if (command->sealed && !lapak_seal_accept(&d->seal, message, length)) return;
        command->obey(d, message + LAPAK_MESSAGE_HEAD);
        return;
    }
}
