// A shape's `where` as SQL that can stand anywhere: parameters become literals, and nothing in it can leave its parentheses.
import pg from 'pg';

export type CompiledFilter = { ok: true; sql: string } | { ok: false; message: string };

// In order: a string, a quoted name, a parameter, a word, what would end or open a statement, or any other character.
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)|[a-z_][a-z0-9_]*|--|\/\*|[;\\$]|[\s\S]/giy;

const refusedTokens = new Set(['--', '/*', ';', '\\', '$', "'", '"']);

/** Literals rather than bound parameters: Postgres then gives them the type of what they are compared with, also inside DECLARE. */
export function compileFilter(where: string, params: Record<string, string>): CompiledFilter {
  let sql = '';
  let depth = 0;
  for (const match of where.matchAll(token)) {
    const [text, parameter] = match;
    const refuse = (what: string): CompiledFilter => ({ ok: false, message: `At location ${match.index}: ${what}` });
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth < 0 || refusedTokens.has(text)) return refuse(`syntax error at or near ${JSON.stringify(text)}`);
    if (/^select$/i.test(text)) return refuse('subqueries are not supported');
    if (parameter === undefined) {
      sql += text;
      continue;
    }
    const value = params[parameter];
    if (value === undefined) return refuse(`parameter $${parameter} was not provided`);
    if (value.includes('\0')) return refuse(`parameter $${parameter} contains a zero byte`);
    // Spaces keep the literal from joining a neighbour: E'…' forms, or two strings in a row.
    sql += ` ${pg.escapeLiteral(value)} `;
  }
  return depth === 0 ? { ok: true, sql } : { ok: false, message: `At location ${where.length}: syntax error at end of input` };
}
