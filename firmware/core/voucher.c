// The voucher's bytes: prefix, base32, version, dispenser, epoch, MAC; in this order, so that the costly step comes last.
#include "voucher.h"

#include <stdbool.h>
#include <string.h>

#include "base32.h"
#include "bytes.h"
#include "sha256.h"

#define PREFIX_LENGTH (sizeof LAPAK_VOUCHER_PREFIX - 1)
#define LABEL_LENGTH (sizeof LAPAK_LABEL_TOKEN_KEY - 1)
#define MAC_AT (LAPAK_VOUCHER_SIZE - LAPAK_VOUCHER_MAC_SIZE)

_Static_assert(LAPAK_VOUCHER_SIZE == 32, "a voucher is 32 bytes");
_Static_assert(PREFIX_LENGTH + (LAPAK_VOUCHER_SIZE * 8 + 4) / 5 == LAPAK_VOUCHER_TEXT_LENGTH, "and 56 characters");

static bool has_prefix(const char *text)
{
    static const char prefix[] = LAPAK_VOUCHER_PREFIX;
    for (size_t i = 0; i < PREFIX_LENGTH; i++) {
        if (lapak_upper_case(text[i]) != prefix[i]) return false;
    }
    return true;
}

static bool is_genuine(const uint8_t *root_key, uint32_t epoch, const uint8_t bytes[LAPAK_VOUCHER_SIZE])
{
    struct lapak_hmac hmac;
    uint8_t purpose[LABEL_LENGTH + sizeof epoch];
    memcpy(purpose, LAPAK_LABEL_TOKEN_KEY, LABEL_LENGTH);
    lapak_put_u32(purpose + LABEL_LENGTH, epoch);
    lapak_hmac_begin(&hmac, root_key, purpose, sizeof purpose);
    lapak_hmac_add(&hmac, LAPAK_LABEL_VOUCHER, sizeof LAPAK_LABEL_VOUCHER - 1);
    lapak_hmac_add(&hmac, bytes, MAC_AT);
    return lapak_hmac_matches(&hmac, bytes + MAC_AT, LAPAK_VOUCHER_MAC_SIZE);
}

uint8_t lapak_voucher_check(const struct lapak_voucher_keys *keys, const char *text, size_t length, struct lapak_voucher *voucher)
{
    uint8_t bytes[LAPAK_VOUCHER_SIZE];
    if (length != LAPAK_VOUCHER_TEXT_LENGTH || !has_prefix(text)) return LAPAK_REFUSAL_MALFORMED;
    if (!lapak_base32_decode(text + PREFIX_LENGTH, length - PREFIX_LENGTH, bytes, sizeof bytes)) return LAPAK_REFUSAL_MALFORMED;
    lapak_decode(LAPAK_VOUCHER_LAYOUT, bytes, sizeof bytes, voucher);
    if (voucher->version_epoch >> 4 != LAPAK_VOUCHER_VERSION || voucher->quantity != 1) return LAPAK_REFUSAL_MALFORMED;
    if (voucher->dispenser != keys->dispenser) return LAPAK_REFUSAL_OTHER_DISPENSER;
    uint32_t epochs_back = (keys->key_epoch - voucher->version_epoch) & 15u;
    if (epochs_back > 1 || epochs_back > keys->key_epoch) return LAPAK_REFUSAL_UNKNOWN_EPOCH;
    return is_genuine(keys->root_key, keys->key_epoch - epochs_back, bytes) ? LAPAK_REFUSAL_NONE : LAPAK_REFUSAL_FORGED;
}
