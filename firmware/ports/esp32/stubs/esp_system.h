// Stand-in for ESP-IDF's header of this name: only the calls that the port makes, so that its glue compiles without the SDK.
#ifndef STUB_ESP_SYSTEM_H
#define STUB_ESP_SYSTEM_H

void esp_restart(void) __attribute__((noreturn));

#endif
