// ESP-IDF's OTA calls: it checks the signature when an image ends, and its bootloader falls back when one on trial was not confirmed.
#include "slots.h"

#include "esp_err.h"
#include "esp_ota_ops.h"
#include "esp_system.h"

static const esp_partition_t *slot;
static esp_ota_handle_t writing;

static bool begin_image(void *context, uint32_t size)
{
    (void)context;
    if (writing != 0) esp_ota_abort(writing);
    writing = 0;
    slot = esp_ota_get_next_update_partition(NULL);
    if (slot == NULL || size > slot->size) return false;
    // Sectors are erased as they are reached: erasing all of them now would starve the watchdog.
    return esp_ota_begin(slot, OTA_WITH_SEQUENTIAL_WRITES, &writing) == ESP_OK;
}

static bool write_image(void *context, uint32_t offset, const uint8_t *bytes, size_t length)
{
    (void)context;
    (void)offset;
    return esp_ota_write(writing, bytes, length) == ESP_OK;
}

static enum lapak_image finish_image(void *context)
{
    (void)context;
    esp_err_t judged = esp_ota_end(writing);
    writing = 0;
    if (judged == ESP_ERR_OTA_VALIDATE_FAILED) return LAPAK_IMAGE_UNSIGNED;
    if (judged != ESP_OK || esp_ota_set_boot_partition(slot) != ESP_OK) return LAPAK_IMAGE_UNREADABLE;
    return LAPAK_IMAGE_ACCEPTED;
}

static void restart(void *context)
{
    (void)context;
    esp_restart();
}

static bool is_on_trial(void *context)
{
    esp_ota_img_states_t state;
    (void)context;
    return esp_ota_get_state_partition(esp_ota_get_running_partition(), &state) == ESP_OK && state == ESP_OTA_IMG_PENDING_VERIFY;
}

static void confirm(void *context)
{
    (void)context;
    ESP_ERROR_CHECK(esp_ota_mark_app_valid_cancel_rollback());
}

static void roll_back(void *context)
{
    (void)context;
    esp_ota_mark_app_invalid_rollback_and_reboot();
}

const struct lapak_update_port slots_port = {
    .begin = begin_image,
    .write = write_image,
    .finish = finish_image,
    .restart = restart,
    .on_trial = is_on_trial,
    .confirm = confirm,
    .roll_back = roll_back,
};
