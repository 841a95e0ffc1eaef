// Which serials were used: a base below which everything counts as used, and a ring of 1,024 bits above it. Journal.c keeps it.
#ifndef LAPAK_WINDOW_H
#define LAPAK_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "lapak_wire.h"

// All zeros: nothing was used.
struct lapak_window {
    uint32_t base;
    uint32_t used[LAPAK_WINDOW_SPAN / 32];
};

bool lapak_window_used(const struct lapak_window *window, uint32_t serial);
// Slides where the serial lies beyond: so only for a voucher whose MAC passed.
void lapak_window_use(struct lapak_window *window, uint32_t serial);
void lapak_window_raise(struct lapak_window *window, uint32_t base);

#endif
