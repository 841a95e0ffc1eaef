// For libFuzzer: any flash image. The journal opens or it fails; opened, it reads the same again, and takes each voucher once.
#include <string.h>

#include "crc32.h"
#include "journal.h"

#define SECTORS 2
#define PIECE (2 + LAPAK_RECORD_SIZE - 4)

static uint8_t image[SECTORS * LAPAK_SECTOR_SIZE];

static bool read_image(void *context, uint32_t offset, uint8_t *bytes, size_t length)
{
    (void)context;
    if (offset + length > sizeof image) __builtin_trap();
    memcpy(bytes, image + offset, length);
    return true;
}

static bool program_image(void *context, uint32_t offset, const uint8_t *bytes, size_t length)
{
    (void)context;
    if (offset + length > sizeof image) __builtin_trap();
    for (size_t i = 0; i < length; i++) image[offset + i] &= bytes[i];
    return true;
}

static bool erase_image(void *context, uint16_t sector)
{
    (void)context;
    if (sector >= SECTORS) __builtin_trap();
    memset(image + sector * LAPAK_SECTOR_SIZE, 0xFF, LAPAK_SECTOR_SIZE);
    return true;
}

static const struct lapak_flash flash = {NULL, SECTORS, read_image, program_image, erase_image};

// Records with a CRC that fits, at the places that the input names; the first byte says whether what is over is raw.
static void lay_out(const uint8_t *input, size_t size)
{
    memset(image, 0xFF, sizeof image);
    while (size >= PIECE) {
        size_t at = ((size_t)input[0] << 8 | input[1]) % (SECTORS * LAPAK_RECORDS) * LAPAK_RECORD_SIZE;
        memcpy(image + at, input + 2, LAPAK_RECORD_SIZE - 4);
        uint32_t crc = lapak_crc32(image + at, LAPAK_RECORD_SIZE - 4);
        memcpy(image + at + LAPAK_RECORD_SIZE - 4, &crc, sizeof crc);
        input += PIECE;
        size -= PIECE;
    }
    if (size > 0) memcpy(image + input[0] % LAPAK_RECORDS * LAPAK_RECORD_SIZE, input, size);
}

static void check_same(const struct lapak_journal *one, const struct lapak_journal *other)
{
    if (memcmp(&one->window, &other->window, sizeof one->window) != 0) __builtin_trap();
    if (one->pending_count != other->pending_count || one->key_epoch != other->key_epoch) __builtin_trap();
    if (one->time_floor_s != other->time_floor_s || other->open != LAPAK_OPEN_NONE || other->failed) __builtin_trap();
    for (uint32_t i = 0; i < one->pending_count; i++) {
        if (one->pending[i].serial != other->pending[i].serial || one->pending[i].result != other->pending[i].result) __builtin_trap();
    }
}

static void check_vend(struct lapak_journal *journal, uint32_t serial)
{
    struct lapak_journal again;
    struct lapak_outcome_message outcome = {.serial = serial, .result = LAPAK_RESULT_OK};
    bool was_used = lapak_window_used(&journal->window, serial);
    bool could = lapak_journal_can_vend(journal);
    bool began = lapak_journal_intent(journal, serial, 0);
    if (began && (was_used || !could)) __builtin_trap();
    if (!began || !lapak_journal_run(journal) || !lapak_journal_result(journal, &outcome)) return;
    if (lapak_journal_intent(journal, serial, 0)) __builtin_trap();
    if (!lapak_journal_open(&again, &flash, 0)) __builtin_trap();
    check_same(journal, &again);
    if (lapak_journal_intent(&again, serial, 0)) __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    struct lapak_journal journal;
    struct lapak_journal again;
    if (size > sizeof image) return 0;
    lay_out(input, size);
    if (!lapak_journal_open(&journal, &flash, 0)) {
        if (!journal.failed || lapak_journal_can_vend(&journal) || lapak_journal_intent(&journal, 1, 0)) __builtin_trap();
        return 0;
    }
    if (!lapak_journal_open(&again, &flash, 0)) __builtin_trap();
    check_same(&journal, &again);
    check_vend(&journal, journal.window.base + 1);
    check_vend(&journal, size > 0 ? input[size - 1] : 0);
    return 0;
}
