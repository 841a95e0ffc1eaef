// What the node says: checked for version, size and seal, then obeyed. A message that fails a check is dropped without a word.
#include "command.h"

#include <string.h>

#include "bytes.h"
#include "report.h"
#include "scan.h"
#include "update.h"
#include "vend.h"

static bool is_current(const struct lapak_dispenser *d, uint32_t serial)
{
    return d->vend.phase != LAPAK_VEND_IDLE && d->vend.voucher.serial == serial;
}

static void hello_ack(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_hello_ack_message *ack = &message->hello_ack;
    if (lapak_same_bytes(ack->boot_id, d->identity.boot_id, sizeof ack->boot_id)) d->link.greeted = true;
}

static void get_state(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    (void)message;
    // No state is all zeros: so the next report differs and is sent.
    memset(d->link.state_sent, 0, sizeof d->link.state_sent);
    lapak_report_hello(d);
}

static void set_time(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_time_message *time = &message->time;
    bool lowers = time->unix_s < d->journal.time_floor_s;
    if (lowers && !time->may_lower) {
        lapak_report_fault(d, LAPAK_FAULT_TIME_REFUSED, 0, 0);
        return;
    }
    lapak_clock_set(&d->clock, d->now_ms, time->unix_s);
    if (lowers) lapak_journal_time(&d->journal, time->unix_s);
}

static void raise_floor(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_floor_message *floor = &message->floor;
    // An epoch never goes back: its vouchers would be valid again.
    bool new_epoch = floor->key_epoch > d->journal.key_epoch;
    if (new_epoch || floor->serial_floor > d->journal.window.base)
        lapak_journal_floor(&d->journal, floor->serial_floor, new_epoch ? floor->key_epoch : d->journal.key_epoch);
    lapak_report_hello(d);
}

static void auth_ok(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_auth_ok_message *ok = &message->auth_ok;
    if (d->vend.phase == LAPAK_VEND_ASKING && d->vend.scan == ok->scan && is_current(d, ok->serial)) lapak_scan_permitted(d);
}

static void auth_no(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_auth_no_message *no = &message->auth_no;
    // One that comes too late still stops what went ahead alone, up to RUN.
    if (d->vend.scan == no->scan && is_current(d, no->serial)) lapak_vend_cancel(d);
}

static void cancel(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_cancel_message *order = &message->cancel;
    if (is_current(d, order->serial)) lapak_vend_cancel(d);
}

// An enum lapak_void, or 0: nothing was written, and nothing is claimed.
static uint8_t void_serial(struct lapak_dispenser *d, uint32_t serial)
{
    if (lapak_journal_is_pending(&d->journal, serial)) return LAPAK_VOID_VENDED;
    bool current = is_current(d, serial);
    if (current && d->vend.phase != LAPAK_VEND_ASKING) return LAPAK_VOID_VENDING;
    if (lapak_window_used(&d->journal.window, serial)) return LAPAK_VOID_SPENT;
    if (!lapak_journal_void(&d->journal, serial)) return 0;
    if (current) lapak_vend_cancel(d);
    return LAPAK_VOID_VOIDED;
}

static void obey_void(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_void_message *order = &message->void_serial;
    uint8_t result = void_serial(d, order->serial);
    if (result != 0) lapak_report_void(d, order->serial, result);
}

static void outcome_ack(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_outcome_ack_message *ack = &message->outcome_ack;
    lapak_journal_ack(&d->journal, ack->serial);
}

// Slots are built, not set; and times that no machine has would only keep a motor running or a customer waiting.
static bool makes_sense(const struct lapak_dispenser *d, const struct lapak_settings *settings)
{
    return settings->slots == d->settings.slots && settings->ask_wait_ms <= 10000 && settings->arm_ms <= 2000 &&
           settings->motor_max_ms >= 100 && settings->motor_max_ms <= 30000 && settings->drop_wait_ms <= 10000;
}

static void configure(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_config_message *config = &message->config;
    const struct lapak_hal *hal = d->hal;
    // The node knows which are the right ones, also where that is an earlier version: its counter has already told old words from new ones.
    if (d->vend.phase == LAPAK_VEND_IDLE && config->version != d->settings_version && makes_sense(d, &config->settings) &&
        hal->keep_settings && hal->keep_settings(hal->context, config->version, &config->settings)) {
        d->settings = config->settings;
        d->settings_version = config->version;
    }
    lapak_report_settings(d);
}

static void test_motor(struct lapak_dispenser *d, const union lapak_node_message *message)
{
    const struct lapak_test_motor_message *order = &message->test_motor;
    struct lapak_motor_tested_message no = {.slot = order->slot, .result = LAPAK_TEST_UNKNOWN_SLOT};
    if (order->slot < d->settings.slots) {
        if (d->vend.phase == LAPAK_VEND_IDLE) {
            lapak_vend_test(d, order->slot);
            return;
        }
        no.result = LAPAK_TEST_BUSY;
    }
    lapak_report_motor_tested(d, &no);
}

// In the order of their types, from HELLO_ACK on.
static const struct command {
    const char *layout;
    void (*obey)(struct lapak_dispenser *dispenser, const union lapak_node_message *message);
} commands[] = {
    {LAPAK_HELLO_ACK_MESSAGE_LAYOUT, hello_ack},
    {LAPAK_GET_STATE_MESSAGE_LAYOUT, get_state},
    {LAPAK_TIME_MESSAGE_LAYOUT, set_time},
    {LAPAK_FLOOR_MESSAGE_LAYOUT, raise_floor},
    {LAPAK_AUTH_OK_MESSAGE_LAYOUT, auth_ok},
    {LAPAK_AUTH_NO_MESSAGE_LAYOUT, auth_no},
    {LAPAK_CANCEL_MESSAGE_LAYOUT, cancel},
    {LAPAK_VOID_MESSAGE_LAYOUT, obey_void},
    {LAPAK_OUTCOME_ACK_MESSAGE_LAYOUT, outcome_ack},
    {LAPAK_UPDATE_BEGIN_MESSAGE_LAYOUT, lapak_update_begin},
    {LAPAK_UPDATE_DATA_MESSAGE_LAYOUT, lapak_update_data},
    {LAPAK_UPDATE_END_MESSAGE_LAYOUT, lapak_update_end},
    {LAPAK_RESTART_MESSAGE_LAYOUT, lapak_update_restart},
    {LAPAK_CONFIG_MESSAGE_LAYOUT, configure},
    {LAPAK_TEST_MOTOR_MESSAGE_LAYOUT, test_motor},
};

// Whatever is not named here is obeyed only from the node itself.
static bool needs_seal(uint8_t type)
{
    switch (type) {
    case LAPAK_MESSAGE_HELLO_ACK:
    case LAPAK_MESSAGE_GET_STATE:
    case LAPAK_MESSAGE_AUTH_NO:
    case LAPAK_MESSAGE_CANCEL:
    case LAPAK_MESSAGE_UPDATE_DATA: return false;
    default: return true;
    }
}

void lapak_command(struct lapak_dispenser *d, const uint8_t *message, size_t length)
{
    union lapak_node_message value;
    if (length < LAPAK_MESSAGE_HEAD || message[0] != LAPAK_MESSAGE_VERSION) return;
    uint32_t place = message[1] - (uint32_t)LAPAK_MESSAGE_HELLO_ACK;
    if (place >= sizeof commands / sizeof commands[0]) return;
    const struct command *command = &commands[place];
    if (!lapak_decode(command->layout, message + LAPAK_MESSAGE_HEAD, length - LAPAK_MESSAGE_HEAD, &value)) return;
    if (needs_seal(message[1]) && !lapak_seal_accept(&d->seal, message, length)) return;
    command->obey(d, &value);
}
