// A store's journal as the centre keeps it, with the positions it signed: what a third party needs to verify it without asking us.
import Type from 'typebox';
import { contract } from './contract.ts';
import { Id, Input } from './parts.ts';
import { JournalRow, Witness } from './sync.ts';

const StoreParams = Input({ storeId: Id });

export const journalContract = contract({
  witnesses: {
    method: 'GET',
    path: '/api/v1/stores/{storeId}/journal/witnesses',
    access: { can: 'audit.read' },
    summary: 'The positions that the centre signed, oldest first, and the key that they verify with.',
    params: StoreParams,
    output: Type.Object({ publicKey: Type.String(), items: Type.Array(Witness) }),
    refusals: { 'unknown-store': 404 },
  },
  facts: {
    method: 'GET',
    path: '/api/v1/stores/{storeId}/journal',
    access: { can: 'audit.read' },
    summary: 'The texts of a store’s facts, in order.',
    params: StoreParams,
    query: Input({
      after: Type.Optional(Type.String({ pattern: '^\\d+\\.\\d+$' })),
      limit: Type.Optional(Type.String({ pattern: '^\\d{1,4}$' })),
    }),
    output: Type.Object({ items: Type.Array(JournalRow), next: Type.Union([Type.String(), Type.Null()]) }),
    refusals: { 'unknown-store': 404 },
  },
});
