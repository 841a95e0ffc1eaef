// Motors, home switches and the drop beam: the pins of Kconfig as the core's hal wants them.
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stdint.h>

// First of all: motors off.
void board_open_outputs(void);
// Their interrupts put events into the queue, which must be open.
void board_open_inputs(void);
void board_motor(void *context, uint8_t slot, bool on);
void board_beam(void *context, bool on);
bool board_beam_blocked(void *context);

#endif
