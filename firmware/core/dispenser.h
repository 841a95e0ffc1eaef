// The core of a dispenser: what a port calls. Everything happens inside these calls; the caller owns the storage and tells the time.
//
//   port: scanner → lapak_on_scan ─┐                    ┌─ hal.send → node
//         node    → lapak_on_rx   ─┼→ scan, command, vend ─ hal.motor, hal.beam
//         sensors → lapak_on_sensor┘        │           └─ hal.show → person
//         timer   → lapak_tick           journal → hal.flash, update → hal.update
#ifndef LAPAK_DISPENSER_H
#define LAPAK_DISPENSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clock.h"
#include "journal.h"
#include "lapak_wire.h"
#include "platform.h"
#include "seal.h"
#include "sha256.h"
#include "timer.h"

// A port calls lapak_tick again after what the last call returned, and never later than this.
#define LAPAK_TICK_MAX_MS 60000

enum lapak_vend_phase {
    LAPAK_VEND_IDLE,
    LAPAK_VEND_ASKING,
    LAPAK_VEND_ARMING,
    LAPAK_VEND_TURNING,
    LAPAK_VEND_SETTLING,
    LAPAK_VEND_TESTING, // a turn without a voucher
    LAPAK_VEND_TESTED,  // its drop may still come
};

struct lapak_vend {
    uint32_t phase; // an enum lapak_vend_phase
    uint32_t turn_started_ms;
    uint32_t motor_ms;
    uint32_t scan;
    struct lapak_outcome_message outcome; // as far as it is known; of the last vend until the next begins
    struct lapak_voucher voucher;
    uint8_t authority;
    bool jammed;
};

// In the order in which they ring where several are due; what each does then stands in dispenser.c.
enum lapak_timer_name {
    LAPAK_TIMER_VEND,      // the phase has lasted long enough
    LAPAK_TIMER_RESEND,    // what the node has not answered is said again
    // After a vend the beam watches on for a while: what falls then is told, though it changes no outcome.
    LAPAK_TIMER_AFTERMATH,
    LAPAK_TIMER_TRIAL,     // a new firmware has not proved itself
    LAPAK_TIMERS,
};

struct lapak_scanner {
    uint32_t last_text_crc;
    uint32_t last_text_ms;
    uint32_t paid_until_ms;
    uint16_t number;
    bool seen;
};

struct lapak_link {
    bool up;
    bool greeted;
    uint32_t resend_ms;
    uint8_t state_sent[LAPAK_MESSAGE_HEAD + LAPAK_STATE_MESSAGE_SIZE];
};

struct lapak_update {
    struct lapak_sha256 hash;
    uint8_t digest[LAPAK_SHA256_SIZE];
    uint32_t firmware;
    uint32_t size;
    uint32_t received;
    uint8_t step;
    bool on_trial;
    bool restarts;
};

// What is asked for most stands first: the shortest instructions reach it.
struct lapak_dispenser {
    const struct lapak_hal *hal;
    uint32_t now_ms;
    uint32_t jammed_slots; // a bit each
    uint32_t empty_slots;
    struct lapak_vend vend;
    struct lapak_clock clock;
    struct lapak_link link;
    struct lapak_scanner scanner;
    struct lapak_settings settings;
    uint32_t settings_version;
    struct lapak_timer timers[LAPAK_TIMERS];
    struct lapak_seal seal;
    struct lapak_identity identity;
    struct lapak_journal journal;
    struct lapak_update update;
};

_Static_assert(sizeof(struct lapak_dispenser) <= 768, "a dispenser's whole state stays below 768 bytes");

struct lapak_config {
    struct lapak_identity identity;
    struct lapak_settings settings;
    uint32_t settings_version;
};

// The hal must outlive the dispenser. False: the journal is damaged; the dispenser answers its node but does not vend.
bool lapak_init(struct lapak_dispenser *dispenser, const struct lapak_config *config, const struct lapak_hal *hal, uint32_t now_ms);
void lapak_on_link(struct lapak_dispenser *dispenser, uint32_t now_ms, bool up);
void lapak_on_rx(struct lapak_dispenser *dispenser, uint32_t now_ms, const uint8_t *message, size_t length);
void lapak_on_scan(struct lapak_dispenser *dispenser, uint32_t now_ms, const char *text, size_t length);
void lapak_on_sensor(struct lapak_dispenser *dispenser, uint32_t now_ms, enum lapak_sensor sensor, uint8_t slot, bool active);
// Returns after how many milliseconds it wants to be called again.
uint32_t lapak_tick(struct lapak_dispenser *dispenser, uint32_t now_ms);

#endif
