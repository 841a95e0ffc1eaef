// Words that do not stand where they would break a law: the clock, chance and timers are arguments; nothing is left for later.
import { isScript, isTest, lineAt, type Rule, type SourceFile, type Violation } from './tree.ts';

interface Word {
  pattern: RegExp;
  says: string;
}

const clockWords: Word[] = [
  { pattern: /\bDate\s*\.\s*now\b/g, says: 'Date.now: time is an argument' },
  { pattern: /\bnew\s+Date\s*(?:\(\s*\)|(?=[;,)\]}]))/g, says: 'new Date(): time is an argument' },
  {
    pattern: /(?<![\w$.])(?:globalThis\.)?(?:setTimeout|setInterval|setImmediate)\b/g,
    says: 'a timer: waiting is an argument',
  },
  { pattern: /\bMath\s*\.\s*random\b/g, says: 'Math.random: chance is an argument' },
  { pattern: /\b(?:randomBytes|randomUUID|randomInt|getRandomValues)\s*\(/g, says: 'a random number: chance is an argument' },
];

/** The real clock, timers and chance come in here; what builds, measures or starts real things has them too. */
const keepers = new RegExp(
  [
    '^(?:node/base|sync-server/base|node/till|scripts/build|scripts/bench)/',
    '^cli/ui/(?:clock|progress)\\.ts$',
    '^scripts/build\\.mjs$',
    '^scripts/[\\w-]+/(?:main|clock)\\.ts$',
  ].join('|'),
);

export const clockViolations: Rule = ({ files }) =>
  files
    .filter((file) => isScript(file) && !isTest(file.path) && !keepers.test(file.path))
    .flatMap((file) => wordsIn(file, clockWords));

const wordsIn = (file: SourceFile, words: Word[]): Violation[] =>
  words.flatMap(({ pattern, says }) =>
    [...file.scanned.code.matchAll(pattern)].map((match) => ({
      path: file.path,
      line: lineAt(file.text, match.index),
      says,
    })),
  );

const sqlClock =
  /\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|unixepoch|random|gen_random_uuid)\s*\(\s*\)|\b(?:current_timestamp|current_date|current_time|localtimestamp)\b|\b(?:datetime|strftime|julianday)\s*\([^)]*'now'/i;

/** Only what looks like a statement: a sentence may speak of now() too. */
const isSql = (text: string): boolean =>
  /\b(?:select|insert|update|delete|default|values|where|set|returning)\b/i.test(text) || /^\s*\w+\(\)\s*$/.test(text);

export const sqlClockViolations: Rule = ({ files }) =>
  files
    .filter(({ path }) => !isTest(path))
    .flatMap((file) => {
      const statements = file.path.endsWith('.sql') ? [{ start: 0, text: file.text }] : file.scanned.strings;
      const inStrings = statements
        .filter(({ text }) => sqlClock.test(text) && isSql(text))
        .map(({ start }) => ({
          path: file.path,
          line: lineAt(file.text, start),
          says: 'SQL that reads the clock or chance: pass it in',
        }));
      return [...inStrings, ...wordsIn(file, [{ pattern: /\.defaultNow\s*\(/g, says: 'defaultNow: pass the time in' }])];
    });

export const leftoverViolations: Rule = ({ files }) =>
  files.flatMap((file) =>
    [...file.text.matchAll(/\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/g)].map((match) => ({
      path: file.path,
      line: lineAt(file.text, match.index),
      says: `${match[0]}: do it, or open an issue`,
    })),
  );
