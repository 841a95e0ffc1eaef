// Rows as CSV (RFC 4180): raw values, so that a spreadsheet can add them up.

export type CsvValue = string | number | boolean | null;

// A cell that a spreadsheet would run as a formula is made text: names come from people.
const cell = (value: CsvValue): string => {
  const text = value === null ? '' : typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvText = (header: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
