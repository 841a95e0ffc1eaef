// A directive is done when the fact that it asked for has come up, and refused when the node says so.
import { customerErased } from '#schema/facts/customer-erased';
import { deviceAnswered } from '#schema/facts/device-answered';
import { directiveAnswered } from '#schema/facts/directive-answered';
import { stockMoved } from '#schema/facts/stock-moved';
import { stockReleased } from '#schema/facts/stock-released';
import { stockReserved } from '#schema/facts/stock-reserved';
import { tagsRead } from '#schema/facts/tags-read';
import { voucherIssued } from '#schema/facts/voucher-issued';
import { type AppliedFact, factsOf, type Reaction } from '../../base/reaction.ts';
import { type DirectiveAnswer, noteDirectiveAnswers } from './commands.ts';

export const storesReaction: Reaction = {
  module: 'stores',
  async react(tx, facts) {
    const [first] = facts;
    if (!first) return undefined;
    const deeds = [
      ...factsOf(facts, stockMoved),
      ...factsOf(facts, tagsRead),
      ...factsOf(facts, stockReserved),
      ...factsOf(facts, stockReleased),
      ...factsOf(facts, voucherIssued),
      ...factsOf(facts, customerErased),
      ...factsOf(facts, deviceAnswered),
    ];
    const done = deeds.flatMap(doneAnswer);
    const refused = factsOf(facts, directiveAnswered).map(
      ({ occurredAt, body: { directiveId, code, detail } }): DirectiveAnswer => ({
        directiveId,
        state: 'refused',
        answeredAt: occurredAt,
        code,
        detail,
      }),
    );
    await noteDirectiveAnswers(tx, first.storeId, [...done, ...refused]);
    return undefined;
  },
};

function doneAnswer({ occurredAt, body }: AppliedFact<{ directiveId: string | null }>): DirectiveAnswer[] {
  if (body.directiveId === null) return [];
  return [{ directiveId: body.directiveId, state: 'done', answeredAt: occurredAt, code: null, detail: null }];
}
