// What crosses the wire changes only on purpose: the hash over every schema is pinned beside the version.
import { expect, it } from 'vitest';
import { textHash } from '../facts/chain.ts';
import { factKinds } from '../facts/registry.ts';
import { centreContracts } from './centre.ts';
import { routesOf } from './contract.ts';
import { frameLayout, messages, voucherLayout } from './dispenser.ts';
import { nodeContracts } from './node.ts';
import { shapes } from './shape.ts';
import { WIRE_HASH } from './version.ts';

it('[SYN-09] the hash over all wire schemas is the one pinned beside the wire version', () => {
  const facts = [...factKinds.values()].map(({ kind, version, schema }) => ({ kind, version, schema }));
  const everything = {
    centre: routesOf(centreContracts),
    node: routesOf(nodeContracts),
    facts,
    shapes,
    messages,
    voucherLayout,
    frameLayout,
  };
  expect(textHash(JSON.stringify(everything))).toBe(WIRE_HASH);
});
