// The printers of this node as they were set up, and which till prints where. A till that was never told prints at the first.
import type { Printer, PrinterLink, PrinterProfile } from '#schema/wire/print';
import { rowOf, rowsOf, type Sqlite, writer } from '../../base/sqlite.ts';

export interface PrinterRow extends Pick<Printer, 'id' | 'name'> {
  link: PrinterLink;
  profile: PrinterProfile;
}

export interface Printers {
  all(): PrinterRow[];
  byId(id: string): PrinterRow | undefined;
  byName(name: string): PrinterRow | undefined;
  put(printer: PrinterRow, at: number): void;
  remove(id: string): void;
  ofTill(tillId: string): PrinterRow | undefined;
  /** Codes of the tills that print there, told so or not. */
  tillsOf(printerId: string): string[];
  /** False where there is no such till. */
  assign(printerId: string, tillCode: string): boolean;
}

interface StoredPrinter {
  id: string;
  name: string;
  link: string;
  profile: string;
}

const parse = ({ id, name, link, profile }: StoredPrinter): PrinterRow => ({
  id,
  name,
  link: JSON.parse(link) as PrinterLink,
  profile: JSON.parse(profile) as PrinterProfile,
});

export function openPrinters(sqlite: Sqlite): Printers {
  const readAll = rowsOf<StoredPrinter>(sqlite, 'SELECT id, name, link, profile FROM printers ORDER BY added_at, id');
  const write = writer(
    sqlite,
    `INSERT INTO printers (id, name, link, profile, added_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, link = excluded.link, profile = excluded.profile`,
  );
  const removeAssignments = writer(sqlite, 'DELETE FROM till_printers WHERE printer_id = ?');
  const removePrinter = writer(sqlite, 'DELETE FROM printers WHERE id = ?');
  const readAssigned = rowOf<{ printerId: string }>(
    sqlite,
    'SELECT printer_id AS printerId FROM till_printers WHERE till_id = ?',
  );
  const readTills = rowsOf<{ id: string; code: string }>(sqlite, 'SELECT id, code FROM tills ORDER BY code');
  const readTill = rowOf<{ id: string }>(sqlite, 'SELECT id FROM tills WHERE code = ?');
  const writeAssigned = writer(
    sqlite,
    'INSERT INTO till_printers (till_id, printer_id) VALUES (?, ?) ON CONFLICT (till_id) DO UPDATE SET printer_id = excluded.printer_id',
  );
  let known: PrinterRow[] | undefined;
  const all = () => {
    known ??= readAll().map(parse);
    return known;
  };
  const byId = (id: string) => all().find((printer) => printer.id === id);
  const ofTill = (tillId: string) => byId(readAssigned(tillId)?.printerId ?? '') ?? all()[0];

  return {
    all,
    byId,
    byName: (name) => all().find((printer) => printer.name === name),
    ofTill,
    put({ id, name, link, profile }, at) {
      write(id, name, JSON.stringify(link), JSON.stringify(profile), at);
      known = undefined;
    },
    remove: sqlite.transaction((id: string) => {
      removeAssignments(id);
      removePrinter(id);
      known = undefined;
    }),
    tillsOf: (printerId) =>
      readTills()
        .filter(({ id }) => ofTill(id)?.id === printerId)
        .map(({ code }) => code),
    assign(printerId, tillCode) {
      const till = readTill(tillCode);
      if (till) writeAssigned(till.id, printerId);
      return till !== undefined;
    },
  };
}
