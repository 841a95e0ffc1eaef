// Frames: COBS keeps zeros out of them, so a zero always ends one, and a CRC-32 tells what noise made of it.
#include "frame.h"

#include <string.h>

#include "bytes.h"
#include "crc32.h"

#define FLAG_BITS (LAPAK_FRAME_FLAG_MESSAGE | LAPAK_FRAME_FLAG_ACK | LAPAK_FRAME_FLAG_RESET)

static size_t stuff(const uint8_t *raw, size_t length, uint8_t *line)
{
    size_t end = 2;
    size_t code_at = 1;
    line[0] = 0;
    for (size_t i = 0; i < length; i++) {
        if (raw[i] != 0) line[end++] = raw[i];
        if (raw[i] != 0 && end - code_at < 0xFF) continue;
        line[code_at] = (uint8_t)(end - code_at);
        code_at = end++;
    }
    line[code_at] = (uint8_t)(end - code_at);
    line[end++] = 0;
    return end;
}

size_t lapak_frame_write(const struct lapak_frame *frame, uint8_t line[LAPAK_LINE_MAX])
{
    uint8_t raw[LAPAK_FRAME_MAX];
    struct lapak_frame_head head = frame->head;
    size_t length = LAPAK_FRAME_HEAD_SIZE + frame->payload_size;
    head.version_flags |= LAPAK_MESSAGE_VERSION << 4;
    lapak_encode(LAPAK_FRAME_HEAD_LAYOUT, &head, raw);
    if (frame->payload_size > 0) memcpy(raw + LAPAK_FRAME_HEAD_SIZE, frame->payload, frame->payload_size);
    lapak_put_u32(raw + length, lapak_crc32(raw, length));
    return stuff(raw, length + LAPAK_FRAME_CRC_SIZE, line);
}

static bool is_frame(const uint8_t *raw, size_t length, struct lapak_frame *frame)
{
    if (length < LAPAK_FRAME_HEAD_SIZE + LAPAK_FRAME_CRC_SIZE || length > LAPAK_FRAME_MAX) return false;
    size_t crc_at = length - LAPAK_FRAME_CRC_SIZE;
    if (lapak_crc32(raw, crc_at) != lapak_get_u32(raw + crc_at)) return false;
    lapak_decode(LAPAK_FRAME_HEAD_LAYOUT, raw, LAPAK_FRAME_HEAD_SIZE, &frame->head);
    if (frame->head.version_flags >> 4 != LAPAK_MESSAGE_VERSION) return false;
    frame->head.version_flags &= 0x0F;
    frame->payload = raw + LAPAK_FRAME_HEAD_SIZE;
    frame->payload_size = crc_at - LAPAK_FRAME_HEAD_SIZE;
    return (frame->head.version_flags & ~FLAG_BITS) == 0;
}

bool lapak_frame_take(struct lapak_frame_reader *reader, uint8_t byte, struct lapak_frame *frame)
{
    if (byte == 0) {
        bool whole = reader->left == 0 && is_frame(reader->bytes, reader->length, frame);
        reader->length = 0;
        reader->left = 0;
        reader->owes_zero = false;
        return whole;
    }
    bool stands = true;
    if (reader->left == 0) {
        // A code byte: it stands for the zero before it, if there was one, and says how long there is none.
        stands = reader->owes_zero;
        reader->left = byte;
        reader->owes_zero = byte != 0xFF;
        byte = 0;
    }
    reader->left--;
    if (stands && reader->length < sizeof reader->bytes) reader->bytes[reader->length++] = byte;
    return false;
}
