// For libFuzzer: any bytes on the serial line. What is read as a frame must be what writing it again gives, and the link must live on.
#include <string.h>

#include "bytes.h"
#include "link.h"

static uint8_t messages[64][LAPAK_MESSAGE_MAX];
static unsigned message_count;

static void ignore_write(void *context, const uint8_t *bytes, size_t length)
{
    (void)context;
    if (length < 2 || length > LAPAK_LINE_MAX || bytes[0] != 0 || bytes[length - 1] != 0) __builtin_trap();
    for (size_t i = 1; i + 1 < length; i++) {
        if (bytes[i] == 0) __builtin_trap();
    }
}

static void answer_message(void *context, const uint8_t *message, size_t length)
{
    if (length < LAPAK_MESSAGE_HEAD || length > LAPAK_MESSAGE_MAX) __builtin_trap();
    memcpy(messages[message_count++ % 64], message, length);
    lapak_link_send(context, message_count, message, length);
}

static void ignore_up(void *context, bool up)
{
    (void)context;
    (void)up;
}

static void check_roundtrip(const struct lapak_frame *frame)
{
    struct lapak_frame_reader reader;
    struct lapak_frame again;
    uint8_t line[LAPAK_LINE_MAX];
    size_t length = lapak_frame_write(frame, line);
    bool whole = false;
    memset(&reader, 0, sizeof reader);
    for (size_t i = 0; i < length; i++) whole = lapak_frame_take(&reader, line[i], &again);
    if (!whole || again.payload_size != frame->payload_size || memcmp(&again.head, &frame->head, sizeof again.head) != 0) __builtin_trap();
    if (memcmp(again.payload, frame->payload, frame->payload_size) != 0) __builtin_trap();
}

// The first bytes say how the frame's head goes on, so that the fuzzer need not find a CRC by chance.
static size_t framed(const uint8_t *bytes, size_t length, uint8_t line[LAPAK_LINE_MAX])
{
    struct lapak_frame frame;
    if (length < LAPAK_FRAME_HEAD_SIZE) return 0;
    lapak_decode(LAPAK_FRAME_HEAD_LAYOUT, bytes, LAPAK_FRAME_HEAD_SIZE, &frame.head);
    frame.head.version_flags &= LAPAK_FRAME_FLAG_MESSAGE | LAPAK_FRAME_FLAG_ACK | LAPAK_FRAME_FLAG_RESET;
    frame.payload = bytes + LAPAK_FRAME_HEAD_SIZE;
    frame.payload_size = length - LAPAK_FRAME_HEAD_SIZE < LAPAK_PAYLOAD_MAX ? length - LAPAK_FRAME_HEAD_SIZE : LAPAK_PAYLOAD_MAX;
    check_roundtrip(&frame);
    return lapak_frame_write(&frame, line);
}

// Each piece of the input begins with what to do and how long it is.
int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    struct lapak_serial_link link;
    struct lapak_link_port port = {&link, ignore_write, answer_message, ignore_up};
    uint8_t line[LAPAK_LINE_MAX];
    uint32_t now_ms = 0;
    lapak_link_open(&link, &port, 1, now_ms);
    while (size >= 2) {
        uint8_t what = input[0];
        size_t length = input[1] < size - 2 ? input[1] : size - 2;
        const uint8_t *piece = input + 2;
        now_ms += what >> 2;
        if ((what & 3) == 0) lapak_link_bytes(&link, now_ms, piece, length);
        if ((what & 3) == 1) lapak_link_bytes(&link, now_ms, line, framed(piece, length, line));
        if ((what & 3) == 2) lapak_link_send(&link, now_ms, piece, length);
        if ((what & 3) == 3) lapak_link_tick(&link, now_ms += 300);
        input += 2 + length;
        size -= 2 + length;
    }
    return 0;
}
