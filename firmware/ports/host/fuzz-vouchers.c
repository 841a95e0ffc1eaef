// For libFuzzer: any text before the scanner. Only the vouchers of the vectors are genuine, and each is itself.
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "test_vectors.h"
#include "voucher.h"

static bool is_genuine(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof test_vouchers / sizeof test_vouchers[0]; i++) {
        const char *known = test_vouchers[i].text;
        bool same = test_vouchers[i].refusal == LAPAK_REFUSAL_NONE && strlen(known) == length;
        for (size_t at = 0; same && at < length; at++) {
            char upper = text[at] >= 'a' && text[at] <= 'z' ? (char)(text[at] - 'a' + 'A') : text[at];
            char digit = at < 4 ? upper : upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper;
            same = digit == known[at];
        }
        if (same) return true;
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    struct lapak_voucher_keys keys = {test_root_key, TEST_DISPENSER, TEST_KEY_EPOCH};
    struct lapak_voucher voucher;
    // A copy of its own, so that reading past its end is noticed.
    char *text = malloc(size);
    if (size > 0) memcpy(text, input, size);
    uint8_t refusal = lapak_voucher_check(&keys, text, size, &voucher);
    if ((refusal == LAPAK_REFUSAL_NONE) != is_genuine(text, size)) __builtin_trap();
    free(text);
    return 0;
}
