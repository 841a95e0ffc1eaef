// The time of day: milliseconds since boot carried into the node's seconds.
#include "clock.h"

void lapak_clock_advance(struct lapak_clock *clock, uint32_t now_ms)
{
    uint32_t elapsed_s = (now_ms - clock->counted_ms) / 1000;
    clock->unix_s += elapsed_s;
    clock->counted_ms += elapsed_s * 1000;
}

void lapak_clock_set(struct lapak_clock *clock, uint32_t now_ms, uint32_t unix_s)
{
    clock->unix_s = unix_s;
    clock->counted_ms = now_ms;
    clock->valid = true;
}

bool lapak_clock_past(const struct lapak_clock *clock, uint32_t floor_s, uint32_t expiry_s)
{
    if (expiry_s <= floor_s) return true;
    return clock->valid && expiry_s <= clock->unix_s;
}
