// How devices stand, as facts tell it: what has stood so for half a minute and was not told before. A loose cable that comes and goes is told
// as it is at the end, or, when it does not end, once as unsteady.
import { deviceChanged } from '#schema/facts/device-changed';
import type { Clock } from '#schema/values/clock';
import { ok } from '#schema/values/result';
import type { Log } from '../base/log.ts';
import { rowOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { Journal } from '../journal/commit.ts';

const STEADY_MS = 30_000;
/** After so long without a steady half minute that itself is what is told. */
const UNSTEADY_MS = 600_000;

export interface Standing {
  state: 'online' | 'offline' | 'fault';
  reason: string | null;
  firmware: string | null;
  configVersion: number | null;
}

export interface KnownStanding extends Standing {
  lastSeenAt: number | null;
}

export interface Standings {
  /** Told as often as anybody likes. */
  note(deviceId: string, standing: Standing, lastSeenAt: number | null): void;
  /** As it was last told; before a device has been heard since the start it is all that is known. */
  last(deviceId: string): KnownStanding | undefined;
  /** When each was heard goes to disk. */
  sweep(): void;
  stop(): void;
}

interface Waiting {
  standing: Standing;
  since: number;
  cancel: () => void;
}

interface StandingParts {
  sqlite: Sqlite;
  journal: Journal;
  clock: Clock;
  log: Log;
}

const keyOf = ({ state, reason, firmware, configVersion }: Standing): string =>
  JSON.stringify([state, reason, firmware, configVersion]);

export function openStandings({ sqlite, journal, clock, log }: StandingParts): Standings {
  const read = rowOf<KnownStanding>(
    sqlite,
    `SELECT state, reason, firmware, config_version AS configVersion, last_seen_at AS lastSeenAt FROM device_standings WHERE device_id = ?`,
  );
  const write = writer(
    sqlite,
    `INSERT INTO device_standings (device_id, state, reason, firmware, config_version, last_seen_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (device_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, firmware = excluded.firmware,
       config_version = excluded.config_version, last_seen_at = excluded.last_seen_at`,
  );
  const writeSeen = writer(sqlite, 'UPDATE device_standings SET last_seen_at = ? WHERE device_id = ?');
  const waiting = new Map<string, Waiting>();
  const seen = new Map<string, number>();

  async function tell(deviceId: string, standing: Standing): Promise<void> {
    const lastSeenAt = seen.get(deviceId) ?? read(deviceId)?.lastSeenAt ?? null;
    const { state, reason, firmware, configVersion } = standing;
    await journal.write((commit) => {
      const told = read(deviceId);
      if (told && keyOf(told) === keyOf(standing)) return ok(null);
      commit.append(deviceChanged, { deviceId, state, reason, firmware, configVersion, lastSeenAt });
      write(deviceId, state, reason, firmware, configVersion, lastSeenAt);
      return ok(null);
    });
  }

  function arm(deviceId: string, standing: Standing, since: number): void {
    const isUnsteady = clock.now() - since >= UNSTEADY_MS;
    const cancel = clock.after(isUnsteady ? 0 : STEADY_MS, () => {
      waiting.delete(deviceId);
      tell(deviceId, isUnsteady ? { ...standing, state: 'fault', reason: 'unsteady' } : standing).catch((error: unknown) =>
        log.error({ error, deviceId }, 'how a device stands could not be written'),
      );
    });
    waiting.set(deviceId, { standing, since, cancel });
  }

  return {
    last: (deviceId) => read(deviceId),
    note(deviceId, standing, lastSeenAt) {
      if (lastSeenAt !== null) seen.set(deviceId, lastSeenAt);
      const before = waiting.get(deviceId);
      if (before && keyOf(before.standing) === keyOf(standing)) return;
      const told = read(deviceId);
      const isTold = told !== undefined && keyOf(told) === keyOf(standing);
      if (!before && isTold) return;
      before?.cancel();
      arm(deviceId, standing, before?.since ?? clock.now());
    },
    sweep() {
      for (const [deviceId, at] of seen) writeSeen(at, deviceId);
      seen.clear();
    },
    stop() {
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
      this.sweep();
    },
  };
}
