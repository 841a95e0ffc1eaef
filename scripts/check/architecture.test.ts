// The architecture test: every rule of the design, on the tree as it is. Each rule's own test shows that it can fail.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cycleViolations } from './cycles.ts';
import {
  barrelViolations,
  coreIncludeViolations,
  defaultViolations,
  lengthViolations,
  nameViolations,
  openingViolations,
} from './files.ts';
import { functionViolations } from './functions.ts';
import { layerViolations, moduleViolations, testImportViolations } from './layers.ts';
import { accessViolations, factViolations } from './schema.ts';
import { type Rule, readTree } from './tree.ts';
import { clockViolations, leftoverViolations, sqlClockViolations } from './words.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tree = readTree(root);

const rules: Record<string, Rule> = {
  'imports go only where the layers allow': layerViolations,
  'modules of the centre call only commands and queries of those before them': moduleViolations,
  'only tests import what is for tests': testImportViolations,
  'no file imports itself by a detour': cycleViolations,
  'no file only hands on what others export': barrelViolations,
  'exports have names': defaultViolations,
  'files say what they are in their first line': openingViolations,
  'files have names that say something': nameViolations,
  'files are short': lengthViolations,
  'functions are short': functionViolations,
  'time, chance and waiting are arguments': clockViolations,
  'no SQL reads the clock': sqlClockViolations,
  'nothing is left for later': leftoverViolations,
  'every fact has a version and stands in the registry': factViolations,
  'every route has an access rule': accessViolations,
  'the core of the dispenser knows no operating system': coreIncludeViolations,
};

describe('architecture', () => {
  it.each(Object.entries(rules))('%s', (_, rule) => {
    expect(rule(tree).map(({ path, line, says }) => `${path}${line ? `:${line}` : ''}: ${says}`)).toEqual([]);
  });

  it('looks at the whole tree', () => {
    expect(tree.files.length).toBeGreaterThan(50);
    expect([...tree.subpaths.keys()]).toContain('#schema/');
  });

  // The build writes the manifest into dist, and in CI leaves the committed one as it is.
  const built = join(root, 'dist', 'oclif.manifest.json');
  it.skipIf(!existsSync(built))('the committed manifest of the commands is the one that they give', () => {
    expect(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')).toBe(readFileSync(built, 'utf8'));
  });
});
