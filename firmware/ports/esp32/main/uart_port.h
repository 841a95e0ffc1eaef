// A UART with its pins, as the scanner and the serial line open theirs.
#ifndef UART_PORT_H
#define UART_PORT_H

#include "driver/uart.h"
#include "esp_err.h"

#define UART_BUFFER_SIZE 2048

struct uart_port {
    uart_port_t number;
    int baud;
    int tx_pin;
    int rx_pin;
};

static inline void uart_port_open(const struct uart_port *port)
{
    uart_config_t line = {
        .baud_rate = port->baud,
        .data_bits = UART_DATA_8_BITS,
        .parity = UART_PARITY_DISABLE,
        .stop_bits = UART_STOP_BITS_1,
        .flow_ctrl = UART_HW_FLOWCTRL_DISABLE,
    };
    // With a buffer for what goes out, writing does not wait for the line.
    ESP_ERROR_CHECK(uart_driver_install(port->number, UART_BUFFER_SIZE, UART_BUFFER_SIZE, 0, NULL, 0));
    ESP_ERROR_CHECK(uart_param_config(port->number, &line));
    ESP_ERROR_CHECK(uart_set_pin(port->number, port->tx_pin, port->rx_pin, UART_PIN_NO_CHANGE, UART_PIN_NO_CHANGE));
}

#endif
