// Stand-in for ESP-IDF's header of this name: only the calls that the port makes, so that its glue compiles without the SDK.
#ifndef STUB_ESP_ERR_H
#define STUB_ESP_ERR_H

#include <stdint.h>
#include <stdlib.h>

typedef int esp_err_t;

#define ESP_OK 0
#define ESP_FAIL -1
#define ESP_ERROR_CHECK(call)                                                                                                              \
    do {                                                                                                                                   \
        if ((call) != ESP_OK) abort();                                                                                                     \
    } while (0)

#endif
