// The power goes at every step of the flash, and again while the journal recovers. What the dispenser then says must be what happened.
import { blankImage } from '#node/devices/virtual/nor-flash';
import { Bench } from './bench.ts';

/** One outcome that the node never acknowledges: it has to survive every change of sector. */
const forgotten = 3;
const isHollow = (serial: number) => serial % 4 === 2;
const acknowledges = (serial: number) => serial !== forgotten;
const sectors = 2;

export interface CutTrial {
  module: WebAssembly.Module;
  /** A flash some vends before it changes its sector. */
  image: Uint8Array;
  /** The serials poured before; none of them may ever pour again. */
  used: number;
  cutAt: number;
  /** Flash steps after the power came back. */
  secondCutAt?: number;
}

const poursInTrial = 4;

/** Runs the sound core up to a little before its second change of sectors, so that each trial crosses one. */
export function imageBeforeMove(module: WebAssembly.Module): { image: Uint8Array; used: number } {
  const image = blankImage(sectors);
  const before: Uint8Array[] = [];
  const bench = new Bench({ module, image, acknowledges, isHollow });
  bench.powerOn();
  // The first erase formats.
  while (bench.erases < 3) {
    before.push(image.slice());
    bench.scan(before.length);
  }
  const used = before.length - 1 - poursInTrial / 2;
  return { image: before[used] as Uint8Array, used };
}

/** Flash steps of a trial without a cut: so many places there are to cut. */
export function stepsOf({ module, image, used }: Pick<CutTrial, 'module' | 'image' | 'used'>): number {
  const bench = new Bench({ module, image: image.slice(), acknowledges, isHollow });
  bench.powerOn();
  for (let serial = used + 1; serial <= used + poursInTrial; serial++) bench.scan(serial);
  return bench.flash.steps();
}

export interface CutVerdict {
  /** Every promise that was broken, in words; none if the dispenser is sound. */
  broken: string[];
  /** Flash steps that the first recovery took: so many places there are for a second cut. */
  recoverySteps: number;
}

export function cutTrial(trial: CutTrial): CutVerdict {
  const bench = new Bench({ module: trial.module, image: trial.image.slice(), acknowledges, isHollow });
  const last = trial.used + poursInTrial;
  let recoverySteps: number | undefined;

  function revive(): void {
    if (bench.isOn()) return;
    const before = bench.flash.steps();
    bench.flash.cutAfter(recoverySteps === undefined ? (trial.secondCutAt ?? null) : null);
    bench.powerOn();
    recoverySteps ??= bench.flash.steps() - before;
    revive();
  }

  bench.flash.cutAfter(trial.cutAt);
  bench.powerOn();
  for (let serial = trial.used + 1; serial <= last; serial++) {
    revive();
    bench.scan(serial);
    // The customer tries the same code again.
    revive();
    bench.scan(serial);
  }
  revive();
  bench.flash.cutAfter(null);
  const again = [1, forgotten, trial.used - 1, trial.used, ...Array.from({ length: poursInTrial }, (_, back) => last - back)];
  for (const serial of again) bench.scan(serial);
  const heardBefore = bench.node.heard.length;
  bench.powerOff();
  bench.powerOn();
  bench.clock.pass(2000);
  return { broken: [...brokenPromises(bench, trial), ...brokenAtLast(bench, heardBefore)], recoverySteps: recoverySteps ?? 0 };
}

/** The power goes in each recovery too, until no room is left and the verdict has to move to another sector. */
export function cutAtEveryRecovery(trial: Omit<CutTrial, 'secondCutAt'>): { broken: string[]; cuts: number } {
  const bench = new Bench({ module: trial.module, image: trial.image.slice(), acknowledges, isHollow });
  bench.flash.cutAfter(trial.cutAt);
  bench.powerOn();
  for (let serial = trial.used + 1; serial <= trial.used + poursInTrial && bench.isOn(); serial++) bench.scan(serial);
  let cuts = 0;
  while (!bench.isOn() && cuts < 500) {
    bench.flash.cutAfter(cuts % 23);
    cuts += 1;
    bench.powerOn();
  }
  if (bench.isOn()) return { broken: ['a recovery wrote nothing'], cuts };
  bench.flash.cutAfter(null);
  bench.powerOn();
  bench.clock.pass(2000);
  const serials = Array.from({ length: poursInTrial }, (_, index) => trial.used + 1 + index);
  for (const serial of serials) bench.scan(serial);
  return { broken: brokenPromises(bench, trial), cuts };
}

function brokenPromises(bench: Bench, { used }: CutTrial): string[] {
  const broken: string[] = [];
  const outcomes = bench.node.of('outcome');
  for (const { serial, result, reason } of outcomes) {
    const seen = bench.of(serial);
    if (serial <= used) continue;
    if (result === 'ok' && seen.drops === 0) broken.push(`${serial}: ok, and nothing fell`);
    if (result === 'fail' && seen.drops > 0) broken.push(`${serial}: fail, and something fell`);
    if (reason === 'cut-before-run' && seen.turns > 0) broken.push(`${serial}: certainly nothing, and the motor ran`);
    if (result === 'uncertain' && !seen.ranOnFlash) broken.push(`${serial}: uncertain, and RUN was not written`);
    if (outcomes.some((other) => other.serial === serial && other.result !== result)) broken.push(`${serial}: two verdicts`);
  }
  for (const [serial, seen] of bench.seen) {
    if (seen.boots.size > 1 || seen.turns > 2) broken.push(`${serial}: the motor ran again`);
    if (serial <= used && seen.turns > 0) broken.push(`${serial}: poured again after its sector was reused`);
    if (serial > used && seen.turns > 0 && !outcomes.some((outcome) => outcome.serial === serial))
      broken.push(`${serial}: outcome lost`);
  }
  return broken;
}

function brokenAtLast(bench: Bench, heardBefore: number): string[] {
  const broken: string[] = [];
  const late = bench.node.heard.slice(heardBefore);
  const told = (serial: number) => bench.node.of('outcome').some((outcome) => outcome.serial === serial);
  if (!late.some((message) => message.kind === 'outcome' && message.serial === forgotten)) broken.push(`${forgotten}: forgotten`);
  for (const scan of bench.node.of('scan')) {
    if (scan.refusal === 'used' && !told(scan.serial) && bench.of(scan.serial).turns > 0)
      broken.push(`${scan.serial}: used, never told`);
  }
  if (bench.node.of('fault').some(({ fault }) => fault === 'journal')) broken.push('the journal gave up after a mere power cut');
  const next = 5000;
  bench.scan(next);
  if (bench.of(next).drops !== 1) broken.push('it does not pour any more');
  return broken;
}
