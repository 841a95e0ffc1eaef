// The dispenser on an ESP32: everything around is opened, then one task owns the core and gives it what happens, one thing after another.
//
//   board (pins) ─┐                              ┌─ motor, beam
//   scanner ──────┼→ events → lapak_on_… , tick ─┼─ journal flash, firmware slots
//   UART or MQTT ─┘                              └─ UART (through the core's link) or MQTT
#include "board.h"
#include "bytes.h"
#include "dispenser.h"
#include "esp_err.h"
#include "esp_log.h"
#include "esp_task_wdt.h"
#include "events.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "journal_flash.h"
#include "link.h"
#include "mqtt_line.h"
#include "network.h"
#include "scanner.h"
#include "serial_line.h"
#include "slots.h"
#include "stored.h"

// Two bytes of a version each for major and minor, as node and centre show it.
#define FIRMWARE_VERSION 0x00010000
// Well below the watchdog's patience.
#define WAIT_MAX_MS 1000

static struct stored stored;
static struct lapak_dispenser dispenser;
static struct lapak_serial_link serial_link;
static bool by_cable;

static bool send_by_cable(void *context, const uint8_t *message, size_t length)
{
    (void)context;
    return lapak_link_send(&serial_link, now_ms(), message, length);
}

static void take_from_cable(void *context, const uint8_t *message, size_t length)
{
    (void)context;
    lapak_on_rx(&dispenser, now_ms(), message, length);
}

static void cable_up(void *context, bool up)
{
    (void)context;
    lapak_on_link(&dispenser, now_ms(), up);
}

static const struct lapak_link_port cable_port = {.write = serial_line_write, .message = take_from_cable, .up = cable_up};

static struct lapak_hal hal = {.motor = board_motor,
                               .beam = board_beam,
                               .beam_blocked = board_beam_blocked,
                               .keep_settings = stored_keep_settings,
                               .update = &slots_port};

static void handle(const struct event *event)
{
    switch (event->kind) {
    case EVENT_SCAN: lapak_on_scan(&dispenser, now_ms(), (const char *)event->bytes, event->length); break;
    case EVENT_SENSOR: lapak_on_sensor(&dispenser, now_ms(), (enum lapak_sensor)event->sensor, event->slot, true); break;
    case EVENT_LINE: lapak_link_bytes(&serial_link, now_ms(), event->bytes, event->length); break;
    case EVENT_MESSAGE: lapak_on_rx(&dispenser, now_ms(), event->bytes, event->length); break;
    default: lapak_on_link(&dispenser, now_ms(), event->kind == EVENT_UP); break;
    }
}

static uint32_t tick(void)
{
    uint32_t wait_ms = lapak_tick(&dispenser, now_ms());
    uint32_t link_ms = by_cable ? lapak_link_tick(&serial_link, now_ms()) : WAIT_MAX_MS;
    if (link_ms < wait_ms) wait_ms = link_ms;
    return wait_ms < WAIT_MAX_MS ? wait_ms : WAIT_MAX_MS;
}

static void open_line(void)
{
    const uint8_t *boot_id = stored.core.identity.boot_id;
    if (by_cable) {
        serial_line_open();
        lapak_link_open(&serial_link, &cable_port, (uint16_t)lapak_get_u32(boot_id), now_ms());
    } else {
        network_open(stored.setup_code, (unsigned)stored.core.identity.dispenser);
        mqtt_line_open(&stored);
    }
}

static void run(void *argument)
{
    struct event event;
    (void)argument;
    ESP_ERROR_CHECK(esp_task_wdt_add(NULL));
    if (!lapak_init(&dispenser, &stored.core, &hal, now_ms())) ESP_LOGE("lapak", "the journal is damaged: nothing is poured");
    scanner_open();
    open_line();
    for (;;) {
        if (events_take(&event, tick())) handle(&event);
        ESP_ERROR_CHECK(esp_task_wdt_reset());
    }
}

void app_main(void)
{
    board_open_outputs();
    events_open();
    board_open_inputs();
    if (!stored_read(&stored, FIRMWARE_VERSION)) {
        ESP_LOGE("lapak", "not provisioned: write number, root key and line into NVS, as firmware/README.md says");
        return;
    }
    by_cable = stored.mqtt_uri[0] == '\0';
    hal.send = by_cable ? send_by_cable : mqtt_line_send;
    hal.flash = journal_flash_open();
    xTaskCreate(run, "dispenser", 8192, NULL, 10, NULL);
}
