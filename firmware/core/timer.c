// What is more than half of the counter away has already been.
#include "timer.h"

void lapak_timer_start(struct lapak_timer *timer, uint32_t now_ms, uint32_t wait_ms)
{
    timer->due_ms = now_ms + wait_ms;
    timer->runs = true;
}

uint32_t lapak_timer_left(const struct lapak_timer *timer, uint32_t now_ms)
{
    uint32_t left_ms = timer->due_ms - now_ms;
    if (!timer->runs) return UINT32_MAX;
    return left_ms > INT32_MAX ? 0 : left_ms;
}
