// Taking a new firmware, and proving it: what command.c hands on and dispenser.c keeps going. Its diagram stands in update.c.
#ifndef LAPAK_UPDATE_FIRMWARE_H
#define LAPAK_UPDATE_FIRMWARE_H

#include "dispenser.h"

// So long a new firmware has to hear from its node.
#define LAPAK_TRIAL_MS 300000
#define LAPAK_TRIAL_AGAIN_MS 1000

void lapak_update_init(struct lapak_dispenser *dispenser, bool journal_opened);
void lapak_update_begin(struct lapak_dispenser *dispenser, const union lapak_node_message *message);
void lapak_update_data(struct lapak_dispenser *dispenser, const union lapak_node_message *message);
void lapak_update_end(struct lapak_dispenser *dispenser, const union lapak_node_message *message);
void lapak_update_restart(struct lapak_dispenser *dispenser, const union lapak_node_message *message);
// Confirms or restarts when it may.
void lapak_update_tick(struct lapak_dispenser *dispenser);
// The trial's time is over: back to the firmware before, as soon as nothing is being poured.
void lapak_update_unproved(struct lapak_dispenser *dispenser);

#endif
