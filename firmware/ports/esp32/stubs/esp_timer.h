// Stand-in for ESP-IDF's header of this name: only the calls that the port makes, so that its glue compiles without the SDK.
#ifndef STUB_ESP_TIMER_H
#define STUB_ESP_TIMER_H

#include <stdint.h>

int64_t esp_timer_get_time(void);

#endif
