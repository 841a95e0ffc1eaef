// One message from the node.
#ifndef LAPAK_COMMAND_H
#define LAPAK_COMMAND_H

#include "dispenser.h"

void lapak_command(struct lapak_dispenser *dispenser, const uint8_t *message, size_t length);

#endif
