// npm run build: everything that runs, into dist/. It is made beside the old dist and put in its place when whole, so a build that
// fails changes nothing. --if-changed does nothing in an unchanged tree and leaves types to the check; --watch builds so after each
// change.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { step } from './build/run.mjs';
import { inputFolders, readStamp, stampOfInputs, writeStamp } from './build/stamp.mjs';
import { buildDispenser, buildTill, checkTypes, compile, writeManifest } from './build/steps.mjs';

const QUIET_MS = 200;

function putInPlace(staging) {
  const old = join(dirname(dirname(staging)), 'old', 'dist');
  mkdirSync(dirname(old));
  if (existsSync('dist')) renameSync('dist', old);
  renameSync(staging, 'dist');
}

/** What an interrupted build left behind. */
function removeAbandoned() {
  for (const name of readdirSync('.').filter((each) => each.startsWith('.build-'))) {
    if (!isRunning(Number(name.slice('.build-'.length)))) rmSync(name, { recursive: true, force: true });
  }
}

function isRunning(processId) {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** Waits for all of them, so that none still writes when the folder of a failed build is removed. */
async function every(steps) {
  const failed = (await Promise.allSettled(steps)).filter(({ status }) => status === 'rejected');
  if (failed.length > 0) throw new Error(failed.map(({ reason }) => reason.message).join('\n'));
}

async function build({ types }) {
  // Its last part is `dist`, which every tool here already ignores.
  const around = `.build-${process.pid}`;
  const staging = join(around, 'new', 'dist');
  removeAbandoned();
  // Taken first: what changes while this runs is built the next time.
  const stamp = stampOfInputs();
  mkdirSync(staging, { recursive: true });
  try {
    await every([
      ...(types ? [step('types', checkTypes)] : []),
      step('compile', () => compile(staging)),
      step('till', () => buildTill(staging)),
      step('dispenser', () => buildDispenser(staging)),
    ]);
    putInPlace(staging);
    await step('manifest', writeManifest);
    writeStamp('dist', stamp);
  } finally {
    rmSync(around, { recursive: true, force: true });
  }
}

const isBuilt = () => readStamp('dist') === stampOfInputs();

async function buildOrSay(options) {
  try {
    await build(options);
  } catch (fault) {
    console.error(fault.message);
    process.exitCode = 1;
  }
}

/** One build at a time; what changes meanwhile is built after it. */
async function buildAfterEachChange() {
  let timer;
  let running = false;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (running) return soon();
      running = true;
      if (!isBuilt()) await buildOrSay({ types: false });
      running = false;
    }, QUIET_MS);
  };
  for (const folder of inputFolders.filter((name) => existsSync(name))) watch(folder, { recursive: true }, soon);
  soon();
}

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
if (process.argv.includes('--watch')) await buildAfterEachChange();
else if (!process.argv.includes('--if-changed')) await buildOrSay({ types: true });
else if (!isBuilt()) await buildOrSay({ types: false });
