// A task that reads the scanner's UART; scan_line.c says where a text ends.
#include "scanner.h"

#include "events.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "scan_line.h"
#include "sdkconfig.h"
#include "uart_port.h"

// A module looks for five seconds when it is told to.
#define LOOK_MS 5000

static const struct uart_port port = {
    .number = CONFIG_LAPAK_SCANNER_UART,
    .baud = CONFIG_LAPAK_SCANNER_BAUD,
    .tx_pin = CONFIG_LAPAK_SCANNER_TX_PIN,
    .rx_pin = CONFIG_LAPAK_SCANNER_RX_PIN,
};

static void trigger(void)
{
#if CONFIG_LAPAK_SCANNER_TRIGGER
    uart_write_bytes(port.number, scan_line_trigger, sizeof scan_line_trigger);
#endif
}

static void tell(struct scan_line *line)
{
    events_put(EVENT_SCAN, line->text, line->length);
    scan_line_next(line);
}

static void read_scanner(void *argument)
{
    struct scan_line line = {.length = 0};
    uint32_t triggered_ms = now_ms();
    (void)argument;
    trigger();
    for (;;) {
        uint8_t byte;
        int count = uart_read_bytes(port.number, &byte, 1, pdMS_TO_TICKS(SCAN_LINE_SILENCE_MS));
        bool whole = count == 1 ? scan_line_take(&line, byte) : scan_line_silence(&line);
        if (whole) tell(&line);
        if (!whole && now_ms() - triggered_ms < LOOK_MS) continue;
        triggered_ms = now_ms();
        trigger();
    }
}

void scanner_open(void)
{
    uart_port_open(&port);
    xTaskCreate(read_scanner, "scanner", 3072, NULL, 4, NULL);
}
