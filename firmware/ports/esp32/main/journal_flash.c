// Raw flash for the journal. With flash encryption an erased cell does not read as 0xFF, so the raw cells say what is blank.
#include "journal_flash.h"

#include <string.h>

#include "esp_err.h"
#include "esp_partition.h"

static bool read_cells(void *context, uint32_t offset, uint8_t *bytes, size_t length)
{
    if (esp_partition_read_raw(context, offset, bytes, length) != ESP_OK) return false;
    bool blank = true;
    for (size_t i = 0; i < length; i++) blank = blank && bytes[i] == 0xFF;
    return blank || esp_partition_read(context, offset, bytes, length) == ESP_OK;
}

static bool program_cells(void *context, uint32_t offset, const uint8_t *bytes, size_t length)
{
    return esp_partition_write(context, offset, bytes, length) == ESP_OK;
}

static bool erase_cells(void *context, uint16_t sector)
{
    return esp_partition_erase_range(context, (size_t)sector * LAPAK_SECTOR_SIZE, LAPAK_SECTOR_SIZE) == ESP_OK;
}

struct lapak_flash journal_flash_open(void)
{
    const esp_partition_t *found = esp_partition_find_first(ESP_PARTITION_TYPE_DATA, ESP_PARTITION_SUBTYPE_ANY, "journal");
    return (struct lapak_flash){
        .context = (void *)found,
        // Without the partition the core finds no sectors, and refuses to vend.
        .sector_count = found == NULL ? 0 : (uint16_t)(found->size / LAPAK_SECTOR_SIZE),
        .read = read_cells,
        .program = program_cells,
        .erase = erase_cells,
    };
}
