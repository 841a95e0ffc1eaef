// Stand-in for ESP-IDF's header of this name: only the calls that the port makes, so that its glue compiles without the SDK.
#ifndef STUB_NETWORK_PROVISIONING_SCHEME_SOFTAP_H
#define STUB_NETWORK_PROVISIONING_SCHEME_SOFTAP_H

#include <stdbool.h>

#include "esp_err.h"
#include "esp_event.h"

typedef struct {
    int stub;
} network_prov_scheme_t;

typedef struct {
    network_prov_scheme_t scheme;
} network_prov_mgr_config_t;

typedef enum { NETWORK_PROV_SECURITY_1 = 1 } network_prov_security_t;
typedef enum { NETWORK_PROV_END = 9 } network_prov_cb_event_t;

extern esp_event_base_t const NETWORK_PROV_EVENT;

esp_err_t network_prov_mgr_init(network_prov_mgr_config_t config);
void network_prov_mgr_deinit(void);
esp_err_t network_prov_mgr_is_wifi_provisioned(bool *provisioned);
esp_err_t network_prov_mgr_start_provisioning(network_prov_security_t security, const void *params, const char *name, const char *key);
extern const network_prov_scheme_t network_prov_scheme_softap;

#endif
