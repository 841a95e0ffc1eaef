// The vectors, and a pour from scan to outcome, on whatever machine this is compiled for; test_vectors.h is written from
// schema/vectors/dispenser.json by scripts/dispenser-trial/vectors-in-c.ts. Prints what failed, then how much was checked.
#include <stdio.h>
#include <string.h>

#include "base32.h"
#include "bytes.h"
#include "dispenser.h"
#include "frame.h"
#include "sha256.h"
#include "voucher.h"
#include "window.h"
#include "test_vectors.h"

static unsigned checks;
static unsigned failures;

static void check(bool holds, const char *what, unsigned index)
{
    checks++;
    if (holds) return;
    failures++;
    printf("failed: %s %u\n", what, index);
}

#define EACH(list) (unsigned i = 0; i < sizeof list / sizeof list[0]; i++)

static void check_hashes(void)
{
    for EACH (test_hashes) {
        const struct test_hash *vector = &test_hashes[i];
        struct lapak_sha256 hash;
        struct lapak_hmac hmac;
        uint8_t found[LAPAK_SHA256_SIZE];
        lapak_sha256_init(&hash);
        lapak_sha256_add(&hash, vector->bytes, vector->length);
        lapak_sha256_end(&hash, found);
        check(lapak_same_bytes(found, vector->sha256, sizeof found), "SHA-256", i);
        lapak_hmac_init(&hmac, vector->key);
        lapak_hmac_add(&hmac, vector->bytes, vector->length);
        lapak_hmac_end(&hmac, found);
        check(lapak_same_bytes(found, vector->hmac, sizeof found), "HMAC", i);
    }
}

static void check_base32(void)
{
    for EACH (test_base32s) {
        const struct test_base32 *vector = &test_base32s[i];
        uint8_t found[64];
        bool decodes = lapak_base32_decode(vector->text, strlen(vector->text), found, vector->length);
        check(decodes == (vector->bytes != NULL), "base32", i);
        if (decodes && vector->bytes) check(lapak_same_bytes(found, vector->bytes, vector->length), "base32 bytes", i);
    }
}

static void check_vouchers(void)
{
    struct lapak_voucher_keys keys = {test_root_key, TEST_DISPENSER, TEST_KEY_EPOCH};
    for EACH (test_vouchers) {
        struct lapak_voucher voucher;
        uint8_t refusal = lapak_voucher_check(&keys, test_vouchers[i].text, strlen(test_vouchers[i].text), &voucher);
        check(refusal == test_vouchers[i].refusal, "voucher", i);
    }
}

static void check_windows(void)
{
    struct lapak_window window;
    for EACH (test_window_steps) {
        const struct test_window_step *step = &test_window_steps[i];
        switch (step->what) {
        case TEST_WINDOW_INIT: memset(&window, 0, sizeof window); break;
        case TEST_WINDOW_USE: lapak_window_use(&window, step->serial); break;
        case TEST_WINDOW_RAISE: lapak_window_raise(&window, step->serial); break;
        default: check(lapak_window_used(&window, step->serial) == (step->what == TEST_WINDOW_USED), "window", i);
        }
    }
}

static void check_frames(void)
{
    for EACH (test_frames) {
        const struct test_frame *vector = &test_frames[i];
        struct lapak_frame_reader reader;
        struct lapak_frame frame = {vector->head, vector->payload, vector->payload_size};
        uint8_t line[LAPAK_LINE_MAX];
        size_t length = lapak_frame_write(&frame, line);
        check(length == vector->length && lapak_same_bytes(line, vector->line, length), "frame written", i);
        memset(&reader, 0, sizeof reader);
        bool whole = false;
        for (size_t at = 0; at < length; at++) whole = lapak_frame_take(&reader, line[at], &frame);
        check(whole && frame.head.seq == vector->head.seq && frame.payload_size == vector->payload_size &&
                  lapak_same_bytes(frame.payload, vector->payload, frame.payload_size),
              "frame read", i);
    }
}

static void check_messages(void)
{
    for EACH (test_messages) {
        const struct test_message *vector = &test_messages[i];
        union {
            union lapak_node_message node;
            struct lapak_hello_message hello; // the longest of a dispenser's own
        } value;
        uint8_t payload[LAPAK_PAYLOAD_MAX];
        size_t length = lapak_encode(vector->layout, vector->value, payload);
        check(length == vector->length && lapak_same_bytes(payload, vector->payload, length), "message written", i);
        check(!lapak_decode(vector->layout, payload, length + 1, &value), "message too long", i);
        check(length == 0 || !lapak_decode(vector->layout, payload, length - 1, &value), "message too short", i);
        memset(payload, 0, sizeof payload);
        check(lapak_decode(vector->layout, vector->payload, vector->length, &value), "message read", i);
        lapak_encode(vector->layout, &value, payload);
        check(lapak_same_bytes(payload, vector->payload, vector->length), "message as it was", i);
    }
}

static void check_seals(const struct lapak_identity *identity)
{
    for EACH (test_sealed) {
        struct lapak_seal seal = {identity, test_sealed[i].counter - 1};
        check(lapak_seal_accept(&seal, test_sealed[i].bytes, test_sealed[i].length), "seal", i);
        check(!lapak_seal_accept(&seal, test_sealed[i].bytes, test_sealed[i].length), "seal again", i);
    }
}

// A machine in memory: two sectors of flash, a motor and what was said last.
static struct machine {
    uint8_t flash[2 * LAPAK_SECTOR_SIZE];
    bool motor_on;
    unsigned turns;
    uint8_t last_result;
    uint8_t last_refusal;
} machine;

static bool send_to_node(void *context, const uint8_t *message, size_t length)
{
    struct machine *m = context;
    (void)length;
    // Where `scan` and `outcome` of schema/wire/dispenser.ts bear them.
    if (message[1] == LAPAK_MESSAGE_SCAN) m->last_refusal = message[LAPAK_MESSAGE_HEAD + 2];
    if (message[1] == LAPAK_MESSAGE_OUTCOME) m->last_result = message[LAPAK_MESSAGE_HEAD + 2];
    return true;
}

static void turn_motor(void *context, uint8_t slot, bool on)
{
    struct machine *m = context;
    (void)slot;
    if (on && !m->motor_on) m->turns++;
    m->motor_on = on;
}

static void light_beam(void *context, bool on)
{
    (void)context;
    (void)on;
}

static bool is_beam_blocked(void *context)
{
    (void)context;
    return false;
}

static bool read_flash(void *context, uint32_t offset, uint8_t *bytes, size_t length)
{
    memcpy(bytes, ((struct machine *)context)->flash + offset, length);
    return true;
}

static bool program_flash(void *context, uint32_t offset, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) ((struct machine *)context)->flash[offset + i] &= bytes[i];
    return true;
}

static bool erase_flash(void *context, uint16_t sector)
{
    memset(((struct machine *)context)->flash + sector * LAPAK_SECTOR_SIZE, 0xFF, LAPAK_SECTOR_SIZE);
    return true;
}

static const struct lapak_hal hal = {
    .context = &machine,
    .send = send_to_node,
    .motor = turn_motor,
    .beam = light_beam,
    .beam_blocked = is_beam_blocked,
    .flash = {&machine, 2, read_flash, program_flash, erase_flash},
};

static void check_pour(const struct lapak_identity *identity)
{
    static struct lapak_dispenser dispenser;
    struct lapak_config config = {
        .identity = *identity,
        .settings = {.slots = 8,
                     .vends_alone = 1,
                     .ask_wait_ms = 1500,
                     .arm_ms = 50,
                     .motor_max_ms = 3000,
                     .drop_wait_ms = 800,
                     .late_drop_ms = 1000},
    };
    const char *code = test_vouchers[0].text;
    memset(machine.flash, 0xFF, sizeof machine.flash);
    check(lapak_init(&dispenser, &config, &hal, 0), "a new journal", 0);
    lapak_on_link(&dispenser, 10, true);
    lapak_on_rx(&dispenser, 20, test_sealed[0].bytes, test_sealed[0].length);
    lapak_on_scan(&dispenser, 100, code, strlen(code));
    lapak_tick(&dispenser, 1599);
    lapak_tick(&dispenser, 1640);
    check(!machine.motor_on, "the motor waits", 0);
    lapak_tick(&dispenser, 1700);
    check(machine.motor_on, "the motor turns", 0);
    lapak_on_sensor(&dispenser, 2200, LAPAK_SENSOR_DROP, 3, true);
    lapak_on_sensor(&dispenser, 2700, LAPAK_SENSOR_HOME, 3, true);
    check(!machine.motor_on && machine.last_result == LAPAK_RESULT_OK, "the outcome", 0);
    check(lapak_init(&dispenser, &config, &hal, 0) && dispenser.journal.pending_count == 1, "the journal after a restart", 0);
    lapak_on_link(&dispenser, 10, true);
    lapak_on_scan(&dispenser, 100, code, strlen(code));
    check(machine.last_refusal == LAPAK_REFUSAL_USED && machine.turns == 1, "used after a restart", 0);
}

int main(void)
{
    struct lapak_identity identity;
    lapak_decode(LAPAK_IDENTITY_LAYOUT, test_identity, sizeof test_identity, &identity);
    check_hashes();
    check_base32();
    check_vouchers();
    check_windows();
    check_frames();
    check_messages();
    check_seals(&identity);
    check_pour(&identity);
    printf("%u checked, %u failed\n", checks, failures);
    return failures == 0 ? 0 : 1;
}
