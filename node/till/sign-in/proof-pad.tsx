// A name, then six digits or a badge: for signing in and for approving. The dots say how many digits stand, never which.
import { useRef } from 'react';
import type { StaffPerson } from '#schema/wire/staff';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { Keypad } from '../tender/keypad.tsx';
import { isTyped, PIN_DIGITS } from './proof.ts';

function Dots({ typed }: { typed: number }) {
  const say = useSay();
  return (
    <span className="pin-dots" role="img" aria-label={say('pin_digits', { n: typed })}>
      {Array.from({ length: PIN_DIGITS }, (_, index) => (
        // The dots have no other name than their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
        <span key={index} className="pin-dot" data-full={index < typed || undefined} />
      ))}
    </span>
  );
}

export interface ProofPadProps {
  people: readonly StaffPerson[];
  title: string;
  submit: string;
  onSubmit: () => void;
}

export function ProofPad({ people, title, submit, onSubmit }: ProofPadProps) {
  const { signIn } = useActions();
  const proof = useTill((state) => state.proof);
  const say = useSay();
  const entry = useRef<HTMLDivElement>(null);
  const name = people.find(({ id }) => id === proof.chosen)?.name;
  // From here Enter means OK, not this name once more.
  const choose = (id: string) => {
    signIn.choose(id);
    entry.current?.focus();
  };
  return (
    <div className="proof">
      <fieldset className="proof-people">
        <legend>{title}</legend>
        {people.map((person) => (
          <button
            key={person.id}
            type="button"
            className="action"
            aria-pressed={person.id === proof.chosen}
            onClick={() => choose(person.id)}
          >
            {person.name}
          </button>
        ))}
      </fieldset>
      <div className="proof-pin">
        <div className="proof-entry" ref={entry} tabIndex={-1}>
          <p>{name === undefined ? say('pin_choose') : say('pin_for', { name })}</p>
          <Dots typed={proof.pin.length} />
        </div>
        <Keypad third={null} onKey={signIn.type} />
        <button type="button" className="action primary" aria-disabled={!isTyped(proof) || undefined} onClick={onSubmit}>
          {submit} <kbd>Enter</kbd>
        </button>
        <p className="proof-note" role="status" data-tone={proof.problem?.tone}>
          {proof.problem ? (
            <>
              <Icon name={proof.problem.tone} size={16} /> {say(proof.problem.key, proof.problem.parts)}
            </>
          ) : (
            say('badge_or')
          )}
        </p>
      </div>
    </div>
  );
}
