// The board around the virtual dispenser's core, beside its journal: settings that outlive a power cut, and a place for a second firmware. What
// starts from there is always the same core; an image only says which version it claims to be.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type DeviceSettings, settingsLayout } from '#schema/wire/dispenser';
import { decode } from '#schema/wire/layout';
import type { UpdateHost } from './core.ts';

const SLOT_BYTES = 64 * 1024;
const magic = Buffer.from('LVF1');
const headSize = magic.length + 4;
const sealSize = 32;

interface Kept {
  firmware: number;
  /** Starts next, on trial; `tried` once it has. */
  next: { firmware: number; tried: boolean } | null;
  settings: { version: number; hex: string } | null;
}

export interface Board {
  /** What runs from this power-on on: without a verdict on a trial the older one again. */
  boot(): { firmware: number; settings: DeviceSettings | null; settingsVersion: number };
  keepSettings(version: number, settings: Uint8Array): boolean;
  update: UpdateHost;
  /** What was being written is lost with the power. */
  powerOff(): void;
}

/** Its mark and version, anything, and a hash in the place of its maker's signature. */
function readImage(image: Uint8Array): number | 'unsigned' | 'unreadable' {
  const bytes = Buffer.from(image);
  if (bytes.length < headSize + sealSize || !bytes.subarray(0, magic.length).equals(magic)) return 'unreadable';
  const signed = bytes.subarray(0, -sealSize);
  if (!createHash('sha256').update(signed).digest().equals(bytes.subarray(-sealSize))) return 'unsigned';
  return bytes.readUInt32BE(magic.length);
}

export function openBoard({ path, firmware, restart }: { path: string; firmware: number; restart(): void }): Board {
  let kept: Kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Kept) : { firmware, next: null, settings: null };
  let slot: { size: number; bytes: Uint8Array } | null = null;
  let onTrial = false;

  function keep(change: Partial<Kept>): void {
    kept = { ...kept, ...change };
    // Appears whole or not at all.
    writeFileSync(`${path}.new`, JSON.stringify(kept));
    renameSync(`${path}.new`, path);
  }

  return {
    boot() {
      if (kept.next?.tried) keep({ next: null });
      onTrial = kept.next !== null;
      if (kept.next) keep({ next: { ...kept.next, tried: true } });
      const read = kept.settings && decode(settingsLayout, Buffer.from(kept.settings.hex, 'hex'));
      return {
        firmware: kept.next?.firmware ?? kept.firmware,
        settings: read?.ok ? (read.value as DeviceSettings) : null,
        settingsVersion: kept.settings?.version ?? 0,
      };
    },
    keepSettings(version, settings) {
      keep({ settings: { version, hex: Buffer.from(settings).toString('hex') } });
      return true;
    },
    update: {
      begin(size) {
        if (size > SLOT_BYTES) return false;
        slot = { size, bytes: new Uint8Array(size) };
        return true;
      },
      write(offset, bytes) {
        if (!slot || offset + bytes.length > slot.size) return false;
        slot.bytes.set(bytes, offset);
        return true;
      },
      finish() {
        const image = slot ? readImage(slot.bytes) : 'unreadable';
        slot = null;
        if (typeof image === 'string') return image;
        keep({ next: { firmware: image, tried: false } });
        return 'accepted';
      },
      restart,
      onTrial: () => onTrial,
      confirm() {
        onTrial = false;
        if (kept.next) keep({ firmware: kept.next.firmware, next: null });
      },
      rollBack() {
        onTrial = false;
        keep({ next: null });
        restart();
      },
    },
    powerOff() {
      slot = null;
      onTrial = false;
    },
  };
}
