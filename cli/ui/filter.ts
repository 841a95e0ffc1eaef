// The filter language of lists and dashboards: `state=late,down queue>10 seen>2m !type=printer "isi ulang"`. Pure: text in, test out.
//
//   filter  = term { space term }                 all must match
//   term    = [ "!" ] ( compare | text )
//   compare = field op value { "," value }        op is = != < <= > >= ~ ; comma means or; ~ contains
//   text    = word | "quoted words"               in any column, also hidden ones; case and accents do not matter

export type FieldValue = string | number | null;

/** What a filter looks at. Ages are milliseconds, so that `seen>2m` compares like with like. */
export type Filterable = Record<string, FieldValue>;

export type Filter = (row: Filterable) => boolean;

export type ParsedFilter = { ok: true; matches: Filter } | { ok: false; position: number; message: string };

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~';

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const compareHead = /^([a-z][a-z0-9-]*)(!=|<=|>=|=|<|>|~)/i;

class FilterError extends Error {
  readonly position: number;
  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

export function parseFilter(text: string, fields: readonly string[]): ParsedFilter {
  try {
    const terms: Filter[] = [];
    let at = skipSpaces(text, 0);
    while (at < text.length) {
      const term = readTerm(text, at, fields);
      terms.push(term.matches);
      at = skipSpaces(text, term.end);
    }
    return { ok: true, matches: (row) => terms.every((matches) => matches(row)) };
  } catch (error) {
    if (error instanceof FilterError) return { ok: false, position: error.position, message: error.message };
    throw error;
  }
}

interface Read<T> {
  end: number;
  value: T;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}

function readTerm(text: string, from: number, fields: readonly string[]): { end: number; matches: Filter } {
  const negated = text[from] === '!';
  const at = negated ? from + 1 : from;
  if (at >= text.length || text[at] === ' ') throw new FilterError(at, 'after ! comes what must not match');
  const head = compareHead.exec(text.slice(at));
  const { end, matches } = head ? readCompare(text, at, head, fields) : readText(text, at);
  return { end, matches: negated ? (row) => !matches(row) : matches };
}

function readText(text: string, from: number): { end: number; matches: Filter } {
  const { end, value } = readValue(text, from, false);
  const wanted = fold(value);
  return { end, matches: (row) => Object.values(row).some((cell) => cell !== null && fold(String(cell)).includes(wanted)) };
}

function readCompare(text: string, from: number, head: RegExpExecArray, fields: readonly string[]) {
  const [whole, name = '', operator] = head;
  const field = fields.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (!field) throw new FilterError(from, `there is no field ${name}; there are ${fields.join(', ')}`);
  const values: string[] = [];
  let at = from + whole.length;
  for (;;) {
    const { end, value } = readValue(text, at, true);
    values.push(value);
    at = end;
    if (text[at] !== ',') break;
    at++;
  }
  return { end: at, matches: (row: Filterable) => compare(row[field] ?? null, operator as Operator, values) };
}

function readValue(text: string, from: number, endsAtComma: boolean): Read<string> {
  if (text[from] === '"') {
    const close = text.indexOf('"', from + 1);
    if (close < 0) throw new FilterError(from, 'this quote is not closed');
    return { end: close + 1, value: text.slice(from + 1, close) };
  }
  let end = from;
  while (end < text.length && text[end] !== ' ' && !(endsAtComma && text[end] === ',')) end++;
  if (end === from) throw new FilterError(from, 'a value is missing');
  return { end, value: text.slice(from, end) };
}

/** Without case and accents: `Café` is found by `cafe`. */
export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function compare(cell: FieldValue, operator: Operator, values: readonly string[]): boolean {
  if (operator === '!=') return !values.some((value) => isEqual(cell, value));
  return values.some((value) => compareOne(cell, operator, value));
}

function compareOne(cell: FieldValue, operator: Exclude<Operator, '!='>, value: string): boolean {
  if (operator === '=') return isEqual(cell, value);
  if (cell === null) return false;
  if (operator === '~') return fold(String(cell)).includes(fold(value));
  const order = typeof cell === 'number' ? cell - numberOf(value) : fold(cell).localeCompare(fold(value), 'en');
  if (Number.isNaN(order)) return false;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator];
}

const isEqual = (cell: FieldValue, value: string): boolean =>
  typeof cell === 'number' ? cell === numberOf(value) : fold(cell ?? '') === fold(value);

function numberOf(text: string): number {
  const match = /^(-?\d+(?:\.\d+)?)([smhd]?)$/i.exec(text);
  return match ? Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? 1) : Number.NaN;
}
