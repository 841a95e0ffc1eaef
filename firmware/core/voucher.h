// Reading and verifying a scanned voucher, without the node and without trusting a byte of it.
#ifndef LAPAK_VOUCHER_H
#define LAPAK_VOUCHER_H

#include <stddef.h>
#include <stdint.h>

#include "lapak_wire.h"

#define LAPAK_VOUCHER_TEXT_LENGTH 56

struct lapak_voucher_keys {
    const uint8_t *root_key;
    uint32_t dispenser;
    uint32_t key_epoch;
};

// Returns an enum lapak_refusal. Only what the bytes and the keys decide: expiry, use and slots are the dispenser's to judge.
// The voucher is filled in, to be believed only where there was none.
uint8_t lapak_voucher_check(const struct lapak_voucher_keys *keys, const char *text, size_t length, struct lapak_voucher *voucher);

#endif
