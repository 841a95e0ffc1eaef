// From a scanned text to a question for the node, a refusal, or a vend without the node.
#ifndef LAPAK_SCAN_H
#define LAPAK_SCAN_H

#include "dispenser.h"

void lapak_scan_text(struct lapak_dispenser *dispenser, const char *text, size_t length);
// The node said yes. What changed since the question still counts.
void lapak_scan_permitted(struct lapak_dispenser *dispenser);
// The node did not answer: vend alone where that is allowed.
void lapak_scan_unanswered(struct lapak_dispenser *dispenser);

#endif
