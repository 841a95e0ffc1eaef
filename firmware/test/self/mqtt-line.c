// For a test of the MQTT glue: plays the client of the SDK. First the length of a certificate, then what happens: up, subscribed, down, or a
// message as `topic retained offset length total`; prints what the glue asked of the client and what it told the core, a line each.
#include "mqtt_line.h"

#include <stdio.h>
#include <string.h>

#include "esp_crt_bundle.h"
#include "events.h"
#include "mqtt_client.h"

static esp_event_handler_t handler;
static char bytes[LAPAK_MESSAGE_MAX + 1];

esp_err_t esp_crt_bundle_attach(void *config)
{
    (void)config;
    return ESP_OK;
}

esp_mqtt_client_handle_t esp_mqtt_client_init(const esp_mqtt_client_config_t *config)
{
    bool bundle = config->broker.verification.crt_bundle_attach == esp_crt_bundle_attach;
    bool certificate = config->broker.verification.certificate != NULL;
    printf("trusts%s%s %zu\n", bundle ? " bundle" : "", certificate ? " certificate" : "", config->broker.verification.certificate_len);
    printf("client %s %s\n", config->credentials.client_id, config->credentials.username);
    printf("will %s %s %d %d\n", config->session.last_will.topic, config->session.last_will.msg, config->session.last_will.qos,
           config->session.last_will.retain);
    return (esp_mqtt_client_handle_t)bytes;
}

esp_err_t esp_mqtt_client_register_event(esp_mqtt_client_handle_t client, esp_mqtt_event_id_t event, esp_event_handler_t told, void *argument)
{
    (void)client;
    (void)event;
    (void)argument;
    handler = told;
    return ESP_OK;
}

esp_err_t esp_mqtt_client_start(esp_mqtt_client_handle_t client)
{
    (void)client;
    return ESP_OK;
}

int esp_mqtt_client_subscribe(esp_mqtt_client_handle_t client, const char *topic, int qos)
{
    (void)client;
    return printf("subscribe %s %d\n", topic, qos);
}

int esp_mqtt_client_enqueue(esp_mqtt_client_handle_t client, const char *topic, const char *data, int length, int qos, int retain, bool store)
{
    (void)client;
    (void)store;
    return printf("publish %s %d %d %.*s\n", topic, qos, retain, length, data);
}

void events_put(enum event_kind kind, const void *told, size_t length)
{
    (void)told;
    printf("%s %zu\n", kind == EVENT_MESSAGE ? "message" : kind == EVENT_UP ? "up" : "down", length);
}

static void happen(const char *what)
{
    char topic[160];
    int retained, offset, length, total;
    esp_mqtt_event_t event = {.data = bytes, .topic = topic};
    esp_mqtt_event_id_t id = MQTT_EVENT_DATA;
    if (strcmp(what, "connected") == 0) id = MQTT_EVENT_CONNECTED;
    else if (strcmp(what, "subscribed") == 0) id = MQTT_EVENT_SUBSCRIBED;
    else if (strcmp(what, "disconnected") == 0) id = MQTT_EVENT_DISCONNECTED;
    else if (sscanf(what, "%159s %d %d %d %d", topic, &retained, &offset, &length, &total) == 5) {
        event.topic_len = (int)strlen(topic);
        event.retain = retained != 0;
        event.current_data_offset = offset;
        event.data_len = length;
        event.total_data_len = total;
    }
    handler(NULL, NULL, id, &event);
}

int main(int count, char **given)
{
    static struct stored stored = {.store = "toko", .mqtt_uri = "mqtts://box:8883", .mqtt_user = "7", .mqtt_password = "secret"};
    stored.core.identity.dispenser = 7;
    memset(stored.core.identity.boot_id, 0xb1, sizeof stored.core.identity.boot_id);
    if (count > 1) sscanf(given[1], "%zu", &stored.mqtt_ca_length);
    mqtt_line_open(&stored);
    for (int i = 2; i < count; i++) happen(given[i]);
    mqtt_line_send(NULL, (const uint8_t *)"said", 4);
    return 0;
}
