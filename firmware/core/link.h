// The dispenser's end of the serial line: messages in order, each once, as long as the link is up; its diagram stands in link.c.
// A port puts it between its UART and dispenser.h where the node is at the other end of a cable; by MQTT it is not needed.
#ifndef LAPAK_LINK_H
#define LAPAK_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frame.h"
#include "timer.h"

// Room for HELLO, STATE and as many outcomes as the journal keeps.
#define LAPAK_LINK_QUEUE_SIZE 384
#define LAPAK_MESSAGE_MAX (LAPAK_MESSAGE_HEAD + LAPAK_PAYLOAD_MAX)

struct lapak_link_port {
    void *context;
    void (*write)(void *context, const uint8_t *bytes, size_t length);
    // One whole message: for lapak_on_rx. It may call lapak_link_send.
    void (*message)(void *context, const uint8_t *message, size_t length);
    // For lapak_on_link.
    void (*up)(void *context, bool up);
};

struct lapak_serial_link {
    const struct lapak_link_port *port;
    uint32_t now_ms;
    struct lapak_timer timer; // to call, to send again or, where neither is owed, to ask whether anyone is there
    uint32_t epoch;
    uint32_t nonce; // of the node's last call
    uint32_t sent_seq;
    uint32_t heard_seq;
    uint32_t queued;
    uint32_t resends;
    bool up;
    bool unanswered; // the first message of the queue is on its way
    uint8_t queue[LAPAK_LINK_QUEUE_SIZE]; // each message after its length
    struct lapak_frame_reader reader;
};

_Static_assert(sizeof(struct lapak_serial_link) <= 712, "a link's whole state stays below 712 bytes");
_Static_assert(LAPAK_LINK_QUEUE_SIZE > 2 * LAPAK_MESSAGE_HEAD + 2 + LAPAK_HELLO_MESSAGE_SIZE + LAPAK_STATE_MESSAGE_SIZE +
                                           LAPAK_PENDING_LIMIT * (1 + LAPAK_MESSAGE_HEAD + LAPAK_OUTCOME_MESSAGE_SIZE),
               "the queue holds what a dispenser says when it greets its node");

// The epoch is any number; a port takes some of its boot id, so that the last boot's does not come again.
void lapak_link_open(struct lapak_serial_link *link, const struct lapak_link_port *port, uint16_t epoch, uint32_t now_ms);
void lapak_link_bytes(struct lapak_serial_link *link, uint32_t now_ms, const uint8_t *bytes, size_t length);
// False where the link is down or too much waits already.
bool lapak_link_send(struct lapak_serial_link *link, uint32_t now_ms, const uint8_t *message, size_t length);
// Returns after how many milliseconds it wants to be called again; call it after everything else, too.
uint32_t lapak_link_tick(struct lapak_serial_link *link, uint32_t now_ms);

#endif
