// One line from a person, asked for on standard error so that standard output holds the answer alone.
import { createInterface } from 'node:readline/promises';

export async function readLine(question: string): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await prompt.question(`${question}: `)).trim();
  } finally {
    prompt.close();
  }
}
