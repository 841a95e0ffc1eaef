// What the dispenser says: to its node, and to the person in front of it.
#ifndef LAPAK_REPORT_H
#define LAPAK_REPORT_H

#include "dispenser.h"

#define LAPAK_RESEND_FIRST_MS 1000
#define LAPAK_RESEND_MAX_MS 32000

void lapak_show(const struct lapak_dispenser *dispenser, enum lapak_show what, uint8_t code);
void lapak_report_hello(struct lapak_dispenser *dispenser);
// Only when it differs from what the node was told last.
void lapak_report_state(struct lapak_dispenser *dispenser);
void lapak_report_fault(struct lapak_dispenser *dispenser, uint8_t fault, uint8_t slot, uint32_t serial);
// To the node as SCAN with the code, and to the person. The voucher is null where its bytes cannot be believed.
void lapak_report_refusal(struct lapak_dispenser *dispenser, uint8_t refusal, const struct lapak_voucher *voucher);
void lapak_report_scan(struct lapak_dispenser *dispenser, uint8_t refusal, const struct lapak_voucher *voucher);
void lapak_report_vend_started(struct lapak_dispenser *dispenser);
// The unacknowledged outcomes: of one serial, or (LAPAK_ALL_SERIALS) all; and again later, until acknowledged.
void lapak_report_outcomes(struct lapak_dispenser *dispenser, uint32_t serial);
void lapak_report_void(struct lapak_dispenser *dispenser, uint32_t serial, uint8_t result);
void lapak_report_settings(struct lapak_dispenser *dispenser);
void lapak_report_motor_tested(struct lapak_dispenser *dispenser, uint8_t slot, uint8_t result);
void lapak_report_update(struct lapak_dispenser *dispenser);
void lapak_resend_soon(struct lapak_dispenser *dispenser);

// No voucher bears serial 0.
#define LAPAK_ALL_SERIALS 0

#endif
