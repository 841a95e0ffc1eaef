// The virtual dispenser's port: the core in a WebAssembly module, whose flash, motor, beam and link are functions of the host.
// The host writes what a call takes into lapak_input(), then makes the call.
#include "bytes.h"
#include "dispenser.h"

#define EXPORT(name) __attribute__((export_name(name)))
#define IMPORT(name) __attribute__((import_module("host"), import_name(name)))

#define INPUT_SIZE 256

_Static_assert(LAPAK_IDENTITY_SIZE + LAPAK_SETTINGS_SIZE <= INPUT_SIZE, "what starts a dispenser fits the input");

IMPORT("send") extern int32_t host_send(const uint8_t *message, uint32_t length);
IMPORT("motor") extern void host_motor(uint32_t slot, uint32_t on);
IMPORT("beam") extern void host_beam(uint32_t on);
IMPORT("beamBlocked") extern int32_t host_beam_blocked(void);
IMPORT("show") extern void host_show(uint32_t what, uint32_t code);
IMPORT("flashRead") extern int32_t host_flash_read(uint32_t offset, uint8_t *bytes, uint32_t length);
IMPORT("flashProgram") extern int32_t host_flash_program(uint32_t offset, const uint8_t *bytes, uint32_t length);
IMPORT("flashErase") extern int32_t host_flash_erase(uint32_t sector);
IMPORT("keepSettings") extern int32_t host_keep_settings(uint32_t version, const uint8_t *settings, uint32_t length);
IMPORT("takesUpdates") extern int32_t host_takes_updates(void);
IMPORT("updateBegin") extern int32_t host_update_begin(uint32_t size);
IMPORT("updateWrite") extern int32_t host_update_write(uint32_t offset, const uint8_t *bytes, uint32_t length);
IMPORT("updateFinish") extern int32_t host_update_finish(void);
IMPORT("updateRestart") extern void host_update_restart(void);
IMPORT("updateOnTrial") extern int32_t host_update_on_trial(void);
IMPORT("updateConfirm") extern void host_update_confirm(void);
IMPORT("updateRollBack") extern void host_update_roll_back(void);

static struct lapak_dispenser dispenser;
static uint8_t input[INPUT_SIZE];

static bool port_send(void *context, const uint8_t *message, size_t length)
{
    (void)context;
    return host_send(message, length) != 0;
}

static void port_motor(void *context, uint8_t slot, bool on)
{
    (void)context;
    host_motor(slot, on);
}

static void port_beam(void *context, bool on)
{
    (void)context;
    host_beam(on);
}

static bool port_beam_blocked(void *context)
{
    (void)context;
    return host_beam_blocked() != 0;
}

static void port_show(void *context, uint8_t what, uint8_t code)
{
    (void)context;
    host_show(what, code);
}

static bool port_flash_read(void *context, uint32_t offset, uint8_t *bytes, size_t length)
{
    (void)context;
    return host_flash_read(offset, bytes, length) != 0;
}

static bool port_flash_program(void *context, uint32_t offset, const uint8_t *bytes, size_t length)
{
    (void)context;
    return host_flash_program(offset, bytes, length) != 0;
}

static bool port_flash_erase(void *context, uint16_t sector)
{
    (void)context;
    return host_flash_erase(sector) != 0;
}

static bool port_keep_settings(void *context, uint32_t version, const struct lapak_settings *settings)
{
    uint8_t bytes[LAPAK_SETTINGS_SIZE];
    (void)context;
    lapak_encode(LAPAK_SETTINGS_LAYOUT, settings, bytes);
    return host_keep_settings(version, bytes, sizeof bytes) != 0;
}

static bool port_update_begin(void *context, uint32_t size)
{
    (void)context;
    return host_update_begin(size) != 0;
}

static bool port_update_write(void *context, uint32_t offset, const uint8_t *bytes, size_t length)
{
    (void)context;
    return host_update_write(offset, bytes, length) != 0;
}

static enum lapak_image port_update_finish(void *context)
{
    (void)context;
    return (enum lapak_image)host_update_finish();
}

static void port_update_restart(void *context)
{
    (void)context;
    host_update_restart();
}

static bool port_update_on_trial(void *context)
{
    (void)context;
    return host_update_on_trial() != 0;
}

static void port_update_confirm(void *context)
{
    (void)context;
    host_update_confirm();
}

static void port_update_roll_back(void *context)
{
    (void)context;
    host_update_roll_back();
}

static const struct lapak_update_port update_port = {
    .begin = port_update_begin,
    .write = port_update_write,
    .finish = port_update_finish,
    .restart = port_update_restart,
    .on_trial = port_update_on_trial,
    .confirm = port_update_confirm,
    .roll_back = port_update_roll_back,
};

static struct lapak_hal hal = {
    .send = port_send,
    .motor = port_motor,
    .beam = port_beam,
    .beam_blocked = port_beam_blocked,
    .show = port_show,
    .keep_settings = port_keep_settings,
    .flash = {.read = port_flash_read, .program = port_flash_program, .erase = port_flash_erase},
};

EXPORT("input") uint8_t *lapak_input(void)
{
    return input;
}

EXPORT("init") int32_t wasm_init(uint32_t now_ms, uint32_t sector_count, uint32_t settings_version)
{
    struct lapak_config config = {.settings_version = settings_version};
    lapak_decode(LAPAK_IDENTITY_LAYOUT, input, LAPAK_IDENTITY_SIZE, &config.identity);
    lapak_decode(LAPAK_SETTINGS_LAYOUT, input + LAPAK_IDENTITY_SIZE, LAPAK_SETTINGS_SIZE, &config.settings);
    hal.flash.sector_count = (uint16_t)sector_count;
    hal.update = host_takes_updates() ? &update_port : NULL;
    return lapak_init(&dispenser, &config, &hal, now_ms);
}

EXPORT("onLink") void wasm_on_link(uint32_t now_ms, uint32_t up)
{
    lapak_on_link(&dispenser, now_ms, up != 0);
}

EXPORT("onRx") void wasm_on_rx(uint32_t now_ms, uint32_t length)
{
    if (length <= INPUT_SIZE) lapak_on_rx(&dispenser, now_ms, input, length);
}

EXPORT("onScan") void wasm_on_scan(uint32_t now_ms, uint32_t length)
{
    if (length <= INPUT_SIZE) lapak_on_scan(&dispenser, now_ms, (const char *)input, length);
}

EXPORT("onSensor") void wasm_on_sensor(uint32_t now_ms, uint32_t sensor, uint32_t slot, uint32_t active)
{
    lapak_on_sensor(&dispenser, now_ms, (enum lapak_sensor)sensor, (uint8_t)slot, active != 0);
}

EXPORT("tick") uint32_t wasm_tick(uint32_t now_ms)
{
    return lapak_tick(&dispenser, now_ms);
}
