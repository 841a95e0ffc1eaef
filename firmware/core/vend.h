// The vend's steps, as scan.c, command.c and dispenser.c call them; its diagram stands in vend.c.
#ifndef LAPAK_VEND_H
#define LAPAK_VEND_H

#include "dispenser.h"

// Writes INTENT: from here on the voucher is used, and there will be an outcome.
void lapak_vend_begin(struct lapak_dispenser *dispenser, uint8_t authority);
// Obeyed only before RUN.
void lapak_vend_cancel(struct lapak_dispenser *dispenser);
// One turn without a voucher: nothing is written, nothing is retried, and what falls is only told.
void lapak_vend_test(struct lapak_dispenser *dispenser, uint8_t slot);
// The phase, and how long it may last.
void lapak_vend_wait(struct lapak_dispenser *dispenser, enum lapak_vend_phase phase, uint32_t wait_ms);
void lapak_vend_deadline(struct lapak_dispenser *dispenser);
void lapak_vend_sensor(struct lapak_dispenser *dispenser, enum lapak_sensor sensor, uint8_t slot);
void lapak_light_beam(struct lapak_dispenser *dispenser, bool on);

#endif
