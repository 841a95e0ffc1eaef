// The window over serials. The bit of a serial is serial modulo 1,024; sliding clears the bits of those that fall out below.
#include "window.h"

static uint32_t bit_of(uint32_t serial)
{
    return 1u << serial % 32;
}

static uint32_t word_of(uint32_t serial)
{
    return serial % LAPAK_WINDOW_SPAN / 32;
}

bool lapak_window_used(const struct lapak_window *window, uint32_t serial)
{
    if (serial < window->base) return true;
    // Subtracting cannot overflow, where adding the span to the base could.
    if (serial - window->base >= LAPAK_WINDOW_SPAN) return false;
    return (window->used[word_of(serial)] & bit_of(serial)) != 0;
}

void lapak_window_raise(struct lapak_window *window, uint32_t base)
{
    if (base <= window->base) return;
    uint32_t falling = base - window->base;
    if (falling > LAPAK_WINDOW_SPAN) falling = LAPAK_WINDOW_SPAN;
    for (uint32_t serial = base - falling; serial != base; serial++) window->used[word_of(serial)] &= ~bit_of(serial);
    window->base = base;
}

void lapak_window_use(struct lapak_window *window, uint32_t serial)
{
    if (serial < window->base) return;
    if (serial - window->base >= LAPAK_WINDOW_SPAN) lapak_window_raise(window, serial - (LAPAK_WINDOW_SPAN - 1));
    window->used[word_of(serial)] |= bit_of(serial);
}
