// What the dispenser says: to its node, and to the person in front of it.
#ifndef LAPAK_REPORT_H
#define LAPAK_REPORT_H

#include "dispenser.h"

#define LAPAK_RESEND_FIRST_MS 1000
#define LAPAK_RESEND_MAX_MS 32000

void lapak_show(const struct lapak_dispenser *dispenser, enum lapak_show what, uint8_t code);
void lapak_report_hello(const struct lapak_dispenser *dispenser);
// Only when it differs from what the node was told last.
void lapak_report_state(struct lapak_dispenser *dispenser);
void lapak_report_fault(const struct lapak_dispenser *dispenser, uint8_t fault, uint8_t slot, uint32_t serial);
// To the node as SCAN with the code, and to the person. The voucher is null where its bytes cannot be believed.
void lapak_report_refusal(const struct lapak_dispenser *dispenser, uint8_t refusal, const struct lapak_voucher *voucher);
void lapak_report_scan(const struct lapak_dispenser *dispenser, uint8_t refusal, const struct lapak_voucher *voucher);
void lapak_report_vend_started(const struct lapak_dispenser *dispenser);
// The unacknowledged outcomes, each of which is told again later (lapak_resend_soon), until acknowledged.
void lapak_report_outcomes(const struct lapak_dispenser *dispenser);
void lapak_report_outcome(const struct lapak_dispenser *dispenser, const struct lapak_outcome_message *outcome);
void lapak_report_void(const struct lapak_dispenser *dispenser, uint32_t serial, uint8_t result);
void lapak_report_settings(const struct lapak_dispenser *dispenser);
void lapak_report_motor_tested(const struct lapak_dispenser *dispenser, const struct lapak_motor_tested_message *tested);
void lapak_report_update(const struct lapak_dispenser *dispenser);
void lapak_resend_soon(struct lapak_dispenser *dispenser);

#endif
