// Stand-in for ESP-IDF's header of this name: only the calls that the port makes, so that its glue compiles without the SDK.
#ifndef STUB_ESP_NETIF_H
#define STUB_ESP_NETIF_H

#include "esp_err.h"

typedef struct stub_netif esp_netif_t;

esp_err_t esp_netif_init(void);

#endif
