// Taking a new firmware, and proving it: what command.c hands on and dispenser.c keeps going. Its diagram stands in update.c.
#ifndef LAPAK_UPDATE_FIRMWARE_H
#define LAPAK_UPDATE_FIRMWARE_H

#include "dispenser.h"

// So long a new firmware has to hear from its node.
#define LAPAK_TRIAL_MS 300000

void lapak_update_init(struct lapak_dispenser *dispenser, bool journal_opened);
void lapak_update_begin(struct lapak_dispenser *dispenser, const union lapak_node_message *message);
void lapak_update_data(struct lapak_dispenser *dispenser, const union lapak_node_message *message);
void lapak_update_end(struct lapak_dispenser *dispenser, const union lapak_node_message *message);
void lapak_update_restart(struct lapak_dispenser *dispenser, const union lapak_node_message *message);
// Confirms, gives up or restarts when it is time to. Returns after how many milliseconds it is to be called again.
uint32_t lapak_update_tick(struct lapak_dispenser *dispenser);

#endif
