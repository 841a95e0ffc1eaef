// Between journal.c (which writes records) and journal_open.c (which reads them at boot): a record's bodies, and leaving a sector.
#ifndef LAPAK_JOURNAL_STATE_H
#define LAPAK_JOURNAL_STATE_H

#include "journal.h"

#define LAPAK_WINDOW_PARTS (LAPAK_WINDOW_SPAN / 8 / LAPAK_RECORD_BODY)

void lapak_outcome_to_record(const struct lapak_outcome *outcome, struct lapak_record *record);
void lapak_outcome_from_record(struct lapak_outcome *outcome, const struct lapak_record *record);
bool lapak_pending_add(struct lapak_journal *journal, const struct lapak_outcome *outcome);
void lapak_pending_remove(struct lapak_journal *journal, uint32_t serial);
// Erases the sector, writes the snapshot there, and makes it the one that counts.
bool lapak_journal_move(struct lapak_journal *journal, uint16_t sector);
// One record of the log, in the room that is there.
bool lapak_journal_append(struct lapak_journal *journal, struct lapak_record *record);
uint16_t lapak_journal_room(const struct lapak_journal *journal);

#endif
