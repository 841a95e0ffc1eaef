// The time of day as the node told it, and how far it can be trusted: unknown after every power loss, never below the journal's floor.
#ifndef LAPAK_CLOCK_H
#define LAPAK_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

// The floor is written when it lags by this much.
#define LAPAK_TIME_FLOOR_STEP_S 300

struct lapak_clock {
    uint32_t unix_s;
    uint32_t counted_ms; // the millisecond at which that second began
    bool valid;
};

// Called at least every 49 days, or a wrap of the millisecond counter would go unseen.
void lapak_clock_advance(struct lapak_clock *clock, uint32_t now_ms);
void lapak_clock_set(struct lapak_clock *clock, uint32_t now_ms, uint32_t unix_s);
// Expired by the clock where there is one, else by the floor: a voucher that ended before it is certainly over.
bool lapak_clock_past(const struct lapak_clock *clock, uint32_t floor_s, uint32_t expiry_s);

#endif
