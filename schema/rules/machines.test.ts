// Every lifecycle, walked: each state × event steps or is refused with the legal ones named, and each state can be reached.
import { describe, expect, it } from 'vitest';
import type { Machine } from '../values/machine.ts';
import { commandMachine } from './device-command.ts';
import { updateMachine } from './device-update.ts';
import { orderMachine } from './order.ts';
import { printJobMachine } from './print-job.ts';
import { countMachine } from './stock-count.ts';
import { voucherMachine } from './voucher.ts';

const machines = {
  order: orderMachine,
  'stock count': countMachine,
  voucher: voucherMachine,
  'print job': printJobMachine,
  'device command': commandMachine,
  'device update': updateMachine,
} as unknown as Record<string, Machine<string, string>>;

describe.each(Object.entries(machines))('the %s machine', (_, machine) => {
  it('[ORD-05] steps where it can, and else refuses and names what is legal', () => {
    for (const state of machine.states)
      for (const event of machine.events) {
        const step = machine.step(state, event);
        expect(step.ok).toBe(machine.can(state, event));
        if (step.ok) expect(machine.states).toContain(step.value);
        else expect(step).toMatchObject({ code: 'illegal-step', facts: { state, event, legal: machine.next(state) } });
      }
  });

  it('[ORD-05] reaches every state, and from every state an end', () => {
    const reachable = new Set([machine.initial]);
    for (const state of reachable)
      for (const event of machine.next(state)) {
        const step = machine.step(state, event);
        if (step.ok) reachable.add(step.value);
      }
    expect([...reachable].toSorted()).toEqual([...machine.states].toSorted());
    expect(machine.states.some((state) => machine.isFinal(state))).toBe(true);
  });
});
