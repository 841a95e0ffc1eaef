// Reading the namespace `lapak` of NVS; what is not there keeps its default, but number, root key and slots must be.
#include "stored.h"

#include <string.h>

#include "bytes.h"
#include "esp_err.h"
#include "esp_random.h"
#include "nvs.h"
#include "nvs_flash.h"
#include "sdkconfig.h"

static void read_text(nvs_handle_t nvs, const char *key, char text[STORED_TEXT_MAX])
{
    size_t length = STORED_TEXT_MAX;
    if (nvs_get_str(nvs, key, text, &length) != ESP_OK) text[0] = '\0';
}

static uint16_t read_u16(nvs_handle_t nvs, const char *key, uint16_t otherwise)
{
    uint16_t value;
    return nvs_get_u16(nvs, key, &value) == ESP_OK ? value : otherwise;
}

// All of the settings that the node changed last are one value, so that a power cut leaves the old ones or the new ones. Before the first
// change they are what provisioning wrote, one by one.
static void read_settings(nvs_handle_t nvs, struct lapak_config *core)
{
    uint8_t kept[4 + LAPAK_SETTINGS_SIZE];
    size_t length = sizeof kept;
    uint8_t vends_alone;
    if (nvs_get_blob(nvs, "settings", kept, &length) == ESP_OK && length == sizeof kept) {
        core->settings_version = lapak_get_u32(kept);
        lapak_decode(LAPAK_SETTINGS_LAYOUT, kept + 4, LAPAK_SETTINGS_SIZE, &core->settings);
        return;
    }
    if (nvs_get_u8(nvs, "vends_alone", &vends_alone) != ESP_OK) vends_alone = 0;
    core->settings = (struct lapak_settings){
        .slots = CONFIG_LAPAK_SLOTS,
        .vends_alone = vends_alone,
        .ask_wait_ms = read_u16(nvs, "ask_wait_ms", 1500),
        .arm_ms = read_u16(nvs, "arm_ms", 50),
        .motor_max_ms = read_u16(nvs, "motor_max_ms", 5000),
        .drop_wait_ms = read_u16(nvs, "drop_wait_ms", 800),
        .late_drop_ms = read_u16(nvs, "late_drop_ms", 5000),
    };
}

static void open_nvs(void)
{
    esp_err_t opened = nvs_flash_init();
    // Wi-Fi keeps its credentials here, too: a layout of another version of the SDK is made anew, and the device provisioned again.
    if (opened == ESP_ERR_NVS_NO_FREE_PAGES || opened == ESP_ERR_NVS_NEW_VERSION_FOUND) {
        ESP_ERROR_CHECK(nvs_flash_erase());
        opened = nvs_flash_init();
    }
    ESP_ERROR_CHECK(opened);
}

bool stored_read(struct stored *stored, uint32_t firmware)
{
    nvs_handle_t nvs;
    size_t key_length = sizeof stored->core.identity.root_key;
    struct lapak_identity *identity = &stored->core.identity;
    memset(stored, 0, sizeof *stored);
    open_nvs();
    if (nvs_open("lapak", NVS_READONLY, &nvs) != ESP_OK) return false;
    bool known = nvs_get_u32(nvs, "dispenser", &identity->dispenser) == ESP_OK &&
                 nvs_get_blob(nvs, "root_key", identity->root_key, &key_length) == ESP_OK &&
                 key_length == sizeof identity->root_key;
    if (nvs_get_u32(nvs, "key_epoch", &identity->key_epoch) != ESP_OK) identity->key_epoch = 0;
    read_settings(nvs, &stored->core);
    read_text(nvs, "store", stored->store);
    read_text(nvs, "mqtt_uri", stored->mqtt_uri);
    read_text(nvs, "mqtt_user", stored->mqtt_user);
    read_text(nvs, "mqtt_password", stored->mqtt_password);
    read_text(nvs, "setup_code", stored->setup_code);
    stored->mqtt_ca_length = sizeof stored->mqtt_ca;
    if (nvs_get_blob(nvs, "mqtt_ca", stored->mqtt_ca, &stored->mqtt_ca_length) != ESP_OK) stored->mqtt_ca_length = 0;
    nvs_close(nvs);
    identity->firmware = firmware;
    esp_fill_random(identity->boot_id, sizeof identity->boot_id);
    return known;
}

bool stored_keep_settings(void *context, uint32_t version, const struct lapak_settings *settings)
{
    uint8_t kept[4 + LAPAK_SETTINGS_SIZE];
    nvs_handle_t nvs;
    (void)context;
    lapak_put_u32(kept, version);
    lapak_encode(LAPAK_SETTINGS_LAYOUT, settings, kept + 4);
    if (nvs_open("lapak", NVS_READWRITE, &nvs) != ESP_OK) return false;
    bool done = nvs_set_blob(nvs, "settings", kept, sizeof kept) == ESP_OK && nvs_commit(nvs) == ESP_OK;
    nvs_close(nvs);
    return done;
}
