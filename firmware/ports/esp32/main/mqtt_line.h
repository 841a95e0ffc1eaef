// Messages by MQTT, under sd/1/<store>/<dispenser>/: for devices without a cable to their node.
#ifndef MQTT_LINE_H
#define MQTT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stored.h"

void mqtt_line_open(const struct stored *stored);
// Never waits: what is not taken is said again by the core.
bool mqtt_line_send(void *context, const uint8_t *message, size_t length);

#endif
