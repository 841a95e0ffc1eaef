// Provisioning by an access point of its own, secured with the code on the device's label; then a station that always comes back.
#include "network.h"

#include <stdio.h>

#include "esp_err.h"
#include "esp_event.h"
#include "esp_netif.h"
#include "esp_wifi.h"
#include "network_provisioning/scheme_softap.h"

static void on_event(void *argument, esp_event_base_t base, int32_t id, void *event)
{
    (void)argument;
    (void)event;
    bool starts = base == WIFI_EVENT && id == WIFI_EVENT_STA_START;
    bool lost = base == WIFI_EVENT && id == WIFI_EVENT_STA_DISCONNECTED;
    if (starts || lost) esp_wifi_connect();
    if (base == NETWORK_PROV_EVENT && id == NETWORK_PROV_END) network_prov_mgr_deinit();
}

static void start_station(void)
{
    network_prov_mgr_deinit();
    ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
    ESP_ERROR_CHECK(esp_wifi_start());
}

void network_open(const char *setup_code, unsigned dispenser_number)
{
    wifi_init_config_t radio = WIFI_INIT_CONFIG_DEFAULT();
    network_prov_mgr_config_t manager = {.scheme = network_prov_scheme_softap};
    bool provisioned = false;
    char name[32];
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    esp_netif_create_default_wifi_sta();
    esp_netif_create_default_wifi_ap();
    ESP_ERROR_CHECK(esp_wifi_init(&radio));
    ESP_ERROR_CHECK(esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_event, NULL));
    ESP_ERROR_CHECK(esp_event_handler_register(NETWORK_PROV_EVENT, ESP_EVENT_ANY_ID, on_event, NULL));
    ESP_ERROR_CHECK(network_prov_mgr_init(manager));
    ESP_ERROR_CHECK(network_prov_mgr_is_wifi_provisioned(&provisioned));
    if (provisioned) {
        start_station();
        return;
    }
    snprintf(name, sizeof name, "LAPAK-%u", dispenser_number);
    ESP_ERROR_CHECK(network_prov_mgr_start_provisioning(NETWORK_PROV_SECURITY_1, setup_code, name, NULL));
}
