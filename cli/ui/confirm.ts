// The question before something dangerous: Enter means no, and without a person to ask it is no with the flag named.
import { exitCodes } from '../exit-codes.ts';
import { Failure, wrongUse } from '../failure.ts';
import { readLine } from './line.ts';

export async function confirm(question: string, { mayAsk }: { mayAsk: boolean }): Promise<void> {
  if (!mayAsk)
    throw wrongUse(
      `${question} That needs a yes, and nobody is there to give it.`,
      'Add --yes if you are sure.',
      'not-confirmed',
    );
  if (/^y(es)?$/i.test(await readLine(`${question} y/N`))) return;
  throw new Failure({
    exit: exitCodes.interrupted,
    code: 'not-confirmed',
    what: 'Nothing was changed.',
    why: 'The question was not answered with yes.',
    next: 'Run it again and answer y, or add --yes.',
  });
}
