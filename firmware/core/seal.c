// Sealed messages end in `counter, MAC`; MAC = HMAC(command key, "SDC1" ‖ dispenser ‖ boot id ‖ everything before the MAC).
#include "seal.h"

#include "bytes.h"
#include "sha256.h"

bool lapak_seal_accept(struct lapak_seal *seal, const uint8_t *message, size_t length)
{
    struct lapak_hmac hmac;
    uint8_t dispenser[4];
    const struct lapak_identity *identity = seal->identity;
    if (length < LAPAK_MESSAGE_HEAD + sizeof(uint32_t) + LAPAK_SEAL_MAC_SIZE) return false;
    length -= LAPAK_SEAL_MAC_SIZE;
    uint32_t counter = lapak_get_u32(message + length - sizeof counter);
    if (counter <= seal->counter) return false;
    lapak_put_u32(dispenser, identity->dispenser);
    lapak_hmac_begin(&hmac, identity->root_key, LAPAK_LABEL_COMMAND_KEY, sizeof LAPAK_LABEL_COMMAND_KEY - 1);
    lapak_hmac_add(&hmac, LAPAK_LABEL_COMMAND, sizeof LAPAK_LABEL_COMMAND - 1);
    lapak_hmac_add(&hmac, dispenser, sizeof dispenser);
    lapak_hmac_add(&hmac, identity->boot_id, sizeof identity->boot_id);
    lapak_hmac_add(&hmac, message, length);
    if (!lapak_hmac_matches(&hmac, message + length, LAPAK_SEAL_MAC_SIZE)) return false;
    seal->counter = counter;
    return true;
}
