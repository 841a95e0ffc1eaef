// Single functions of the core, shown to the tests that compare them with the vectors. Never part of a product build.
#include <string.h>

#include "base32.h"
#include "bytes.h"
#include "crc32.h"
#include "frame.h"
#include "seal.h"
#include "sha256.h"
#include "voucher.h"
#include "window.h"

#define EXPORT(name) __attribute__((export_name(name)))

static uint8_t scratch[4096];
static struct lapak_window window;
static struct lapak_voucher voucher;
static struct lapak_frame_reader reader;

EXPORT("hookScratch") uint8_t *hook_scratch(void)
{
    return scratch;
}

// At scratch: the bytes. After them: the digest.
EXPORT("hookSha256") void hook_sha256(uint32_t length)
{
    struct lapak_sha256 hash;
    lapak_sha256_init(&hash);
    lapak_sha256_add(&hash, scratch, length);
    lapak_sha256_end(&hash, scratch + length);
}

// At scratch: the key, then the bytes. After them: the MAC.
EXPORT("hookHmac") void hook_hmac(uint32_t length)
{
    struct lapak_hmac hmac;
    lapak_hmac_init(&hmac, scratch);
    lapak_hmac_add(&hmac, scratch + LAPAK_SHA256_SIZE, length);
    lapak_hmac_end(&hmac, scratch + LAPAK_SHA256_SIZE + length);
}

EXPORT("hookCrc32") uint32_t hook_crc32(uint32_t length)
{
    return lapak_crc32(scratch, length);
}

// At scratch: the text. After it: the bytes. Returns whether it decodes.
EXPORT("hookBase32") uint32_t hook_base32(uint32_t text_length, uint32_t length)
{
    return lapak_base32_decode((const char *)scratch, text_length, scratch + text_length, length);
}

// At scratch: the root key, then the text. Returns the refusal.
EXPORT("hookVoucher") uint32_t hook_voucher(uint32_t dispenser, uint32_t key_epoch, uint32_t length)
{
    struct lapak_voucher_keys keys = {scratch, dispenser, key_epoch};
    return lapak_voucher_check(&keys, (const char *)scratch + 32, length, &voucher);
}

// At scratch: the identity, then the message. Returns whether the seal opens above the counter.
EXPORT("hookSeal") uint32_t hook_seal(uint32_t counter, uint32_t length)
{
    struct lapak_identity identity;
    struct lapak_seal seal = {&identity, counter};
    lapak_decode(LAPAK_IDENTITY_LAYOUT, scratch, LAPAK_IDENTITY_SIZE, &identity);
    return lapak_seal_accept(&seal, scratch + LAPAK_IDENTITY_SIZE, length);
}

// At scratch: a frame's head, its flags without the version, then its payload. After them: the line. Returns how long that is.
EXPORT("hookFrameWrite") uint32_t hook_frame_write(uint32_t payload_size)
{
    struct lapak_frame frame = {.payload = scratch + LAPAK_FRAME_HEAD_SIZE, .payload_size = payload_size};
    lapak_decode(LAPAK_FRAME_HEAD_LAYOUT, scratch, LAPAK_FRAME_HEAD_SIZE, &frame.head);
    return lapak_frame_write(&frame, scratch + LAPAK_FRAME_HEAD_SIZE + payload_size);
}

// At scratch: bytes of the line. After them: the head and the payload of the last frame that ended there. Returns how many ended.
EXPORT("hookFrameTake") uint32_t hook_frame_take(uint32_t length)
{
    struct lapak_frame frame;
    uint32_t ended = 0;
    for (uint32_t i = 0; i < length; i++) {
        if (!lapak_frame_take(&reader, scratch[i], &frame)) continue;
        ended++;
        lapak_encode(LAPAK_FRAME_HEAD_LAYOUT, &frame.head, scratch + length);
        memcpy(scratch + length + LAPAK_FRAME_HEAD_SIZE, frame.payload, frame.payload_size);
    }
    return ended;
}

EXPORT("hookWindowInit") void hook_window_init(void)
{
    memset(&window, 0, sizeof window);
}

EXPORT("hookWindowUsed") uint32_t hook_window_used(uint32_t serial)
{
    return lapak_window_used(&window, serial);
}

EXPORT("hookWindowUse") void hook_window_use(uint32_t serial)
{
    lapak_window_use(&window, serial);
}

EXPORT("hookWindowRaise") void hook_window_raise(uint32_t base)
{
    lapak_window_raise(&window, base);
}
