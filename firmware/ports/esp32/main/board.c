// The pins. A motor's driver has a pull-down of its own, so it is off from reset until this code says otherwise.
#include "board.h"

#include "driver/gpio.h"
#include "esp_err.h"
#include "events.h"
#include "sdkconfig.h"

static const gpio_num_t motor_pins[] = {CONFIG_LAPAK_MOTOR_PIN_0, CONFIG_LAPAK_MOTOR_PIN_1};
static const gpio_num_t home_pins[] = {CONFIG_LAPAK_HOME_PIN_0, CONFIG_LAPAK_HOME_PIN_1};

static volatile uint32_t motor_on_ms[CONFIG_LAPAK_SLOTS];
static volatile uint32_t last_drop_ms;

_Static_assert(CONFIG_LAPAK_SLOTS <= sizeof motor_pins / sizeof motor_pins[0], "each slot has its pins");

static void on_home(void *argument)
{
    uint8_t slot = (uint8_t)(uintptr_t)argument;
    if (now_ms() - motor_on_ms[slot] >= CONFIG_LAPAK_HOME_GUARD_MS) events_put_sensor_from_interrupt(LAPAK_SENSOR_HOME, slot);
}

static void on_drop(void *argument)
{
    (void)argument;
    uint32_t at_ms = now_ms();
    bool is_new = at_ms - last_drop_ms >= CONFIG_LAPAK_DROP_DEBOUNCE_MS;
    last_drop_ms = at_ms;
    if (is_new) events_put_sensor_from_interrupt(LAPAK_SENSOR_DROP, 0);
}

static void open_output(gpio_num_t pin)
{
    gpio_config_t pins = {.pin_bit_mask = 1ULL << pin, .mode = GPIO_MODE_OUTPUT, .pull_down_en = GPIO_PULLDOWN_ENABLE};
    // The level first: the pin must not rise for a moment when it becomes an output.
    ESP_ERROR_CHECK(gpio_set_level(pin, 0));
    ESP_ERROR_CHECK(gpio_config(&pins));
}

static void open_input(gpio_num_t pin, gpio_isr_t interrupt, uint8_t slot)
{
    gpio_config_t pins = {
        .pin_bit_mask = 1ULL << pin, .mode = GPIO_MODE_INPUT, .pull_up_en = GPIO_PULLUP_ENABLE, .intr_type = GPIO_INTR_NEGEDGE};
    ESP_ERROR_CHECK(gpio_config(&pins));
    ESP_ERROR_CHECK(gpio_isr_handler_add(pin, interrupt, (void *)(uintptr_t)slot));
}

void board_open_outputs(void)
{
    for (uint8_t slot = 0; slot < CONFIG_LAPAK_SLOTS; slot++) open_output(motor_pins[slot]);
    open_output(CONFIG_LAPAK_BEAM_LED_PIN);
}

void board_open_inputs(void)
{
    ESP_ERROR_CHECK(gpio_install_isr_service(0));
    for (uint8_t slot = 0; slot < CONFIG_LAPAK_SLOTS; slot++) open_input(home_pins[slot], on_home, slot);
    open_input(CONFIG_LAPAK_BEAM_SENSOR_PIN, on_drop, 0);
}

void board_motor(void *context, uint8_t slot, bool on)
{
    (void)context;
    if (slot >= CONFIG_LAPAK_SLOTS) return;
    if (on) motor_on_ms[slot] = now_ms();
    gpio_set_level(motor_pins[slot], on ? 1 : 0);
}

void board_beam(void *context, bool on)
{
    (void)context;
    gpio_set_level(CONFIG_LAPAK_BEAM_LED_PIN, on ? 1 : 0);
}

bool board_beam_blocked(void *context)
{
    (void)context;
    return gpio_get_level(CONFIG_LAPAK_BEAM_SENSOR_PIN) == 0;
}
