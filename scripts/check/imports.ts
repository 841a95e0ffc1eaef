// Finds what a source file imports, in every form there is, and where in the tree that stands.
import { isScript, lineAt, type SourceFile, type Tree } from './tree.ts';

export interface ImportFound {
  /** As it is written: `./money.ts`, `#schema/values/money`, `fastify`. */
  specifier: string;
  /** The file in the tree, or nothing for a package. */
  path: string | undefined;
  line: number;
  form: 'static' | 'dynamic' | 're-export';
  typeOnly: boolean;
}

// The specifier is blank in the scanned code, so these find where it stands and the string is looked up by its offset.
const forms: { form: ImportFound['form']; pattern: RegExp }[] = [
  {
    form: 'static',
    pattern: /(?<![\w$.])import(?<type>\s+type(?=[\s{*]))?(?:[\s\w$,*]|\{[^}]*\})*?(?:\bfrom\s*)?(?<quote>['"])/g,
  },
  {
    form: 're-export',
    pattern: /(?<![\w$.])export(?<type>\s+type)?\s*(?:\*(?:\s*as\s+[\w$]+)?|\{[^}]*\})\s*from\s*(?<quote>['"])/g,
  },
  { form: 'dynamic', pattern: /(?<![\w$.])(?<type>)(?:import|require)\s*\(\s*(?<quote>['"`])/g },
  { form: 'dynamic', pattern: /(?<![\w$.])(?<type>)import\.meta\.resolve\(\s*(?<quote>['"`])/g },
];

const found = new WeakMap<SourceFile, ImportFound[]>();

export function importsOf(file: SourceFile, tree: Tree): ImportFound[] {
  if (!isScript(file)) return [];
  const before = found.get(file);
  if (before) return before;
  const imports = forms.flatMap(({ form, pattern }) => importsOfForm({ file, tree, form, pattern }));
  found.set(file, imports);
  return imports;
}

function importsOfForm(search: { file: SourceFile; tree: Tree; form: ImportFound['form']; pattern: RegExp }): ImportFound[] {
  const { file, tree, form, pattern } = search;
  const strings = new Map(file.scanned.strings.map(({ start, text }) => [start, text]));
  return [...file.scanned.code.matchAll(pattern)].flatMap((match) => {
    const specifier = strings.get(match.index + match[0].length - 1);
    if (specifier === undefined) return [];
    const path = resolveSpecifier({ specifier, from: file.path, tree });
    return [
      {
        specifier,
        path,
        line: lineAt(file.text, match.index),
        form,
        typeOnly: Boolean(match.groups?.type) || areAllTypes(match[0]),
      },
    ];
  });
}

/** `import { type A, type B } from` is a type-only import too. */
function areAllTypes(statement: string): boolean {
  const names = /^(?:import|export)\s*\{([^}]*)\}/
    .exec(statement)?.[1]
    ?.split(',')
    .filter((name) => name.trim() !== '');
  return names !== undefined && names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
}

function resolveSpecifier({ specifier, from, tree }: { specifier: string; from: string; tree: Tree }): string | undefined {
  if (specifier.startsWith('.')) return fileAt(joinPath(from, specifier), tree);
  for (const [prefix, folder] of tree.subpaths) {
    if (specifier.startsWith(prefix)) return fileAt(`${folder}${specifier.slice(prefix.length)}`, tree);
  }
  return undefined;
}

/** A path that the tree lacks is kept as it is: its folder still decides whether it may be imported. */
const fileAt = (path: string, tree: Tree): string =>
  [path, `${path}.ts`, `${path}.tsx`].find((candidate) => tree.paths.has(candidate)) ?? path;

function joinPath(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
