// The virtual dispenser's serial line: the core's link in the module, for a host that carries its bytes over a real or simulated line.
// What a call came to stands at linkEvents as `kind 1, length 2, bytes`, one after another; the host reads them after the call.
#include <string.h>

#include "link.h"

#define EXPORT(name) __attribute__((export_name(name)))
#define EVENTS_SIZE 4096
#define LINE_INPUT_SIZE 256

enum event_kind { EVENT_WRITE, EVENT_MESSAGE, EVENT_UP, EVENT_DOWN };

static struct lapak_serial_link line_link;
static uint8_t line_input[LINE_INPUT_SIZE];
static uint8_t events[EVENTS_SIZE];
static uint32_t events_length;

static void add_event(uint8_t kind, const uint8_t *bytes, size_t length)
{
    // One call takes at most 256 bytes in, and what follows from them is less than the room.
    if (events_length + 3 + length > sizeof events) __builtin_trap();
    events[events_length] = kind;
    events[events_length + 1] = (uint8_t)(length >> 8);
    events[events_length + 2] = (uint8_t)length;
    memcpy(events + events_length + 3, bytes, length);
    events_length += 3 + (uint32_t)length;
}

static void line_write(void *context, const uint8_t *bytes, size_t length)
{
    (void)context;
    add_event(EVENT_WRITE, bytes, length);
}

static void line_message(void *context, const uint8_t *message, size_t length)
{
    (void)context;
    add_event(EVENT_MESSAGE, message, length);
}

static void line_up(void *context, bool up)
{
    (void)context;
    add_event(up ? EVENT_UP : EVENT_DOWN, events, 0);
}

static const struct lapak_link_port line_port = {.write = line_write, .message = line_message, .up = line_up};

EXPORT("linkInput") uint8_t *wasm_link_input(void)
{
    return line_input;
}

EXPORT("linkEvents") uint8_t *wasm_link_events(void)
{
    return events;
}

// How long they are; they are forgotten with it.
EXPORT("linkTakeEvents") uint32_t wasm_link_take_events(void)
{
    uint32_t length = events_length;
    events_length = 0;
    return length;
}

EXPORT("linkOpen") void wasm_link_open(uint32_t now_ms, uint32_t epoch)
{
    lapak_link_open(&line_link, &line_port, (uint16_t)epoch, now_ms);
}

EXPORT("linkBytes") void wasm_link_bytes(uint32_t now_ms, uint32_t length)
{
    if (length <= LINE_INPUT_SIZE) lapak_link_bytes(&line_link, now_ms, line_input, length);
}

EXPORT("linkSend") uint32_t wasm_link_send(uint32_t now_ms, uint32_t length)
{
    return length <= LINE_INPUT_SIZE && lapak_link_send(&line_link, now_ms, line_input, length);
}

EXPORT("linkTick") uint32_t wasm_link_tick(uint32_t now_ms)
{
    return lapak_link_tick(&line_link, now_ms);
}
