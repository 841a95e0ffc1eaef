// The source files of the repository, or of a small made-up one: what every rule of the architecture test looks at.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScannedText, scan } from './scan.ts';

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  path: string;
  text: string;
  scanned: ScannedText;
}

export interface Tree {
  files: SourceFile[];
  paths: ReadonlySet<string>;
  /** `#schema/` → `schema/`, from the `imports` of package.json. */
  subpaths: ReadonlyMap<string, string>;
}

export interface Violation {
  path: string;
  line?: number;
  says: string;
}

export type Rule = (tree: Tree) => Violation[];

const sourceName = /\.(ts|tsx|mjs|c|h|css|sql)$/;
const skippedFolders = new Set(['node_modules', 'dist', 'coverage', 'managed_components']);

export const isScript = ({ path }: SourceFile): boolean => /\.(ts|tsx|mjs)$/.test(path);
/** A test, or what tests share: `database-suite.ts`, `test-database.ts`. */
export const isTest = (path: string): boolean =>
  /\.test\.tsx?$|-suite\.tsx?$/.test(path) || (/\/test-[\w-]+\.ts$/.test(path) && !path.startsWith('cli/commands/'));

export function treeOf(texts: Record<string, string>): Tree {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text, scanned: scan(text) }));
  const tops = ['schema', 'node', 'sync-server', 'scripts', 'cli'];
  return { files, paths: new Set(Object.keys(texts)), subpaths: new Map(tops.map((top) => [`#${top}/`, `${top}/`])) };
}

export function readTree(root: string): Tree {
  const texts: Record<string, string> = {};
  for (const path of sourcePaths(root, '')) texts[path] = readFileSync(join(root, path), 'utf8');
  return { ...treeOf(texts), subpaths: subpathsOf(readFileSync(join(root, 'package.json'), 'utf8')) };
}

function* sourcePaths(root: string, folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!skippedFolders.has(entry.name) && !entry.name.startsWith('.')) yield* sourcePaths(root, path);
    } else if (sourceName.test(entry.name)) yield path;
  }
}

/** Each is `"#schema/*": { "source": "./schema/*.ts", … }`. */
export function subpathsOf(packageJson: string): Map<string, string> {
  const { imports } = JSON.parse(packageJson) as { imports: Record<string, { source: string }> };
  return new Map(
    Object.entries(imports).map(([name, { source }]) => [
      name.replace(/\*$/, ''),
      source.replace(/^\.\//, '').replace(/\*.*$/, ''),
    ]),
  );
}

export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
