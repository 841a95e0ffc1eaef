// The two firmware slots of the flash, as the core's port for updates.
#ifndef SLOTS_H
#define SLOTS_H

#include "platform.h"

extern const struct lapak_update_port slots_port;

#endif
