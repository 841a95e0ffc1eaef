// The entrances of the core: each takes the time, does its part, and tells the node what changed.
#include "dispenser.h"

#include <string.h>

#include "command.h"
#include "report.h"
#include "scan.h"
#include "update.h"
#include "vend.h"

#define SLOTS_MAX 16

static void enter(struct lapak_dispenser *d, uint32_t now_ms)
{
    d->now_ms = now_ms;
    lapak_clock_advance(&d->clock, now_ms);
}

bool lapak_init(struct lapak_dispenser *d, const struct lapak_config *config, const struct lapak_hal *hal, uint32_t now_ms)
{
    memset(d, 0, sizeof *d);
    d->hal = hal;
    d->now_ms = now_ms;
    d->identity = config->identity;
    d->settings = config->settings;
    d->settings_version = config->settings_version;
    if (d->settings.slots > SLOTS_MAX) d->settings.slots = SLOTS_MAX;
    d->seal.identity = &d->identity;
    d->clock.counted_ms = now_ms;
    for (uint8_t slot = 0; slot < d->settings.slots; slot++) hal->motor(hal->context, slot, false);
    hal->beam(hal->context, false);
    bool open = lapak_journal_open(&d->journal, &hal->flash, config->identity.key_epoch);
    lapak_update_init(d, open);
    lapak_show(d, open ? LAPAK_SHOW_READY : LAPAK_SHOW_REFUSED, open ? 0 : LAPAK_REFUSAL_OUT_OF_SERVICE);
    return open;
}

void lapak_on_link(struct lapak_dispenser *d, uint32_t now_ms, bool up)
{
    enter(d, now_ms);
    d->link.up = up;
    d->link.greeted = false;
    memset(d->link.state_sent, 0, sizeof d->link.state_sent);
    if (up) {
        lapak_report_hello(d);
        lapak_report_settings(d);
        lapak_report_outcomes(d);
        lapak_resend_soon(d);
        if (d->update.on_trial) lapak_report_update(d);
        if (d->journal.failed) lapak_report_fault(d, LAPAK_FAULT_JOURNAL, 0, 0);
    } else if (d->vend.phase == LAPAK_VEND_ASKING) {
        lapak_scan_unanswered(d);
    }
    lapak_report_state(d);
}

void lapak_on_rx(struct lapak_dispenser *d, uint32_t now_ms, const uint8_t *message, size_t length)
{
    enter(d, now_ms);
    lapak_command(d, message, length);
    lapak_report_state(d);
}

void lapak_on_scan(struct lapak_dispenser *d, uint32_t now_ms, const char *text, size_t length)
{
    enter(d, now_ms);
    lapak_scan_text(d, text, length);
    lapak_report_state(d);
}

void lapak_on_sensor(struct lapak_dispenser *d, uint32_t now_ms, enum lapak_sensor sensor, uint8_t slot, bool active)
{
    enter(d, now_ms);
    if (slot >= d->settings.slots) return;
    uint16_t slot_bit = (uint16_t)(1u << slot);
    switch (sensor) {
    case LAPAK_SENSOR_EMPTY:
        d->empty_slots = (uint16_t)(active ? d->empty_slots | slot_bit : d->empty_slots & ~slot_bit);
        break;
    case LAPAK_SENSOR_SERVICE:
        d->empty_slots &= (uint16_t)~slot_bit;
        d->jammed_slots &= (uint16_t)~slot_bit;
        break;
    default:
        if (active) lapak_vend_sensor(d, sensor, slot);
    }
    lapak_report_state(d);
}

static void resend(struct lapak_dispenser *d)
{
    if (!d->link.up || (d->link.greeted && d->journal.pending_count == 0)) return;
    if (!d->link.greeted) lapak_report_hello(d);
    lapak_report_outcomes(d);
    if (d->link.resend_ms < LAPAK_RESEND_MAX_MS) d->link.resend_ms *= 2;
    lapak_timer_start(&d->timers[LAPAK_TIMER_RESEND], d->now_ms, d->link.resend_ms);
}

static void end_watch(struct lapak_dispenser *d)
{
    lapak_light_beam(d, false);
    lapak_show(d, LAPAK_SHOW_READY, 0);
}

static void keep_time_floor(struct lapak_dispenser *d)
{
    uint32_t floor_s = d->journal.time_floor_s;
    if (!d->clock.valid || d->vend.phase != LAPAK_VEND_IDLE || d->clock.unix_s <= floor_s) return;
    if (d->clock.unix_s - floor_s >= LAPAK_TIME_FLOOR_STEP_S) lapak_journal_time(&d->journal, d->clock.unix_s);
}

static void ring(struct lapak_dispenser *d)
{
    static void (*const rings[LAPAK_TIMERS])(struct lapak_dispenser *) = {lapak_vend_deadline, resend, end_watch, lapak_update_unproved};
    for (unsigned name = 0; name < LAPAK_TIMERS; name++) {
        struct lapak_timer *timer = &d->timers[name];
        if (lapak_timer_left(timer, d->now_ms) > 0) continue;
        timer->runs = false;
        rings[name](d);
    }
}

uint32_t lapak_tick(struct lapak_dispenser *d, uint32_t now_ms)
{
    uint32_t wait_ms = LAPAK_TICK_MAX_MS;
    enter(d, now_ms);
    ring(d);
    keep_time_floor(d);
    lapak_update_tick(d);
    lapak_report_state(d);
    for (unsigned name = 0; name < LAPAK_TIMERS; name++) {
        uint32_t left_ms = lapak_timer_left(&d->timers[name], now_ms);
        if (left_ms < wait_ms) wait_ms = left_ms;
    }
    return wait_ms;
}
