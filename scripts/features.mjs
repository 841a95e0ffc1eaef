// npm run features: which promises of docs/features.md no test carries in its title. --json prints {total, covered, missing}.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const skippedFolders = new Set(['node_modules', 'dist', 'coverage', 'managed_components']);

/** The rows of the page: `| PAY-04 | S C | promise |`. */
export const promisedIn = (page) => [...page.matchAll(/^\|\s*([A-Z]{3}-\d{2})\s*\|/gm)].map(([, id]) => id);

/** The ids in the titles of tests that run: a comment carries nothing, nor does a test that is skipped or still to be written. */
export function carriedIn(source) {
  const text = source.replaceAll(/^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  // A bracket in a string closes nothing.
  const code = text.replaceAll(/(['"`])(?:\\.|(?!\1)[^\n\\])*\1/g, (string) => string.replaceAll(/[()]/g, ' '));
  const carried = [];
  for (const match of text.matchAll(/\(\s*(['"`])(?:\\.|(?!\1).)*\1/gs)) {
    const ids = match[0].match(/(?<=\[|,\s?|\s)[A-Z]{3}-\d{2}(?=[\],\s])/g) ?? [];
    if (/\[[^\]]*\]/.test(match[0]) && isTitle(code.slice(0, match.index))) carried.push(...ids);
  }
  return carried;
}

/** What stands before the bracket is `it`, `test` or `describe`, with `.each([...])` and the like. */
function isTitle(before) {
  const chain = withoutArguments(before.trimEnd());
  const call = /(?:^|[^\w$.])(?:it|test|describe)((?:\s*\.\s*\w+|\(\))*)$/.exec(chain);
  return call !== null && !/\b(?:skip|todo|fails)\b/.test(call[1]);
}

/** `it.each([...])` becomes `it.each()`, as often as brackets end it. */
function withoutArguments(before) {
  if (!before.endsWith(')')) return before;
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    if (before[at] === ')') depth++;
    if (before[at] === '(' && --depth === 0) return `${withoutArguments(before.slice(0, at))}()`;
  }
  return before;
}

function* testsUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skippedFolders.has(entry.name) && !entry.name.startsWith('.')) yield* testsUnder(path);
    } else if (/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}

export function coverage(root) {
  const promised = promisedIn(readFileSync(join(root, 'docs', 'features.md'), 'utf8'));
  const carried = new Set([...testsUnder(root)].flatMap((path) => carriedIn(readFileSync(path, 'utf8'))));
  const missing = promised.filter((id) => !carried.has(id));
  return { total: promised.length, covered: promised.length - missing.length, missing };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { total, covered, missing } = coverage(dirname(dirname(fileURLToPath(import.meta.url))));
  if (process.argv.includes('--json')) console.log(JSON.stringify({ total, covered, missing }));
  else {
    if (missing.length > 0) console.log(missing.join('\n'));
    console.log(`${covered} of ${total} promises are carried by a test`);
  }
}
