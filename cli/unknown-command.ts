// What oclif calls when no command has the name that was typed: an error with the nearest name, never a guess that runs.
import type { Hook } from '@oclif/core';
import { wrongUse } from './failure.ts';
import { nearest } from './nearest.ts';

export const unknownCommand: Hook.CommandNotFound = async ({ id, config }) => {
  const typed = id.replaceAll(':', ' ');
  const names = config.commands.filter(({ hidden }) => !hidden).map(({ id: name }) => name.replaceAll(':', ' '));
  const close = nearest(typed, names);
  throw wrongUse(
    `There is no command “${typed}”.`,
    close ? `Did you mean \`${config.bin} ${close}\`?` : `See \`${config.bin} --help\`.`,
    'unknown-command',
  );
};
