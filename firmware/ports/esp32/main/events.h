// What happens around the core, in one queue: interrupts and reading tasks put it in, the dispenser's task alone takes it out.
#ifndef EVENTS_H
#define EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "link.h"
#include "platform.h"

enum event_kind {
    EVENT_SCAN,    // bytes: the text
    EVENT_SENSOR,  // sensor, slot
    EVENT_LINE,    // bytes: of the serial line
    EVENT_MESSAGE, // bytes: a message by MQTT
    EVENT_UP,      // MQTT reaches the node
    EVENT_DOWN,
};

struct event {
    uint8_t kind;
    uint8_t sensor;
    uint8_t slot;
    uint8_t length;
    uint8_t bytes[LAPAK_MESSAGE_MAX];
};

void events_open(void);
// Waits for room: from reading tasks. What is longer than a message is cut off.
void events_put(enum event_kind kind, const void *bytes, size_t length);
void events_put_sensor_from_interrupt(enum lapak_sensor sensor, uint8_t slot);
bool events_take(struct event *event, uint32_t wait_ms);
uint32_t now_ms(void);

#endif
