// Pairing: a browser on another machine than the node shows that it may be a till, by a one-time code.
import { useState } from 'react';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { ConnectionNote } from './connection-note.tsx';

export function PairingView() {
  const { link } = useActions();
  const { busy, problem } = useTill((state) => state.pairing);
  const [code, setCode] = useState('');
  const say = useSay();
  const isWaiting = problem === 'pair_not_ready';
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '' && !busy) link.pairWith(code.trim());
  };
  return (
    <main className="pairing">
      <form onSubmit={submit}>
        <h1>{say('pair_title')}</h1>
        {!isWaiting && (
          <>
            <label htmlFor="pairing-code">{say('pair_code')}</label>
            <input
              id="pairing-code"
              className="field"
              value={code}
              maxLength={40}
              autoComplete="one-time-code"
              autoCapitalize="characters"
              spellCheck={false}
              data-scan-target=""
              aria-describedby="pairing-note"
              onChange={(event) => setCode(event.target.value)}
            />
          </>
        )}
        <p id="pairing-note" className="pairing-note" role="status" data-tone={problem && !isWaiting ? 'fault' : undefined}>
          {problem && <Icon name={isWaiting ? 'info' : 'fault'} size={16} />}
          {say(problem ?? 'pair_hint')}
        </p>
        {!isWaiting && (
          <button type="submit" className="action primary" aria-disabled={busy || code.trim() === '' || undefined}>
            {say('pair_button')}
          </button>
        )}
        <ConnectionNote />
      </form>
    </main>
  );
}
