// A lifecycle as one table: state × event → next state. `can`, the states and the legal next steps derive from it everywhere.
import { type Ok, ok, type Refusal, refuse } from './result.ts';

export type Transitions<State extends string, Event extends string> = Record<State, Partial<Record<Event, State>>>;

export interface Machine<State extends string, Event extends string> {
  initial: State;
  states: readonly State[];
  events: readonly Event[];
  can(state: State, event: Event): boolean;
  /** The events that this state takes, in the order of the table. */
  next(state: State): readonly Event[];
  step(state: State, event: Event): Ok<State> | Refusal<'illegal-step'>;
  isFinal(state: State): boolean;
}

export function machine<State extends string, Event extends string>(
  initial: State,
  transitions: Transitions<State, Event>,
): Machine<State, Event> {
  const states = Object.keys(transitions) as State[];
  const next = (state: State) => Object.keys(transitions[state]) as Event[];
  const events = [...new Set(states.flatMap(next))];
  const can = (state: State, event: Event) => transitions[state][event] !== undefined;
  return {
    initial,
    states,
    events,
    can,
    next,
    isFinal: (state) => next(state).length === 0,
    step(state, event) {
      const to = transitions[state][event];
      if (to !== undefined) return ok(to);
      const legal = next(state);
      const offered = legal.length > 0 ? `possible from here: ${legal.join(', ')}` : 'nothing can follow it';
      return refuse('illegal-step', `“${event}” is not possible while it is ${state}; ${offered}.`, {
        facts: { state, event, legal },
      });
    },
  };
}
