// Deciding on what a replaced machine has sent: the same for taking it in and for setting it aside.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import type { Centre } from './connect.ts';
import { notFound, wrongUse } from './failure.ts';
import { findStore } from './find.ts';
import { dryRunFlag, yesFlag } from './flags.ts';

export const decisionArgs = {
  store: Args.string({ required: true, description: 'The store: its code, its id or a prefix of one.' }),
};

export const decisionFlags = {
  note: Flags.string({ required: true, summary: 'Why, for whoever reads it later.' }),
  'up-to': Flags.string({ summary: 'Only up to this fact, like 1.42; all unless said.', helpValue: '<position>' }),
  ...dryRunFlag,
  ...yesFlag,
};

interface Decision {
  how: 'accept' | 'discard';
  note: string;
  upTo: string | undefined;
}

/** The machine whose facts are held longest comes first; another of the same store is a decision of its own. */
export async function findHeld(centre: Centre, text: string) {
  const store = await findStore(centre, text);
  const { items } = await centre.recovery.quarantined({ query: { storeId: store.id, limit: '1' } });
  const [first] = items;
  if (!first)
    throw notFound(`Nothing of ${store.name} is in quarantine.`, 'See all of it: lapak quarantine list', 'nothing-held');
  return { store, nodeId: first.nodeId };
}

export async function decide(
  centre: Centre,
  held: Awaited<ReturnType<typeof findHeld>>,
  { how, note, upTo }: Decision,
): Promise<{ decided: number; exceptions: number; held: number }> {
  const place = upTo === undefined ? undefined : positionOf(upTo);
  const body = { storeId: held.store.id, nodeId: held.nodeId, how, note, ...(place && { upTo: place }) };
  const sum = { decided: 0, exceptions: 0, held: 0 };
  // A decision takes a thousand at once; of what has a limit, one is enough to see that it is reached.
  for (;;) {
    const one = await centre.recovery.decide({ body });
    sum.decided += one.decided;
    sum.exceptions += one.exceptions;
    sum.held = one.held;
    if (one.held === 0 || place !== undefined || one.decided < 1_000) return sum;
  }
}

function positionOf(text: string): { generation: number; seq: number } {
  const [, generation, seq] = /^(\d{1,9})\.(\d{1,12})$/.exec(text) ?? [];
  if (generation === undefined || seq === undefined)
    throw wrongUse(
      `“${text}” is not a position.`,
      'Write it like 1.42: the generation, a dot, the number of the fact.',
      'bad-position',
    );
  return { generation: Number(generation), seq: Number(seq) };
}
