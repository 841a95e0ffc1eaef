// Who may import whom: the table of the design, and the order of the centre's modules.
import { type ImportFound, importsOf } from './imports.ts';
import { isTest, type SourceFile, type Tree, type Violation } from './tree.ts';

interface Layer {
  from: string;
  /** Folders (with a slash) or files. */
  may: readonly string[];
  not?: readonly string[];
  /** Packages; absent where any will do. */
  packages?: readonly string[];
  /** Packages of which only the types are seen. */
  packageTypes?: readonly string[];
}

/** The first that fits decides. The pure folders stand in one order, and each imports from those before it. */
export const layers: readonly Layer[] = [
  { from: 'schema/values/', may: ['schema/values/'], packages: ['uuidv7'] },
  { from: 'schema/rules/', may: ['schema/values/', 'schema/rules/'], packages: [] },
  {
    from: 'schema/facts/',
    may: ['schema/values/', 'schema/rules/', 'schema/facts/'],
    packages: ['typebox', 'node:crypto'],
  },
  {
    from: 'schema/wire/',
    may: ['schema/values/', 'schema/rules/', 'schema/facts/', 'schema/wire/'],
    packages: ['typebox', 'node:crypto'],
  },
  {
    from: 'schema/tables/central/',
    may: ['schema/values/', 'schema/rules/', 'schema/facts/', 'schema/wire/', 'schema/tables/central/'],
    packages: ['drizzle-orm', 'drizzle-kit'],
  },
  {
    from: 'schema/tables/store/',
    may: ['schema/values/', 'schema/rules/', 'schema/facts/', 'schema/wire/', 'schema/tables/store/'],
    packages: ['drizzle-orm', 'drizzle-kit'],
  },
  { from: 'schema/client.ts', may: ['schema/wire/'], packages: [] },
  {
    from: 'schema/mount.ts',
    may: ['schema/values/', 'schema/rules/access.ts', 'schema/wire/'],
    packages: [],
    packageTypes: ['fastify'],
  },
  { from: 'schema/', may: [] },
  // The page runs in a browser: Vite builds it, and nothing of it is left for the node to import.
  { from: 'node/till/', may: ['node/till/', 'schema/'], not: ['schema/tables/'] },
  { from: 'node/', may: ['node/', 'schema/'], not: ['schema/tables/central/', 'node/till/'] },
  { from: 'sync-server/', may: ['sync-server/', 'schema/'], not: ['schema/tables/store/'] },
  { from: 'cli/', may: ['cli/', 'schema/'] },
  { from: 'firmware/', may: ['firmware/'] },
];

/** Lowest first: a module calls only those before it. */
export const moduleOrder = [
  'ledger',
  'notifications',
  'stores',
  'identity',
  'users',
  'addresses',
  'offices',
  'catalog',
  'campaigns',
  'factories',
  'devices',
  'wallets',
  'payments',
  'stock',
  'logistics',
  'warehouse',
  'orders',
  'group-buying',
  'settlements',
  'reviews',
  'reports',
  'analytics',
] as const;

const stands = (path: string, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));

const isPackage = (specifier: string, names: readonly string[]): boolean =>
  names.some((name) => specifier === name || specifier.startsWith(`${name}/`));

/** A command that starts a whole side, or fills it with sample goods, loads it only then. */
const startedByCommands = [
  'node/alone.ts',
  'node/main.ts',
  'node/maintenance.ts',
  'sync-server/main.ts',
  'sync-server/settings.ts',
  'scripts/sandbox/',
  'scripts/simulate/',
  'scripts/seed/',
];

const isLazyStart = (from: string, found: ImportFound): boolean =>
  found.form === 'dynamic' &&
  from.startsWith('cli/commands/') &&
  found.path !== undefined &&
  stands(found.path, startedByCommands);

/** Tests may reach across: they prove what crosses. */
export function layerViolations(tree: Tree): Violation[] {
  return tree.files
    .filter(({ path }) => !isTest(path))
    .flatMap((file) => {
      const layer = layers.find(({ from }) => stands(file.path, [from]));
      return layer ? importsOf(file, tree).flatMap((found) => refusalOf({ file, found, layer })) : [];
    });
}

/** What only tests need stays out of what is shipped; scripts may import anything. */
export function testImportViolations(tree: Tree): Violation[] {
  return tree.files
    .filter(({ path }) => !isTest(path) && !path.startsWith('scripts/'))
    .flatMap((file) =>
      importsOf(file, tree)
        .filter(({ path, specifier }) => (path && isTest(path)) || specifier === 'vitest')
        .map(({ specifier, line }) => ({
          path: file.path,
          line,
          says: `${specifier} is for tests: call the file test-… or …-suite`,
        })),
    );
}

function refusalOf({ file, found, layer }: { file: SourceFile; found: ImportFound; layer: Layer }): Violation[] {
  const says = `${layer.from} may not import ${found.specifier}`;
  return mayImport({ file, found, layer }) ? [] : [{ path: file.path, line: found.line, says }];
}

function mayImport({ file, found, layer }: { file: SourceFile; found: ImportFound; layer: Layer }): boolean {
  const { specifier, path, typeOnly } = found;
  if (path !== undefined) {
    return (stands(path, layer.may) && !stands(path, layer.not ?? [])) || isLazyStart(file.path, found);
  }
  if (layer.packages === undefined || isPackage(specifier, layer.packages)) return true;
  return typeOnly && isPackage(specifier, layer.packageTypes ?? []);
}

const modulePath = /^sync-server\/modules\/(?<noun>[^/]+)\/(?<file>.+)$/;

/** A module sees base, the providers' types, and the commands and queries of the modules before it. */
export function moduleViolations(tree: Tree): Violation[] {
  return tree.files.flatMap((file) => {
    const noun = modulePath.exec(file.path)?.groups?.noun;
    if (noun === undefined || isTest(file.path)) return [];
    const unknown = rankOf(noun) === -1 ? [{ path: file.path, says: `the module ${noun} has no place in the order` }] : [];
    const refused = importsOf(file, tree).flatMap((found) => {
      const says = moduleRefusal(noun, found);
      return says ? [{ path: file.path, line: found.line, says }] : [];
    });
    return [...unknown, ...refused];
  });
}

const rankOf = (noun: string): number => (moduleOrder as readonly string[]).indexOf(noun);

function moduleRefusal(noun: string, { path, specifier, typeOnly }: ImportFound): string | undefined {
  if (!path?.startsWith('sync-server/') || path.startsWith('sync-server/base/')) return undefined;
  if (path.startsWith('sync-server/providers/')) {
    return typeOnly ? undefined : `a module sees only types of providers, not ${specifier}`;
  }
  const other = modulePath.exec(path)?.groups;
  if (!other) return `a module may not import ${specifier}`;
  if (other.noun === noun) return undefined;
  if (rankOf(other.noun ?? '') > rankOf(noun)) return `${other.noun} comes after ${noun}: tell it by an event`;
  return /^(commands|queries)(\.ts$|\/)/.test(other.file ?? '')
    ? undefined
    : `of ${other.noun} only commands and queries are for others`;
}
