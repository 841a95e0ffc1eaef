// The seal on what the node commands: a MAC that binds the message to this dispenser, this boot, and a counter that only rises.
#ifndef LAPAK_SEAL_H
#define LAPAK_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lapak_wire.h"

struct lapak_seal {
    const struct lapak_identity *identity;
    uint32_t counter;
};

// True once for each counter: what was recorded, from this boot or another, opens nothing again.
bool lapak_seal_accept(struct lapak_seal *seal, const uint8_t *message, size_t length);

#endif
