// What every fact and every route must have, read from their definitions: a fact its version and its place in the registry, a route
// its access rule.
import { bracketPairs } from './functions.ts';
import { lineAt, type SourceFile, type Tree, type Violation } from './tree.ts';

interface Entry {
  key: string;
  start: number;
  /** The code between this key's colon and the next comma. */
  value: string;
}

/** The entries of the object literal that opens at a brace. */
export function entriesOf(code: string, brace: number): Entry[] {
  const pairs = bracketPairs(code);
  const end = pairs.get(brace) ?? code.length;
  const entries: Entry[] = [];
  let start = brace + 1;
  for (let at = start; at <= end; at++) {
    if (at === end || code[at] === ',') {
      const text = code.slice(start, at);
      const match = /^\s*(?:(?<key>[\w$]+)|['"]\s*['"])?\s*(?::(?<value>[\s\S]*))?/.exec(text);
      if (text.trim() !== '') {
        entries.push({ key: match?.groups?.key ?? '', start: start + text.search(/\S/), value: match?.groups?.value ?? text });
      }
      start = at + 1;
    } else at = pairs.get(at) ?? at;
  }
  return entries;
}

/** The braces that open the argument of each call of this name. */
const argumentsOf = (code: string, name: string): number[] =>
  [...code.matchAll(new RegExp(`(?<![\\w$.])(?<!function )${name}\\s*\\(\\s*\\{`, 'g'))].map(
    (match) => match.index + match[0].length - 1,
  );

const inFolder = ({ files }: Tree, folder: string): SourceFile[] =>
  files.filter(({ path }) => path.startsWith(folder) && path.endsWith('.ts') && !path.endsWith('.test.ts'));

/** A file of two words (`sale-closed.ts`) is a fact; those of one word are what facts are made of. */
export function factViolations(tree: Tree): Violation[] {
  const registry = tree.files.find(({ path }) => path === 'schema/facts/registry.ts');
  return inFolder(tree, 'schema/facts/').flatMap((file) => {
    const stem = file.path.replace(/^.*\/|\.ts$/g, '');
    const facts = argumentsOf(file.scanned.code, 'fact');
    const wrong = facts.flatMap((brace) => factRefusals(file, entriesOf(file.scanned.code, brace)));
    if (facts.length === 0 && !stem.includes('-')) return [];
    if (facts.length !== 1) wrong.push(`defines ${facts.length} facts: a fact has its own file`);
    if (!registry?.scanned.strings.some(({ text }) => text === `./${stem}.ts`)) wrong.push('is not in registry.ts');
    return wrong.map((says) => ({ path: file.path, says }));
  });
}

function factRefusals(file: SourceFile, entries: Entry[]): string[] {
  const version = entries.find(({ key }) => key === 'version')?.value.trim();
  const kind = entries.find(({ key }) => key === 'kind');
  const wrong: string[] = [];
  if (!version || !/^[1-9]\d*$/.test(version)) wrong.push('has no version: a literal from 1 up');
  if (!kind) wrong.push('has no kind');
  else {
    const named = file.scanned.strings.find(({ start }) => start > kind.start)?.text;
    const stem = file.path.replace(/^.*\/|\.ts$/g, '');
    if (named?.replaceAll('.', '-') !== stem) wrong.push(`has the kind ${named}: the file is named after it`);
  }
  return wrong;
}

/** Closed by default: a route is written out where it stands, with who may call it. */
export function accessViolations(tree: Tree): Violation[] {
  return inFolder(tree, 'schema/wire/').flatMap((file) => {
    const { code } = file.scanned;
    return argumentsOf(code, 'contract').flatMap((contract) =>
      entriesOf(code, contract).flatMap(({ key, start, value }) => {
        const line = lineAt(file.text, start);
        const brace = code.indexOf('{', start);
        if (!value.trim().startsWith('{'))
          return [{ path: file.path, line, says: `${key || 'an entry'} is not written out as a route` }];
        const has = entriesOf(code, brace).some((entry) => entry.key === 'access');
        return has ? [] : [{ path: file.path, line, says: `the route ${key} has no access rule` }];
      }),
    );
  });
}
