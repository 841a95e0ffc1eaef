// One pour, from the permission to its outcome.
//
//   ASKING ──permitted──→ ARMING ──beam clear, RUN written──→ TURNING ──home──→ SETTLING ──┐
//     │                     │                                  ↑  │               │        │ nothing fell: once more,
//     └─ refused            └─ blocked or cancelled: FAIL      │  └─ home, dropped: OK     │ then FAIL
//                                                              └────────────────────────────┘
//   A turn that never comes home is a jam: motor off, SETTLING, then OK if something fell, else FAIL.
#include "vend.h"

#include "report.h"

#define TURNS_MAX 2

static void motor(struct lapak_dispenser *d, bool on)
{
    d->hal->motor(d->hal->context, d->vend.voucher.slot, on);
}

static void watch_aftermath(struct lapak_dispenser *d, uint8_t result)
{
    d->aftermath = (struct lapak_aftermath){
        .watching = true,
        .slot = d->vend.voucher.slot,
        .result = result,
        .serial = d->vend.voucher.serial,
        .until_ms = d->now_ms + d->settings.late_drop_ms,
    };
}

static void finish(struct lapak_dispenser *d, uint8_t result, uint8_t reason)
{
    struct lapak_vend *vend = &d->vend;
    struct lapak_outcome outcome = {
        .serial = vend->voucher.serial,
        .at_s = d->clock.valid ? d->clock.unix_s : 0,
        .motor_ms = (uint16_t)(vend->motor_ms > UINT16_MAX ? UINT16_MAX : vend->motor_ms),
        .slot = vend->voucher.slot,
        .result = result,
        .reason = reason,
        .attempts = vend->attempts,
        .drops = vend->drops,
    };
    vend->phase = LAPAK_VEND_IDLE;
    watch_aftermath(d, result);
    // What could not be written is not claimed either: the next boot finds RUN and says uncertain.
    if (!lapak_journal_result(&d->journal, &outcome)) {
        lapak_report_fault(d, LAPAK_FAULT_JOURNAL, outcome.slot, outcome.serial);
        return;
    }
    lapak_show(d, LAPAK_SHOW_FINISHED, result);
    lapak_report_outcomes(d, outcome.serial);
}

static void fail(struct lapak_dispenser *d, uint8_t reason, uint8_t fault)
{
    lapak_report_fault(d, fault, d->vend.voucher.slot, d->vend.voucher.serial);
    finish(d, LAPAK_RESULT_FAIL, reason);
}

static void finish_dropped(struct lapak_dispenser *d)
{
    struct lapak_vend *vend = &d->vend;
    if (vend->drops > 1) lapak_report_fault(d, LAPAK_FAULT_DOUBLE_DROP, vend->voucher.slot, vend->voucher.serial);
    uint8_t reason = vend->jammed ? LAPAK_REASON_DROP_THEN_JAM : vend->drops > 1 ? LAPAK_REASON_DOUBLE_DROP : LAPAK_REASON_DROP_SEEN;
    finish(d, LAPAK_RESULT_OK, reason);
}

void lapak_vend_begin(struct lapak_dispenser *d, uint8_t authority)
{
    struct lapak_vend *vend = &d->vend;
#ifdef LAPAK_MUTANT_MOTOR_BEFORE_INTENT
    motor(d, true);
#endif
    if (!lapak_journal_intent(&d->journal, vend->voucher.serial, vend->voucher.slot)) {
        vend->phase = LAPAK_VEND_IDLE;
        lapak_report_refusal(d, LAPAK_REFUSAL_OUT_OF_SERVICE, &vend->voucher);
        return;
    }
    vend->authority = authority;
    vend->attempts = 0;
    vend->drops = 0;
    vend->jammed = false;
    vend->motor_ms = 0;
    vend->phase = LAPAK_VEND_ARMING;
    vend->deadline_ms = d->now_ms + d->settings.arm_ms;
    d->aftermath.watching = false;
    d->hal->beam(d->hal->context, true);
    lapak_show(d, LAPAK_SHOW_VENDING, 0);
}

static void turn(struct lapak_dispenser *d)
{
    struct lapak_vend *vend = &d->vend;
    vend->attempts++;
    vend->phase = LAPAK_VEND_TURNING;
    vend->turn_started_ms = d->now_ms;
    vend->deadline_ms = d->now_ms + d->settings.motor_max_ms;
    motor(d, true);
}

static void run(struct lapak_dispenser *d)
{
    struct lapak_vend *vend = &d->vend;
    if (d->hal->beam_blocked(d->hal->context)) {
        fail(d, LAPAK_REASON_BEAM_BLOCKED, LAPAK_FAULT_BEAM_BLOCKED);
        return;
    }
#ifdef LAPAK_MUTANT_RUN_AFTER_MOTOR
    motor(d, true);
#endif
    if (!lapak_journal_run(&d->journal)) {
        vend->phase = LAPAK_VEND_IDLE;
        motor(d, false);
        d->hal->beam(d->hal->context, false);
        lapak_report_fault(d, LAPAK_FAULT_JOURNAL, vend->voucher.slot, vend->voucher.serial);
        return;
    }
    turn(d);
    lapak_report_vend_started(d);
}

static void stop_motor(struct lapak_dispenser *d)
{
    motor(d, false);
    d->vend.motor_ms += d->now_ms - d->vend.turn_started_ms;
    d->vend.phase = LAPAK_VEND_SETTLING;
    d->vend.deadline_ms = d->now_ms + d->settings.drop_wait_ms;
}

static void settled(struct lapak_dispenser *d)
{
    struct lapak_vend *vend = &d->vend;
    uint16_t slot_bit = (uint16_t)(1u << vend->voucher.slot);
    if (vend->jammed) {
        fail(d, LAPAK_REASON_JAM, LAPAK_FAULT_JAM);
    } else if (vend->attempts < TURNS_MAX) {
        turn(d);
    } else {
        d->empty_slots |= slot_bit;
        fail(d, LAPAK_REASON_NO_DROP, LAPAK_FAULT_NO_DROP);
    }
}

static void jam(struct lapak_dispenser *d)
{
    d->vend.jammed = true;
    d->jammed_slots |= (uint16_t)(1u << d->vend.voucher.slot);
    stop_motor(d);
    if (d->vend.drops > 0) finish_dropped(d);
}

void lapak_vend_cancel(struct lapak_dispenser *d)
{
    if (d->vend.phase == LAPAK_VEND_ASKING) {
        d->vend.phase = LAPAK_VEND_IDLE;
        lapak_show(d, LAPAK_SHOW_REFUSED, LAPAK_REFUSAL_REFUSED_BY_NODE);
    } else if (d->vend.phase == LAPAK_VEND_ARMING) {
        finish(d, LAPAK_RESULT_FAIL, LAPAK_REASON_CANCELLED);
    }
}

void lapak_vend_test(struct lapak_dispenser *d, uint8_t slot)
{
    d->vend = (struct lapak_vend){.voucher = {.slot = slot}};
    d->aftermath.watching = false;
    d->hal->beam(d->hal->context, true);
    turn(d);
    d->vend.phase = LAPAK_VEND_TESTING;
}

static void test_turned(struct lapak_dispenser *d, bool jammed)
{
    d->vend.jammed = jammed;
    stop_motor(d);
    d->vend.phase = LAPAK_VEND_TESTED;
}

static void tested(struct lapak_dispenser *d)
{
    d->vend.phase = LAPAK_VEND_IDLE;
    d->hal->beam(d->hal->context, false);
    lapak_report_motor_tested(d, d->vend.voucher.slot, d->vend.jammed ? LAPAK_TEST_JAMMED : LAPAK_TEST_TURNED);
}

void lapak_vend_deadline(struct lapak_dispenser *d)
{
    switch (d->vend.phase) {
    case LAPAK_VEND_TESTING: test_turned(d, true); break;
    case LAPAK_VEND_TESTED: tested(d); break;
    case LAPAK_VEND_ARMING: run(d); break;
    case LAPAK_VEND_TURNING: jam(d); break;
    case LAPAK_VEND_SETTLING: settled(d); break;
    default: break;
    }
}

static void late_drop(struct lapak_dispenser *d)
{
    if (!d->aftermath.watching) return;
    uint8_t fault = d->aftermath.result == LAPAK_RESULT_OK ? LAPAK_FAULT_DOUBLE_DROP : LAPAK_FAULT_LATE_DROP;
    lapak_report_fault(d, fault, d->aftermath.slot, d->aftermath.serial);
}

static void dropped(struct lapak_dispenser *d)
{
    struct lapak_vend *vend = &d->vend;
    // Before the motor turned nothing of ours can fall: a hand in the chute.
    if (vend->phase == LAPAK_VEND_ARMING) return;
    if (vend->phase == LAPAK_VEND_IDLE || vend->phase == LAPAK_VEND_ASKING) {
        late_drop(d);
        return;
    }
    if (vend->drops < UINT8_MAX) vend->drops++;
    if (vend->phase == LAPAK_VEND_SETTLING) finish_dropped(d);
}

void lapak_vend_sensor(struct lapak_dispenser *d, enum lapak_sensor sensor, uint8_t slot)
{
    if (sensor == LAPAK_SENSOR_DROP) {
        dropped(d);
    } else if (sensor == LAPAK_SENSOR_HOME && d->vend.phase == LAPAK_VEND_TESTING && slot == d->vend.voucher.slot) {
        test_turned(d, false);
    } else if (sensor == LAPAK_SENSOR_HOME && d->vend.phase == LAPAK_VEND_TURNING && slot == d->vend.voucher.slot) {
        stop_motor(d);
#ifdef LAPAK_MUTANT_OK_BEFORE_DROP
        finish_dropped(d);
#else
        if (d->vend.drops > 0) finish_dropped(d);
#endif
    }
}
