// For a test of the scanner's bytes: takes pieces of hex, `.` for a silence, and prints each text that it found on a line of its own.
#include "scan_line.h"

#include <stdio.h>
#include <string.h>

static void print(struct scan_line *line)
{
    printf("%.*s\n", (int)line->length, line->text);
    scan_line_next(line);
}

int main(int count, char **pieces)
{
    static struct scan_line line;
    for (int i = 1; i < count; i++) {
        const char *piece = pieces[i];
        if (strcmp(piece, ".") == 0 && scan_line_silence(&line)) print(&line);
        for (unsigned byte; sscanf(piece, "%2x", &byte) == 1; piece += 2) {
            if (scan_line_take(&line, (uint8_t)byte)) print(&line);
        }
    }
    return 0;
}
