// Hands the words to oclif, which finds the command by the manifest, and answers what fails before a command has begun.
import { run } from '@oclif/core/run';
import { settings } from '@oclif/core/settings';
import { withVerb } from './default-verbs.ts';

export async function runCommandLine(argv: string[], main: string): Promise<void> {
  // The compiled commands are the only ones; in a clone oclif would look for a TypeScript compiler.
  settings.enableAutoTranspile = false;
  try {
    await run(withVerb(argv), main);
  } catch (error) {
    await answerFailure(error, argv);
  }
}

interface OclifExit extends Error {
  oclif?: { exit?: number };
}

async function answerFailure(error: unknown, argv: readonly string[]): Promise<void> {
  // oclif ends help and version with an exit that is no failure.
  if ((error as OclifExit).oclif?.exit === 0) return;
  const { errorDocument, errorText, explain } = await import('./ui/errors.ts');
  const explained = await explain(error, { attempt: 'find the command', command: 'lapak' });
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(errorDocument(explained), null, 2)}\n`);
  else process.stderr.write(errorText(explained, (text) => text));
  process.exitCode = explained.exit;
}
