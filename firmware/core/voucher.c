// The voucher's bytes: prefix, base32, version, dispenser, epoch, MAC; in this order, so that the costly step comes last.
#include "voucher.h"

#include <stdbool.h>

#include "base32.h"
#include "sha256.h"

_Static_assert(LAPAK_VOUCHER_SIZE == 32, "a voucher is 32 bytes");
_Static_assert(sizeof LAPAK_VOUCHER_PREFIX - 1 + (LAPAK_VOUCHER_SIZE * 8 + 4) / 5 == LAPAK_VOUCHER_TEXT_LENGTH, "and 56 characters");

static bool has_prefix(const char *text)
{
    static const char prefix[] = LAPAK_VOUCHER_PREFIX;
    for (size_t i = 0; i < sizeof prefix - 1; i++) {
        char lower = (prefix[i] >= 'A' && prefix[i] <= 'Z') ? (char)(prefix[i] + ('a' - 'A')) : prefix[i];
        if (text[i] != prefix[i] && text[i] != lower) return false;
    }
    return true;
}

static bool is_genuine(const uint8_t *root_key, uint32_t epoch, const uint8_t bytes[LAPAK_VOUCHER_SIZE])
{
    struct lapak_hmac hmac;
    uint8_t key[LAPAK_SHA256_SIZE];
    uint8_t epoch_bytes[4];
    lapak_put_u32(epoch_bytes, epoch);
    lapak_hmac_init(&hmac, root_key, LAPAK_SHA256_SIZE);
    lapak_hmac_add(&hmac, LAPAK_LABEL_TOKEN_KEY, sizeof LAPAK_LABEL_TOKEN_KEY - 1);
    lapak_hmac_add(&hmac, epoch_bytes, sizeof epoch_bytes);
    lapak_hmac_end(&hmac, key);
    lapak_hmac_init(&hmac, key, sizeof key);
    lapak_hmac_add(&hmac, LAPAK_LABEL_VOUCHER, sizeof LAPAK_LABEL_VOUCHER - 1);
    lapak_hmac_add(&hmac, bytes, LAPAK_VOUCHER_SIZE - LAPAK_VOUCHER_MAC_SIZE);
    lapak_hmac_end(&hmac, key);
    return lapak_same_bytes(key, bytes + LAPAK_VOUCHER_SIZE - LAPAK_VOUCHER_MAC_SIZE, LAPAK_VOUCHER_MAC_SIZE);
}

uint8_t lapak_voucher_check(const struct lapak_voucher_keys *keys, const char *text, size_t length, struct lapak_voucher *voucher)
{
    const size_t prefix_length = sizeof LAPAK_VOUCHER_PREFIX - 1;
    uint8_t bytes[LAPAK_VOUCHER_SIZE];
    memset(voucher, 0, sizeof *voucher);
    if (length != LAPAK_VOUCHER_TEXT_LENGTH || !has_prefix(text)) return LAPAK_REFUSAL_MALFORMED;
    if (!lapak_base32_decode(text + prefix_length, length - prefix_length, bytes, sizeof bytes)) return LAPAK_REFUSAL_MALFORMED;
    lapak_get_voucher(bytes, voucher);
    if (voucher->version_epoch >> 4 != LAPAK_VOUCHER_VERSION || voucher->quantity != 1) return LAPAK_REFUSAL_MALFORMED;
    if (voucher->dispenser != keys->dispenser) return LAPAK_REFUSAL_OTHER_DISPENSER;
    uint32_t epochs_back = (keys->key_epoch - (voucher->version_epoch & 15u)) & 15u;
    if (epochs_back > 1 || epochs_back > keys->key_epoch) return LAPAK_REFUSAL_UNKNOWN_EPOCH;
    return is_genuine(keys->root_key, keys->key_epoch - epochs_back, bytes) ? LAPAK_REFUSAL_NONE : LAPAK_REFUSAL_FORGED;
}
