// A task that reads the node's UART as bytes come; no log text ever goes out on it.
#include "serial_line.h"

#include "events.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sdkconfig.h"
#include "uart_port.h"

static const struct uart_port port = {
    .number = CONFIG_LAPAK_NODE_UART,
    .baud = CONFIG_LAPAK_NODE_BAUD,
    .tx_pin = CONFIG_LAPAK_NODE_TX_PIN,
    .rx_pin = CONFIG_LAPAK_NODE_RX_PIN,
};

static void read_line(void *argument)
{
    (void)argument;
    for (;;) {
        uint8_t bytes[128];
        size_t waiting = 0;
        // The first byte is waited for; what came with it is taken along.
        if (uart_read_bytes(port.number, bytes, 1, portMAX_DELAY) != 1) continue;
        if (uart_get_buffered_data_len(port.number, &waiting) != ESP_OK) waiting = 0;
        if (waiting > sizeof bytes - 1) waiting = sizeof bytes - 1;
        int more = waiting > 0 ? uart_read_bytes(port.number, bytes + 1, (uint32_t)waiting, 0) : 0;
        events_put(EVENT_LINE, bytes, 1 + (size_t)(more > 0 ? more : 0));
    }
}

void serial_line_open(void)
{
    uart_port_open(&port);
    xTaskCreate(read_line, "node", 3072, NULL, 5, NULL);
}

void serial_line_write(void *context, const uint8_t *bytes, size_t length)
{
    (void)context;
    uart_write_bytes(port.number, bytes, length);
}
