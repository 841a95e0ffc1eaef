// What the node runs for each of its devices that it can reach, whatever that device speaks: how it stands, and a hand that carries out
// commands. dispenser-agent.ts speaks with our core, json-agent.ts with everything else.
import type { UpdateState } from '#schema/rules/device-update';
import type { DeviceHand } from './commands/queue.ts';
import type { StoreDevice } from './devices.ts';

export interface AgentState {
  present: boolean;
  busy: boolean;
  /** What is wrong, in a word; a device may work all the same. */
  reason: string | null;
  works: boolean;
  /** It surely pours nothing without its node's word. */
  asksFirst: boolean;
  lastSeenAt: number | null;
  firmware: string | null;
  /** Of the settings that it runs. */
  configVersion: number | null;
  update: { state: UpdateState; received: number; size: number; firmware: string } | null;
}

export interface Agent extends DeviceHand {
  state(): AgentState;
  /** Its row changed, or whether it is paused, but for what its link needs: for that it is stopped and started. */
  follow(device: StoreDevice): void;
  /** Its update goes on no more; only what takes one has this. */
  dropUpdate?(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}
