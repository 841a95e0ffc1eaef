// lapak user add LOGIN: a person who may sign in at the centre.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { roles } from '#schema/rules/access';
import { LapakCommand } from '../../base-command.ts';
import { dryRunFlag } from '../../flags.ts';
import { makeId } from '../../ids.ts';
import { readSecret } from '../../ui/secret.ts';

const roleNames = Object.keys(roles) as (keyof typeof roles)[];

export default class UserAdd extends LapakCommand<typeof UserAdd> {
  static override summary = 'Add a person who may sign in.';
  static override examples = [
    'pass show lapak/finance | <%= config.bin %> user add finance --name Finance --role finance --password -',
  ];
  static override args = { login: Args.string({ required: true, description: 'What they type to sign in.' }) };
  static override flags = {
    name: Flags.string({ required: true, summary: 'Their name.' }),
    role: Flags.option({ options: roleNames, required: true, summary: 'What they may do.' })(),
    password: Flags.string({ summary: '- reads it from standard input; asked for otherwise.', helpValue: '-' }),
    ...dryRunFlag,
  };

  protected readonly attempt = 'add the person';

  async run(): Promise<void> {
    const { name, role, password: flag } = this.flags;
    const password = await readSecret({ flag, question: `Password for ${this.args.login}`, mayAsk: !this.flags['no-input'] });
    const centre = await this.centre();
    const person = await centre.identity.createUser({ body: { id: makeId(), login: this.args.login, name, role, password } });
    this.show(person, () => `Added ${person.name} (${person.login}) as ${person.role}.\n`);
  }
}
