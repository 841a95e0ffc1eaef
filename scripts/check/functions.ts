// How long functions are, in TypeScript: bodies are found by their brackets in the scanned code.
import { isScript, isTest, lineAt, type SourceFile, type Tree, type Violation } from './tree.ts';

const LINES_MAX = 70;
const closers: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
const controlWords = /(?:^|[^\w$.])(?:if|for|while|switch|catch|with|await)\s*$/;

export interface FunctionFound {
  start: number;
  end: number;
  lines: number;
  /** An argument of a call: what stands in `describe` and `it`. */
  isCallback: boolean;
  /** Holds `describe` and `it` itself. */
  isSuite: boolean;
}

/** For each opening bracket its closing one. */
export function bracketPairs(code: string): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < code.length; at++) {
    const char = code.charAt(at);
    if ('([{'.includes(char)) open.push(at);
    else if (')]}'.includes(char)) {
      const start = open.pop();
      if (start !== undefined && closers[code.charAt(start)] === char) pairs.set(start, at);
    }
  }
  return pairs;
}

export function functionsOf({ text, scanned: { code } }: SourceFile): FunctionFound[] {
  const pairs = bracketPairs(code);
  const found: FunctionFound[] = [];
  for (const [start, end] of pairs) {
    if (code[start] !== '(' || controlWords.test(code.slice(Math.max(0, start - 12), start))) continue;
    const body = bodyAfter({ code, pairs, at: end + 1 });
    const bodyEnd = body === undefined ? undefined : pairs.get(body);
    if (bodyEnd === undefined) continue;
    const lines = lineAt(text.slice(start, bodyEnd), bodyEnd - start);
    const isSuite = lines > LINES_MAX && /(?<![\w$.])(?:it|describe)(?:\.\w+)*\s*\(/.test(code.slice(start, bodyEnd));
    found.push({
      start,
      end: bodyEnd,
      lines,
      isCallback: /[(,]\s*(?:async\s*)?$/.test(code.slice(Math.max(0, start - 40), start)),
      isSuite,
    });
  }
  return found;
}

interface Position {
  code: string;
  pairs: ReadonlyMap<number, number>;
  at: number;
}

const pastBlanks = (code: string, at: number): number => {
  let next = at;
  while (/\s/.test(code[next] ?? '')) next++;
  return next;
};

/** Where the body opens after the closing bracket of the parameters; nothing where they were only a call's arguments. */
function bodyAfter({ code, pairs, at }: Position): number | undefined {
  const next = pastBlanks(code, at);
  if (code[next] === '{') return next;
  if (code.startsWith('=>', next)) return openingAt(code, next + 2);
  return code[next] === ':' ? bodyAfterType({ code, pairs, at: next + 1 }) : undefined;
}

const openingAt = (code: string, at: number): number | undefined => {
  const next = pastBlanks(code, at);
  return '({['.includes(code[next] ?? ' ') ? next : undefined;
};

/** Skips a return type: a brace where a type is due belongs to the type, any other opens the body. */
function bodyAfterType({ code, pairs, at }: Position): number | undefined {
  let isTypeDue = true;
  for (let next = pastBlanks(code, at); next < code.length; next = pastBlanks(code, next + 1)) {
    const char = code.charAt(next);
    if (code.startsWith('=>', next)) return openingAt(code, next + 2);
    if (char === '{' && !isTypeDue) return next;
    if ('([{'.includes(char)) next = pairs.get(next) ?? code.length;
    else if (!/[\w$.<>|&,]/.test(char)) return undefined;
    isTypeDue = '|&<,'.includes(char);
  }
  return undefined;
}

/**
 * A function is as long as what it says itself: the functions inside it are counted by themselves, so that one which opens a part and
 * gives its methods is read a method at a time.
 */
export function ownLines(outer: FunctionFound, all: readonly FunctionFound[]): number {
  const isInside = (inner: FunctionFound, other: FunctionFound) => inner.start > other.start && inner.end <= other.end;
  const nested = all.filter((inner) => isInside(inner, outer));
  const direct = nested.filter((inner) => !nested.some((other) => isInside(inner, other)));
  return direct.reduce((left, inner) => left - (inner.lines - 1), outer.lines);
}

/** In tests what stands in `describe` and `it` may be as long as the story it tells. */
export function functionViolations({ files }: Tree): Violation[] {
  return files.filter(isScript).flatMap((file) => {
    const found = functionsOf(file);
    return found
      .filter(({ isCallback, isSuite }) => !((isCallback || isSuite) && isTest(file.path)))
      .map((each) => ({ start: each.start, own: ownLines(each, found) }))
      .filter(({ own }) => own > LINES_MAX)
      .map(({ start, own }) => ({
        path: file.path,
        line: lineAt(file.text, start),
        says: `a function of ${own} lines: at most ${LINES_MAX}`,
      }));
  });
}
