// The client: presence as a retained text with the boot id, so that the will of an earlier boot says nothing about this one.
#include "mqtt_line.h"

#include <stdio.h>
#include <string.h>

#include "esp_crt_bundle.h"
#include "esp_err.h"
#include "events.h"
#include "mqtt_client.h"

#define KEEP_ALIVE_S 15
#define TOPIC_MAX (STORED_TEXT_MAX + 32)

static esp_mqtt_client_handle_t client;
static char up_topic[TOPIC_MAX];
static char down_topic[TOPIC_MAX];
static char state_topic[TOPIC_MAX];
static char info_topic[TOPIC_MAX];
static char present[32];
static char lost[32];
static char firmware[32];

static void write_topic(char topic[TOPIC_MAX], const struct stored *stored, const char *leaf)
{
    snprintf(topic, TOPIC_MAX, "sd/1/%s/%u/%s", stored->store, (unsigned)stored->core.identity.dispenser, leaf);
}

static void write_presence(char text[32], const char *word, const uint8_t *boot_id)
{
    int at = snprintf(text, 32, "%s ", word);
    for (int i = 0; i < 8; i++) at += snprintf(text + at, 32 - (size_t)at, "%02x", boot_id[i]);
}

static void publish_kept(const char *topic, const char *text)
{
    esp_mqtt_client_enqueue(client, topic, text, (int)strlen(text), 1, 1, true);
}

static void on_message(const esp_mqtt_event_t *event)
{
    bool whole = event->current_data_offset == 0 && event->data_len == event->total_data_len;
    // A command that a broker kept is not meant for now.
    if (event->retain || !whole || event->data_len <= 0 || event->data_len > LAPAK_MESSAGE_MAX) return;
    if ((size_t)event->topic_len != strlen(down_topic) || memcmp(event->topic, down_topic, strlen(down_topic)) != 0) return;
    events_put(EVENT_MESSAGE, event->data, (size_t)event->data_len);
}

static void on_mqtt(void *argument, esp_event_base_t base, int32_t id, void *data)
{
    (void)argument;
    (void)base;
    switch (id) {
    case MQTT_EVENT_CONNECTED: esp_mqtt_client_subscribe(client, down_topic, 1); break;
    case MQTT_EVENT_SUBSCRIBED:
        publish_kept(state_topic, present);
        publish_kept(info_topic, firmware);
        events_put(EVENT_UP, NULL, 0);
        break;
    case MQTT_EVENT_DISCONNECTED: events_put(EVENT_DOWN, NULL, 0); break;
    case MQTT_EVENT_DATA: on_message(data); break;
    default: break;
    }
}

void mqtt_line_open(const struct stored *stored)
{
    const struct lapak_identity *identity = &stored->core.identity;
    write_topic(up_topic, stored, "up");
    write_topic(down_topic, stored, "down");
    write_topic(state_topic, stored, "state");
    write_topic(info_topic, stored, "info");
    write_presence(present, "present", identity->boot_id);
    write_presence(lost, "lost", identity->boot_id);
    snprintf(firmware, sizeof firmware, "firmware %u", (unsigned)identity->firmware);
    esp_mqtt_client_config_t config = {
        .broker.address.uri = stored->mqtt_uri,
        .credentials.username = stored->mqtt_user,
        .credentials.client_id = stored->mqtt_user,
        .credentials.authentication.password = stored->mqtt_password,
        .session.keepalive = KEEP_ALIVE_S,
        .session.disable_clean_session = true,
        .session.last_will = {.topic = state_topic, .msg = lost, .msg_len = (int)strlen(lost), .qos = 1, .retain = 1},
    };
    // A store box signs its own certificate: then nobody else's word counts.
    if (stored->mqtt_ca_length > 0) {
        config.broker.verification.certificate = (const char *)stored->mqtt_ca;
        config.broker.verification.certificate_len = stored->mqtt_ca_length;
    } else {
        config.broker.verification.crt_bundle_attach = esp_crt_bundle_attach;
    }
    client = esp_mqtt_client_init(&config);
    ESP_ERROR_CHECK(client == NULL ? ESP_FAIL : ESP_OK);
    ESP_ERROR_CHECK(esp_mqtt_client_register_event(client, MQTT_EVENT_ANY, on_mqtt, NULL));
    ESP_ERROR_CHECK(esp_mqtt_client_start(client));
}

bool mqtt_line_send(void *context, const uint8_t *message, size_t length)
{
    (void)context;
    return esp_mqtt_client_enqueue(client, up_topic, (const char *)message, (int)length, 1, 0, true) >= 0;
}
