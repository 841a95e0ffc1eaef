// The time of day: milliseconds since boot carried into the node's seconds.
#include "clock.h"

void lapak_clock_init(struct lapak_clock *clock, uint32_t now_ms)
{
    clock->valid = false;
    clock->unix_s = 0;
    clock->part_ms = 0;
    clock->last_ms = now_ms;
}

void lapak_clock_advance(struct lapak_clock *clock, uint32_t now_ms)
{
    uint32_t elapsed_ms = now_ms - clock->last_ms;
    clock->last_ms = now_ms;
    if (!clock->valid) return;
    clock->unix_s += elapsed_ms / 1000;
    clock->part_ms += elapsed_ms % 1000;
    if (clock->part_ms < 1000) return;
    clock->part_ms -= 1000;
    clock->unix_s++;
}

void lapak_clock_set(struct lapak_clock *clock, uint32_t unix_s)
{
    clock->valid = true;
    clock->unix_s = unix_s;
    clock->part_ms = 0;
}

bool lapak_clock_past(const struct lapak_clock *clock, uint32_t floor_s, uint32_t expiry_s)
{
    if (expiry_s <= floor_s) return true;
    return clock->valid && expiry_s <= clock->unix_s;
}
