// SHA-256 (FIPS 180-4) and HMAC (RFC 2104), small rather than fast: a voucher takes some 80,000 instructions.
#include "sha256.h"

#include <string.h>

#include "bytes.h"

#define ROUNDS 64

static const uint32_t round_constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t word, unsigned count)
{
    return (word >> count) | (word << (32 - count));
}

// Each of the standard's four mixing functions is two rotations of a word, and a third or a shift.
static uint32_t mix(uint32_t word, unsigned one, unsigned other, uint32_t third)
{
    return rotate(word, one) ^ rotate(word, other) ^ third;
}

static void compress(struct lapak_sha256 *hash)
{
    uint32_t words[ROUNDS];
    uint32_t s[8];
    for (unsigned i = 0; i < ROUNDS; i++) {
        const uint32_t *w = words + i;
        words[i] = i < 16 ? lapak_get_u32(hash->block + 4 * i)
                          : w[-16] + w[-7] + mix(w[-15], 7, 18, w[-15] >> 3) + mix(w[-2], 17, 19, w[-2] >> 10);
    }
    memcpy(s, hash->state, sizeof s);
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
        uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        uint32_t first = s[7] + mix(s[4], 6, 11, rotate(s[4], 25)) + choice + round_constants[i] + words[i];
        uint32_t second = mix(s[0], 2, 13, rotate(s[0], 22)) + majority;
        memmove(s + 1, s, 7 * sizeof s[0]);
        s[4] += first;
        s[0] = first + second;
    }
    for (unsigned i = 0; i < 8; i++) hash->state[i] += s[i];
}

void lapak_sha256_init(struct lapak_sha256 *hash)
{
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(hash->state, start, sizeof start);
    hash->length = 0;
}

void lapak_sha256_add(struct lapak_sha256 *hash, const void *bytes, size_t length)
{
    const uint8_t *from = bytes;
    while (length-- > 0) {
        hash->block[hash->length++ % LAPAK_SHA256_BLOCK] = *from++;
        if (hash->length % LAPAK_SHA256_BLOCK == 0) compress(hash);
    }
}

void lapak_sha256_end(struct lapak_sha256 *hash, uint8_t digest[LAPAK_SHA256_SIZE])
{
    uint32_t length = hash->length;
    uint8_t byte = 0x80;
    do {
        lapak_sha256_add(hash, &byte, 1);
        byte = 0;
    } while (hash->length % LAPAK_SHA256_BLOCK != LAPAK_SHA256_BLOCK - 8);
    uint8_t bits[8];
    lapak_put_u32(bits, length >> 29);
    lapak_put_u32(bits + 4, length << 3);
    lapak_sha256_add(hash, bits, sizeof bits);
    for (unsigned i = 0; i < 8; i++) lapak_put_u32(digest + 4 * i, hash->state[i]);
}

void lapak_hmac_init(struct lapak_hmac *hmac, const uint8_t key[LAPAK_SHA256_SIZE])
{
    uint8_t inner_key[LAPAK_SHA256_BLOCK];
    for (size_t i = 0; i < LAPAK_SHA256_BLOCK; i++) {
        uint8_t byte = i < LAPAK_SHA256_SIZE ? key[i] : 0;
        inner_key[i] = byte ^ 0x36;
        hmac->outer_key[i] = byte ^ 0x5c;
    }
    lapak_sha256_init(&hmac->inner);
    lapak_sha256_add(&hmac->inner, inner_key, sizeof inner_key);
}

void lapak_hmac_add(struct lapak_hmac *hmac, const void *bytes, size_t length)
{
    lapak_sha256_add(&hmac->inner, bytes, length);
}

void lapak_hmac_end(struct lapak_hmac *hmac, uint8_t mac[LAPAK_SHA256_SIZE])
{
    struct lapak_sha256 outer;
    lapak_sha256_end(&hmac->inner, mac);
    lapak_sha256_init(&outer);
    lapak_sha256_add(&outer, hmac->outer_key, sizeof hmac->outer_key);
    lapak_sha256_add(&outer, mac, LAPAK_SHA256_SIZE);
    lapak_sha256_end(&outer, mac);
}

void lapak_hmac_begin(struct lapak_hmac *hmac, const uint8_t root_key[LAPAK_SHA256_SIZE], const void *purpose, size_t length)
{
    uint8_t key[LAPAK_SHA256_SIZE];
    lapak_hmac_init(hmac, root_key);
    lapak_hmac_add(hmac, purpose, length);
    lapak_hmac_end(hmac, key);
    lapak_hmac_init(hmac, key);
}

bool lapak_hmac_matches(struct lapak_hmac *hmac, const uint8_t *mac, size_t length)
{
    uint8_t found[LAPAK_SHA256_SIZE];
    lapak_hmac_end(hmac, found);
    return lapak_same_bytes(found, mac, length);
}
