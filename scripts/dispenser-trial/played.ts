// A played dispenser for trials: its flash in a folder of its own, and whatever cable the trial gives it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, RandomBytes } from '#schema/values/clock';
import { type PlayedDispenser, type PlayParts, playDispenser } from '../sandbox/dispenser/dispenser.ts';
import { trialDispenser } from './node.ts';
import { trialModule } from './wasm.ts';

export interface PlayTrial
  extends Pick<PlayParts, 'connect'>,
    Partial<Pick<PlayParts, 'dispenserNumber' | 'rootKey' | 'keyEpoch' | 'settings' | 'onShow' | 'onTurn'>> {
  clock: Clock;
  random: RandomBytes;
  motorMs?: number;
}

export async function playTrial({ motorMs = 100, ...parts }: PlayTrial): Promise<PlayedDispenser> {
  const folder = mkdtempSync(join(tmpdir(), 'lapak-played-'));
  const played = await playDispenser({
    ...trialDispenser,
    ...parts,
    motorMs,
    module: await trialModule(),
    flashFile: join(folder, 'flash'),
  });
  return {
    ...played,
    async stop() {
      await played.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
