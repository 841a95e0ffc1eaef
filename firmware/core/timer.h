// A moment that is to come, on a counter of milliseconds that may wrap: under the dispenser's timers and the link.
#ifndef LAPAK_TIMER_H
#define LAPAK_TIMER_H

#include <stdbool.h>
#include <stdint.h>

struct lapak_timer {
    uint32_t due_ms;
    bool runs;
};

// Once, after so long; one that runs begins anew.
void lapak_timer_start(struct lapak_timer *timer, uint32_t now_ms, uint32_t wait_ms);
// 0 where it is due; for ever where it does not run.
uint32_t lapak_timer_left(const struct lapak_timer *timer, uint32_t now_ms);

#endif
