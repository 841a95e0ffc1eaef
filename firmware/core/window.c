// The window over serials. The bit of a serial is serial modulo 1,024; sliding clears the bits of those that fall out below.
#include "window.h"

#include <string.h>

static uint8_t bit_of(uint32_t serial)
{
    return (uint8_t)(1u << (serial % 8));
}

static uint32_t byte_of(uint32_t serial)
{
    return serial % LAPAK_WINDOW_SPAN / 8;
}

void lapak_window_init(struct lapak_window *window)
{
    memset(window, 0, sizeof *window);
}

bool lapak_window_used(const struct lapak_window *window, uint32_t serial)
{
    if (serial < window->base) return true;
    // Subtracting cannot overflow, where adding the span to the base could.
    if (serial - window->base >= LAPAK_WINDOW_SPAN) return false;
    return (window->used[byte_of(serial)] & bit_of(serial)) != 0;
}

void lapak_window_raise(struct lapak_window *window, uint32_t base)
{
    if (base <= window->base) return;
    if (base - window->base >= LAPAK_WINDOW_SPAN) memset(window->used, 0, sizeof window->used);
    else
        for (uint32_t serial = window->base; serial != base; serial++) window->used[byte_of(serial)] &= (uint8_t)~bit_of(serial);
    window->base = base;
}

void lapak_window_use(struct lapak_window *window, uint32_t serial)
{
    if (serial < window->base) return;
    if (serial - window->base >= LAPAK_WINDOW_SPAN) lapak_window_raise(window, serial - (LAPAK_WINDOW_SPAN - 1));
    window->used[byte_of(serial)] |= bit_of(serial);
}
