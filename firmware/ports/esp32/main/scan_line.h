// What a scanner module sends, as texts: one ends at CR, LF or after a silence; the module's reply to a trigger is none of it.
#ifndef SCAN_LINE_H
#define SCAN_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCAN_LINE_MAX 128
#define SCAN_LINE_SILENCE_MS 80

extern const uint8_t scan_line_trigger[9];

struct scan_line {
    char text[SCAN_LINE_MAX];
    size_t length;
    size_t reply_matched;
    bool too_long;
};

// True where a text is complete; the caller reads it, then calls scan_line_next.
bool scan_line_take(struct scan_line *line, uint8_t byte);
// After a silence: true where there was a text.
bool scan_line_silence(struct scan_line *line);
void scan_line_next(struct scan_line *line);

#endif
