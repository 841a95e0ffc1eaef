// What a file is called, how it begins, how long it is, and that it holds something of its own.
import { isScript, isTest, lineAt, type Rule, type SourceFile, type Violation } from './tree.ts';

const LINES_MAX = 400;
const bannedWords = /^(utils?|helpers?|managers?|common|misc)$/;
const bannedStems = /^(data|info)$/;

const firstLine = ({ text }: SourceFile): string => text.split('\n').find((line) => !line.startsWith('#!')) ?? '';

const isGenerated = (file: SourceFile): boolean => /\bgenerated\b|never by hand/i.test(firstLine(file));

const each =
  (says: (file: SourceFile) => string | undefined): Rule =>
  ({ files }) =>
    files.flatMap((file): Violation[] => {
      const found = says(file);
      return found === undefined ? [] : [{ path: file.path, says: found }];
    });

/** Says nothing about what it is for: such a file takes in everything. */
export const nameViolations = each(({ path }) => {
  const stems = path.split('/').map((part) => part.replace(/\..*$/, ''));
  const empty = stems.find((stem) => bannedStems.test(stem) || stem.split('-').some((word) => bannedWords.test(word)));
  return empty && `${empty} says nothing: name the noun`;
});

export const lengthViolations = each((file) => {
  const lines = file.text.trimEnd().split('\n').length;
  if (lines < LINES_MAX || file.path.startsWith('schema/tables/') || isGenerated(file)) return undefined;
  return `${lines} lines: a file has fewer than ${LINES_MAX}`;
});

export const openingViolations = each((file) => {
  if (file.path.includes('/migrations/') || /^\s*(\/\/|\/\*|--)/.test(firstLine(file))) return undefined;
  return 'begins without a comment that says what it is';
});

/** A file that only hands on what others export hides where things stand, and ties their imports into knots. */
export const barrelViolations = each((file) => {
  if (!isScript(file)) return undefined;
  const handedOn = file.scanned.code.match(/\bexport\s*(?:type\s*)?(?:\*|\{)/g);
  const own = file.scanned.code
    .replaceAll(/\bexport\s*(?:type\s*)?(?:\*(?:\s*as\s+[\w$]+)?|\{[^}]*\})(?:\s*from\s*['"]\s*['"])?/g, '')
    .replaceAll(/\bimport\b(?:[\s\w$,*]|\{[^}]*\})*?(?:from\s*)?['"]\s*['"]/g, '');
  return handedOn && /^[\s;]*$/.test(own) ? 'only hands on what other files export: import from those' : undefined;
});

// Tools and oclif load the default export of these.
const loadedByDefault = /(^|\/)[\w.-]*\.config\.ts$|^cli\/commands\//;

export const defaultViolations: Rule = ({ files }) =>
  files.flatMap((file) => {
    const found = isScript(file) && !loadedByDefault.test(file.path) && /\bexport\s+default\b/.exec(file.scanned.code);
    return found ? [{ path: file.path, line: lineAt(file.text, found.index), says: 'exports by default: give it its name' }] : [];
  });

/** What the core of the dispenser may include: what every compiler has without an operating system. */
const freestanding = new Set(['stdint.h', 'stddef.h', 'stdbool.h', 'string.h', 'limits.h']);

export const coreIncludeViolations: Rule = ({ files }) =>
  files
    .filter(({ path }) => path.startsWith('firmware/core/') && !isTest(path))
    .flatMap((file) =>
      [...file.text.matchAll(/^\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)")/gm)].flatMap(([, system, own], index) => {
        const isFine = system ? freestanding.has(system) : !own?.includes('..');
        return isFine ? [] : [{ path: file.path, says: `include ${index + 1}, ${system ?? own}: the core knows no system` }];
      }),
    );
