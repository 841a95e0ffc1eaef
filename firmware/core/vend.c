// One pour, from the permission to its outcome.
//
//   ASKING ──permitted──→ ARMING ──beam clear, RUN written──→ TURNING ──home──→ SETTLING ──┐
//     │                     │                                  ↑  │               │        │ nothing fell: once more,
//     └─ refused            └─ blocked or cancelled: FAIL      │  └─ home, dropped: OK     │ then FAIL
//                                                              └────────────────────────────┘
//   A turn that never comes home is a jam: motor off, SETTLING, then OK if something fell, else FAIL.
#include "vend.h"

#include "report.h"
#include "scan.h"

#define TURNS_MAX 2

static void motor(struct lapak_dispenser *d, bool on)
{
    d->hal->motor(d->hal->context, d->vend.voucher.slot, on);
}

void lapak_light_beam(struct lapak_dispenser *d, bool on)
{
    d->hal->beam(d->hal->context, on);
}

static uint16_t motor_ms(const struct lapak_dispenser *d)
{
    return (uint16_t)(d->vend.motor_ms > UINT16_MAX ? UINT16_MAX : d->vend.motor_ms);
}

static void report_fault(const struct lapak_dispenser *d, uint8_t fault)
{
    lapak_report_fault(d, fault, d->vend.outcome.slot, d->vend.outcome.serial);
}

static void finish(struct lapak_dispenser *d, uint8_t result, uint8_t reason)
{
    struct lapak_outcome_message *outcome = &d->vend.outcome;
    outcome->result = result;
    outcome->reason = reason;
    outcome->motor_ms = motor_ms(d);
    outcome->at = d->clock.valid ? d->clock.unix_s : 0;
    d->vend.phase = LAPAK_VEND_IDLE;
    lapak_timer_start(&d->timers[LAPAK_TIMER_AFTERMATH], d->now_ms, d->settings.late_drop_ms);
    // What could not be written is not claimed either: the next boot finds RUN and says uncertain.
    if (!lapak_journal_result(&d->journal, outcome)) {
        report_fault(d, LAPAK_FAULT_JOURNAL);
        return;
    }
    lapak_show(d, LAPAK_SHOW_FINISHED, result);
    lapak_report_outcome(d, outcome);
    lapak_resend_soon(d);
}

static void fail(struct lapak_dispenser *d, uint8_t reason, uint8_t fault)
{
    report_fault(d, fault);
    finish(d, LAPAK_RESULT_FAIL, reason);
}

static void finish_dropped(struct lapak_dispenser *d)
{
    bool twice = d->vend.outcome.drops > 1;
    if (twice) report_fault(d, LAPAK_FAULT_DOUBLE_DROP);
    uint8_t reason = d->vend.jammed ? LAPAK_REASON_DROP_THEN_JAM : twice ? LAPAK_REASON_DOUBLE_DROP : LAPAK_REASON_DROP_SEEN;
    finish(d, LAPAK_RESULT_OK, reason);
}

void lapak_vend_wait(struct lapak_dispenser *d, enum lapak_vend_phase phase, uint32_t wait_ms)
{
    d->vend.phase = phase;
    lapak_timer_start(&d->timers[LAPAK_TIMER_VEND], d->now_ms, wait_ms);
}

// Nothing has turned or fallen yet, and the beam is lit to see it.
static void prepare(struct lapak_dispenser *d)
{
    struct lapak_vend *vend = &d->vend;
    vend->outcome = (struct lapak_outcome_message){.serial = vend->voucher.serial, .unit = 1, .slot = vend->voucher.slot};
    vend->motor_ms = 0;
    vend->jammed = false;
    d->timers[LAPAK_TIMER_AFTERMATH].runs = false;
    lapak_light_beam(d, true);
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
    prepare(d);
    lapak_vend_wait(d, LAPAK_VEND_ARMING, d->settings.arm_ms);
    lapak_show(d, LAPAK_SHOW_VENDING, 0);
}

static void turn(struct lapak_dispenser *d, enum lapak_vend_phase phase)
{
    d->vend.outcome.attempts++;
    d->vend.turn_started_ms = d->now_ms;
    lapak_vend_wait(d, phase, d->settings.motor_max_ms);
    motor(d, true);
}

static void run(struct lapak_dispenser *d)
{
    if (d->hal->beam_blocked(d->hal->context)) {
        fail(d, LAPAK_REASON_BEAM_BLOCKED, LAPAK_FAULT_BEAM_BLOCKED);
        return;
    }
#ifdef LAPAK_MUTANT_RUN_AFTER_MOTOR
    motor(d, true);
#endif
    if (!lapak_journal_run(&d->journal)) {
        d->vend.phase = LAPAK_VEND_IDLE;
        motor(d, false);
        lapak_light_beam(d, false);
        report_fault(d, LAPAK_FAULT_JOURNAL);
        return;
    }
    turn(d, LAPAK_VEND_TURNING);
    lapak_report_vend_started(d);
}

static void stop_motor(struct lapak_dispenser *d, enum lapak_vend_phase phase)
{
    motor(d, false);
    d->vend.motor_ms += d->now_ms - d->vend.turn_started_ms;
    lapak_vend_wait(d, phase, d->settings.drop_wait_ms);
}

static void settled(struct lapak_dispenser *d)
{
    if (d->vend.jammed) {
        fail(d, LAPAK_REASON_JAM, LAPAK_FAULT_JAM);
    } else if (d->vend.outcome.attempts < TURNS_MAX) {
        turn(d, LAPAK_VEND_TURNING);
    } else {
        d->empty_slots |= 1u << d->vend.voucher.slot;
        fail(d, LAPAK_REASON_NO_DROP, LAPAK_FAULT_NO_DROP);
    }
}

// The turn is over: by itself, or because it never came home.
static void turned(struct lapak_dispenser *d, bool jammed)
{
    d->vend.jammed = jammed;
    if (jammed) d->jammed_slots |= 1u << d->vend.voucher.slot;
    stop_motor(d, LAPAK_VEND_SETTLING);
#ifdef LAPAK_MUTANT_OK_BEFORE_DROP
    if (!jammed) finish_dropped(d);
#else
    if (d->vend.outcome.drops > 0) finish_dropped(d);
#endif
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
    d->vend.voucher = (struct lapak_voucher){.slot = slot};
    prepare(d);
    turn(d, LAPAK_VEND_TESTING);
}

static void test_turned(struct lapak_dispenser *d, bool jammed)
{
    d->vend.jammed = jammed;
    stop_motor(d, LAPAK_VEND_TESTED);
}

static void tested(struct lapak_dispenser *d)
{
    struct lapak_motor_tested_message test = {
        .slot = d->vend.voucher.slot,
        .result = d->vend.jammed ? LAPAK_TEST_JAMMED : LAPAK_TEST_TURNED,
        .drops = d->vend.outcome.drops,
        .motor_ms = motor_ms(d),
    };
    d->vend.phase = LAPAK_VEND_IDLE;
    lapak_light_beam(d, false);
    lapak_report_motor_tested(d, &test);
}

void lapak_vend_deadline(struct lapak_dispenser *d)
{
    switch (d->vend.phase) {
    case LAPAK_VEND_ASKING: lapak_scan_unanswered(d); break;
    case LAPAK_VEND_TESTING: test_turned(d, true); break;
    case LAPAK_VEND_TESTED: tested(d); break;
    case LAPAK_VEND_ARMING: run(d); break;
    case LAPAK_VEND_TURNING: turned(d, true); break;
    case LAPAK_VEND_SETTLING: settled(d); break;
    default: break; // the vend was over sooner
    }
}

static void late_drop(struct lapak_dispenser *d)
{
    if (!d->timers[LAPAK_TIMER_AFTERMATH].runs) return;
    report_fault(d, d->vend.outcome.result == LAPAK_RESULT_OK ? LAPAK_FAULT_DOUBLE_DROP : LAPAK_FAULT_LATE_DROP);
}

static void dropped(struct lapak_dispenser *d)
{
    switch (d->vend.phase) {
    // Before the motor turned nothing of ours can fall: a hand in the chute.
    case LAPAK_VEND_ARMING: break;
    case LAPAK_VEND_IDLE:
    case LAPAK_VEND_ASKING: late_drop(d); break;
    default:
        if (d->vend.outcome.drops < UINT8_MAX) d->vend.outcome.drops++;
        if (d->vend.phase == LAPAK_VEND_SETTLING) finish_dropped(d);
    }
}

void lapak_vend_sensor(struct lapak_dispenser *d, enum lapak_sensor sensor, uint8_t slot)
{
    if (sensor == LAPAK_SENSOR_DROP) dropped(d);
    if (sensor != LAPAK_SENSOR_HOME || slot != d->vend.voucher.slot) return;
    if (d->vend.phase == LAPAK_VEND_TESTING) test_turned(d, false);
    if (d->vend.phase == LAPAK_VEND_TURNING) turned(d, false);
}
