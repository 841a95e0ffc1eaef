// The link's steps. The dispenser names the epoch; the node, which may have restarted, calls with a nonce, and the answer bears it.
//
//   DOWN ──RESET|ACK or a message, of our epoch──→ UP ──no ack after 200, 400, 800 ms──→ DOWN, next epoch
//    └ calls with RESET(epoch, nonce)              └ RESET(0, another nonce): the node begins anew ──→ DOWN, next epoch
//
// Within an epoch each sequence number is taken once; a repeated one is acknowledged again.
#include "link.h"

#include <string.h>

static void be_due(struct lapak_serial_link *link, uint32_t wait_ms)
{
    lapak_timer_start(&link->timer, link->now_ms, wait_ms);
}

// A frame, with the message (head and all) where there is one.
static void write_frame(const struct lapak_serial_link *link, uint8_t flags, uint32_t seq, uint32_t ack, const uint8_t *queued)
{
    uint8_t line[LAPAK_LINE_MAX];
    struct lapak_frame frame = {
        .head = {.version_flags = flags, .epoch = (uint16_t)link->epoch, .seq = (uint16_t)seq, .ack = (uint16_t)ack}};
    if (queued) {
        frame.head.type = queued[2];
        frame.payload = queued + 1 + LAPAK_MESSAGE_HEAD;
        frame.payload_size = (size_t)queued[0] - LAPAK_MESSAGE_HEAD;
    }
    link->port->write(link->port->context, line, lapak_frame_write(&frame, line));
}

static void call(struct lapak_serial_link *link)
{
    be_due(link, LAPAK_LINK_CALL_MS);
    write_frame(link, LAPAK_FRAME_FLAG_RESET, 0, link->nonce, NULL);
}

static void acknowledge(const struct lapak_serial_link *link)
{
    write_frame(link, LAPAK_FRAME_FLAG_ACK, 0, link->heard_seq, NULL);
}

static void transmit(struct lapak_serial_link *link, uint32_t wait_ms)
{
    be_due(link, wait_ms);
    write_frame(link, LAPAK_FRAME_FLAG_MESSAGE | LAPAK_FRAME_FLAG_ACK, link->sent_seq, link->heard_seq, link->queue);
}

static void send_next(struct lapak_serial_link *link)
{
    if (!link->up || link->unanswered || link->queued == 0) return;
    link->sent_seq = (uint16_t)(link->sent_seq + 1);
    link->unanswered = true;
    link->resends = 0;
    transmit(link, LAPAK_LINK_RESEND_MS);
}

static void go_down(struct lapak_serial_link *link)
{
    bool was_up = link->up;
    link->up = false;
    link->unanswered = false;
    link->queued = 0;
    // Epoch 0 is how the node says that it knows none.
    link->epoch = link->epoch == UINT16_MAX ? 1 : link->epoch + 1;
    call(link);
    if (was_up) link->port->up(link->port->context, false);
}

static void rise(struct lapak_serial_link *link)
{
    link->up = true;
    link->sent_seq = 0;
    link->heard_seq = 0;
    be_due(link, LAPAK_LINK_IDLE_MS);
    acknowledge(link);
    link->port->up(link->port->context, true);
}

static void answer(struct lapak_serial_link *link, const struct lapak_frame_head *head)
{
    if (head->epoch == 0) {
        // The same call again: our answer was lost, or this one is late.
        bool is_new = head->seq != link->nonce;
        link->nonce = head->seq;
        if (is_new) go_down(link);
        else if (!link->up) call(link);
    } else if (head->epoch == link->epoch && head->version_flags & LAPAK_FRAME_FLAG_ACK) {
        // Said again where what we said then was lost.
        if (link->up) acknowledge(link);
        else rise(link);
    }
}

static void hear_message(struct lapak_serial_link *link, const struct lapak_frame *frame)
{
    // The head is read and done with, so the message's own goes before the payload.
    uint8_t *message = link->reader.bytes + LAPAK_FRAME_HEAD_SIZE - LAPAK_MESSAGE_HEAD;
    bool is_new = frame->head.seq == (uint16_t)(link->heard_seq + 1);
    if (is_new) link->heard_seq = frame->head.seq;
    if (frame->head.seq == link->heard_seq) acknowledge(link);
    if (!is_new || frame->head.type == 0) return;
    message[0] = LAPAK_MESSAGE_VERSION;
    message[1] = frame->head.type;
    link->port->message(link->port->context, message, LAPAK_MESSAGE_HEAD + frame->payload_size);
}

static void hear(struct lapak_serial_link *link, const struct lapak_frame *frame)
{
    if (frame->head.epoch != link->epoch) return;
    if (!link->up) rise(link);
    if (frame->head.version_flags & LAPAK_FRAME_FLAG_ACK && link->unanswered && frame->head.ack == link->sent_seq) {
        uint32_t first = 1u + link->queue[0];
        link->queued -= first;
        memmove(link->queue, link->queue + first, link->queued);
        link->unanswered = false;
    }
    if (frame->head.version_flags & LAPAK_FRAME_FLAG_MESSAGE) hear_message(link, frame);
    if (!link->unanswered) be_due(link, LAPAK_LINK_IDLE_MS);
    send_next(link);
}

static void repeat(struct lapak_serial_link *link)
{
    if (link->resends >= LAPAK_LINK_RESENDS) {
        go_down(link);
        return;
    }
    link->resends++;
    uint32_t doubled = link->resends < LAPAK_LINK_RESENDS ? link->resends : LAPAK_LINK_RESENDS - 1;
    transmit(link, LAPAK_LINK_RESEND_MS << doubled);
}

void lapak_link_open(struct lapak_serial_link *link, const struct lapak_link_port *port, uint16_t epoch, uint32_t now_ms)
{
    memset(link, 0, sizeof *link);
    link->port = port;
    link->epoch = epoch == 0 ? 1 : epoch;
    link->now_ms = now_ms;
    call(link);
}

void lapak_link_bytes(struct lapak_serial_link *link, uint32_t now_ms, const uint8_t *bytes, size_t length)
{
    struct lapak_frame frame;
    link->now_ms = now_ms;
    for (size_t i = 0; i < length; i++) {
        if (!lapak_frame_take(&link->reader, bytes[i], &frame)) continue;
        if (frame.head.version_flags & LAPAK_FRAME_FLAG_RESET) answer(link, &frame.head);
        else hear(link, &frame);
    }
}

static bool enqueue(struct lapak_serial_link *link, const uint8_t *message, size_t length)
{
    if (link->queued + 1 + length > sizeof link->queue) return false;
    link->queue[link->queued] = (uint8_t)length;
    memcpy(link->queue + link->queued + 1, message, length);
    link->queued += 1 + (uint32_t)length;
    send_next(link);
    return true;
}

bool lapak_link_send(struct lapak_serial_link *link, uint32_t now_ms, const uint8_t *message, size_t length)
{
    link->now_ms = now_ms;
    if (!link->up || length < LAPAK_MESSAGE_HEAD || length > LAPAK_MESSAGE_MAX) return false;
    return enqueue(link, message, length);
}

uint32_t lapak_link_tick(struct lapak_serial_link *link, uint32_t now_ms)
{
    static const uint8_t probe[LAPAK_MESSAGE_HEAD] = {LAPAK_MESSAGE_VERSION, 0};
    link->now_ms = now_ms;
    if (lapak_timer_left(&link->timer, now_ms) == 0) {
        if (!link->up) call(link);
        else if (link->unanswered) repeat(link);
        else enqueue(link, probe, sizeof probe);
    }
    return lapak_timer_left(&link->timer, now_ms);
}
