// A frame on the serial line, `00 COBS(head, payload, CRC-32) 00`: how a message travels between link.c and the node.
#ifndef LAPAK_FRAME_H
#define LAPAK_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lapak_wire.h"

#define LAPAK_FRAME_MAX (LAPAK_FRAME_HEAD_SIZE + LAPAK_PAYLOAD_MAX + LAPAK_FRAME_CRC_SIZE)
// Two zeros around it, a first code byte, and one more for every 254 bytes without a zero.
#define LAPAK_LINE_MAX (LAPAK_FRAME_MAX + 2 + 1 + LAPAK_FRAME_MAX / 254)

_Static_assert(LAPAK_FRAME_MAX == 254, "a frame is at most 254 bytes");

// The head's version_flags bears only the flags here: the version is put on and taken off with the CRC.
struct lapak_frame {
    struct lapak_frame_head head;
    const uint8_t *payload;
    size_t payload_size;
};

struct lapak_frame_reader {
    uint32_t length;
    uint32_t left;   // until the next code byte
    bool owes_zero;
    uint8_t bytes[LAPAK_FRAME_MAX + 1]; // the last only where it is too long
};

// Returns how many bytes of the line it wrote.
size_t lapak_frame_write(const struct lapak_frame *frame, uint8_t line[LAPAK_LINE_MAX]);
// True where this byte ended a frame; its payload then stands in the reader until the next byte.
bool lapak_frame_take(struct lapak_frame_reader *reader, uint8_t byte, struct lapak_frame *frame);

#endif
