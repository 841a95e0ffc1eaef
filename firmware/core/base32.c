// Crockford base32, decoding only: a dispenser never writes vouchers.
#include "base32.h"

static int digit_of(char character)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    if (character >= 'a' && character <= 'z') character = (char)(character - 'a' + 'A');
    if (character == 'O') return 0;
    if (character == 'I' || character == 'L') return 1;
    for (int digit = 0; digit < 32; digit++) {
        if (alphabet[digit] == character) return digit;
    }
    return -1;
}

bool lapak_base32_decode(const char *text, size_t text_length, uint8_t *bytes, size_t length)
{
    uint32_t held = 0;
    unsigned held_bits = 0;
    size_t done = 0;
    if (text_length != (length * 8 + 4) / 5) return false;
    for (size_t i = 0; i < text_length; i++) {
        int digit = digit_of(text[i]);
        if (digit < 0) return false;
        held = (held << 5) | (uint32_t)digit;
        held_bits += 5;
        if (held_bits < 8) continue;
        held_bits -= 8;
        bytes[done++] = (uint8_t)(held >> held_bits);
        held &= (1u << held_bits) - 1;
    }
    // Else one voucher would have several spellings.
    return held == 0;
}
