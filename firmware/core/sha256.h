// SHA-256 and HMAC, our own so that no port's TLS library is touched; under voucher.c and seal.c.
#ifndef LAPAK_SHA256_H
#define LAPAK_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LAPAK_SHA256_SIZE 32
#define LAPAK_SHA256_BLOCK 64

struct lapak_sha256 {
    uint32_t state[8];
    uint32_t length;
    uint8_t block[LAPAK_SHA256_BLOCK];
};

struct lapak_hmac {
    struct lapak_sha256 inner;
    uint8_t outer_key[LAPAK_SHA256_BLOCK];
};

void lapak_sha256_init(struct lapak_sha256 *hash);
void lapak_sha256_add(struct lapak_sha256 *hash, const void *bytes, size_t length);
void lapak_sha256_end(struct lapak_sha256 *hash, uint8_t digest[LAPAK_SHA256_SIZE]);

void lapak_hmac_init(struct lapak_hmac *hmac, const uint8_t key[LAPAK_SHA256_SIZE]);
void lapak_hmac_add(struct lapak_hmac *hmac, const void *bytes, size_t length);
void lapak_hmac_end(struct lapak_hmac *hmac, uint8_t mac[LAPAK_SHA256_SIZE]);
// Begins a MAC under a key that serves one purpose only: HMAC(root key, purpose).
void lapak_hmac_begin(struct lapak_hmac *hmac, const uint8_t root_key[LAPAK_SHA256_SIZE], const void *purpose, size_t length);
// Ends it, and compares as much of it as the message bears.
bool lapak_hmac_matches(struct lapak_hmac *hmac, const uint8_t *mac, size_t length);

#endif
