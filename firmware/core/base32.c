// Crockford base32, decoding only: a dispenser never writes vouchers.
#include "base32.h"

char lapak_upper_case(char character)
{
    return (char)(character >= 'a' && character <= 'z' ? character - 'a' + 'A' : character);
}

// 32 and more where it is none.
static uint32_t digit_of(char character)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint32_t digit = 0;
    character = lapak_upper_case(character);
    if (character == 'O') character = '0';
    if (character == 'I' || character == 'L') character = '1';
    while (digit < 32 && alphabet[digit] != character) digit++;
    return digit;
}

bool lapak_base32_decode(const char *text, size_t text_length, uint8_t *bytes, size_t length)
{
    uint32_t held = 0;
    unsigned held_bits = 0;
    size_t done = 0;
    if (text_length != (length * 8 + 4) / 5) return false;
    for (size_t i = 0; i < text_length; i++) {
        uint32_t digit = digit_of(text[i]);
        if (digit > 31) return false;
        held = (held << 5) | digit;
        held_bits += 5;
        if (held_bits < 8) continue;
        held_bits -= 8;
        bytes[done++] = (uint8_t)(held >> held_bits);
        held &= (1u << held_bits) - 1;
    }
    // Else one voucher would have several spellings.
    return held == 0;
}
