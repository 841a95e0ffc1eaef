// GM65 and GM861 in command mode: `7E 00 08 01 00 02 01 AB CD` makes them look, `02 00 00 01 00 33 31` says that they do.
#include "scan_line.h"

const uint8_t scan_line_trigger[9] = {0x7E, 0x00, 0x08, 0x01, 0x00, 0x02, 0x01, 0xAB, 0xCD};

static const uint8_t reply[7] = {0x02, 0x00, 0x00, 0x01, 0x00, 0x33, 0x31};

static bool end(struct scan_line *line)
{
    bool whole = line->length > 0 && !line->too_long;
    if (!whole) scan_line_next(line);
    return whole;
}

void scan_line_next(struct scan_line *line)
{
    line->length = 0;
    line->reply_matched = 0;
    line->too_long = false;
}

bool scan_line_take(struct scan_line *line, uint8_t byte)
{
    if (line->length == 0 && byte == reply[line->reply_matched]) {
        line->reply_matched = (line->reply_matched + 1) % sizeof reply;
        return false;
    }
    if (byte == '\r' || byte == '\n') return end(line);
    line->reply_matched = 0;
    if (line->length < sizeof line->text) line->text[line->length++] = (char)byte;
    else line->too_long = true;
    return false;
}

bool scan_line_silence(struct scan_line *line)
{
    return end(line);
}
