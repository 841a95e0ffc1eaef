// Customers that were added at tills: the fact names them, who they are comes beside it.
import { customerAdded } from '#schema/facts/customer-added';
import { type Finding, factsOf, type Reaction } from '../../base/reaction.ts';
import { noteAdded } from './commands/customers.ts';

export const usersReaction: Reaction = {
  module: 'users',
  async react(tx, facts) {
    const findings: Finding[] = [];
    for (const fact of factsOf(facts, customerAdded)) findings.push(...(await noteAdded(tx, fact)));
    return findings;
  },
};
