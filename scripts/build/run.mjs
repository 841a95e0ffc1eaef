// Runs a program and keeps its output, so that a step that went well says one line and one that failed says everything.
import { spawn } from 'node:child_process';

/** Resolves to what it printed; rejects with it when the program fails. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(output.trim() || `${program} ended with ${code}`));
    });
  });
}

/** One line a step with its time. A step returns a remark (why it had nothing to do), or nothing. */
export async function step(name, work) {
  const start = performance.now();
  const remark = await work();
  const took = `${Math.round(performance.now() - start)} ms`;
  console.log(`${name.padEnd(10)} ${took.padStart(8)}${remark ? `  ${remark}` : ''}`);
}
