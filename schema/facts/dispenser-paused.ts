// dispenser.paused: somebody at the store took a dispenser out of use, or back into it. Meanwhile nothing is sold from it, it gets no word to
// pour from its node, and is told to pour nothing alone.
import Type from 'typebox';
import { Body, Id } from './body.ts';
import { type BodyOf, fact } from './fact.ts';

export const dispenserPaused = fact({
  kind: 'dispenser.paused',
  version: 1,
  body: Body({ dispenserId: Id, paused: Type.Boolean() }),
  subjects: (body) => [body.dispenserId],
});

export type DispenserPaused = BodyOf<typeof dispenserPaused>;
