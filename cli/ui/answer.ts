// The answer of a command as text for standard output, in the form that was asked for. JSON is always one document.
import { csvText } from './csv.ts';
import type { Listed } from './list.ts';
import { recordText, tableText } from './table.ts';
import { yamlText } from './yaml.ts';

export const outputForms = ['table', 'json', 'csv', 'yaml'] as const;
export type OutputForm = (typeof outputForms)[number];

export const jsonDocument = (result: unknown): string => `${JSON.stringify({ ok: true, result }, null, 2)}\n`;

export interface ListAnswer<Row> {
  form: OutputForm;
  listed: Listed<Row>;
  /** Whether columns were chosen: then JSON and YAML hold those alone. */
  chosen: boolean;
  /** What stands in place of an empty table. */
  empty: string;
  dim: (text: string) => string;
}

export function listAnswer<Row>({ form, listed, chosen, empty, dim }: ListAnswer<Row>): string {
  const { rows, columns } = listed;
  const plain = chosen ? rows.map((row) => Object.fromEntries(columns.map((column) => [column.name, column.value(row)]))) : rows;
  switch (form) {
    case 'json':
      return jsonDocument(plain);
    case 'yaml':
      return yamlText(plain);
    case 'csv':
      return csvText(
        columns.map(({ name }) => name),
        rows.map((row) => columns.map((column) => column.value(row))),
      );
    case 'table':
      return rows.length === 0 ? `${empty}\n` : tableText(columns, rows, dim);
  }
}

export interface RecordAnswer {
  form: OutputForm;
  result: object;
  /** How a person reads it. */
  text: () => string;
}

export function recordAnswer({ form, result, text }: RecordAnswer): string {
  switch (form) {
    case 'json':
      return jsonDocument(result);
    case 'yaml':
      return yamlText(result);
    case 'csv':
      return csvText(Object.keys(result), [
        Object.values(result).map((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)),
      ]);
    case 'table':
      return text();
  }
}

export const fieldsText = (fields: Record<string, string>): string => recordText(Object.entries(fields));
