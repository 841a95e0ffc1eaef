// The UART to the store node. What it carries is the core's link; only the dispenser's task writes.
#ifndef SERIAL_LINE_H
#define SERIAL_LINE_H

#include <stddef.h>
#include <stdint.h>

void serial_line_open(void);
void serial_line_write(void *context, const uint8_t *bytes, size_t length);

#endif
