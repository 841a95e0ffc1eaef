// A password or a PIN from a person who types it unseen, or from standard input for scripts; never from the command line, which everybody can read.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { wrongUse } from '../failure.ts';

export async function readStandardInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

interface SecretWish {
  /** What the flag said: `-` reads standard input. */
  flag: string | undefined;
  question: string;
  mayAsk: boolean;
  what?: 'password' | 'PIN';
}

export async function readSecret({ flag, question, mayAsk, what = 'password' }: SecretWish): Promise<string> {
  if (flag === '-') return readStandardInput();
  const name = what.toLowerCase();
  const next = `Give it on standard input: --${name} -`;
  if (flag !== undefined) throw wrongUse(`A ${what} on the command line can be read by everyone here.`, next, `${name}-shown`);
  if (!mayAsk || !process.stdin.isTTY) throw wrongUse(`A ${what} is needed, and nobody is there to type it.`, next, 'no-input');
  return askUnseen(question);
}

async function askUnseen(question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      prompt.once('line', resolve);
      prompt.once('SIGINT', () => reject(wrongUse('The question was not answered.', 'Run it again.', 'interrupted')));
    });
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
