// Between journal.c (which writes records) and journal_open.c (which reads them at boot): what a record means, and leaving a sector.
#ifndef LAPAK_JOURNAL_STATE_H
#define LAPAK_JOURNAL_STATE_H

#include "journal.h"

// What is known once this record stands on the flash. False: it cannot stand where it does.
bool lapak_journal_take(struct lapak_journal *journal, const struct lapak_record *record);
bool lapak_journal_keep_pending(struct lapak_journal *journal, const struct lapak_outcome_message *outcome);
// Goes on in the next sector of the ring, or in the first one of an empty flash: erases it and writes the snapshot there.
bool lapak_journal_move(struct lapak_journal *journal);

#endif
