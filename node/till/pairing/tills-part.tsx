// The tills of this store box: a code for another one, as text and as a picture that its camera reads, and a lost one shut out.
import { useState } from 'react';
import type { PairedTill } from '#schema/wire/till';
import { HoldButton } from '../base/hold-button.tsx';
import { useActions, useSay, useStore, useTill } from '../base/till-context.tsx';
import { StateChip } from '../devices/state-chip.tsx';
import { QrCode } from '../done/qr-code.tsx';
import { sayProblem } from '../menu/side-problem.ts';
import { useLoaded } from '../menu/use-loaded.ts';
import { clockText } from '../node-link/state-line.ts';
import { noticeOf, warn } from '../till-parts.ts';
import { ConnectionNote } from './connection-note.tsx';

interface MadeCode {
  code: string;
  expiresAt: string;
  addresses: string[];
}

function Code({ made: { code, expiresAt, addresses } }: { made: MadeCode }) {
  const say = useSay();
  const { timeZone } = useStore();
  const [address] = addresses;
  return (
    <div className="till-code" role="status">
      {address !== undefined && <QrCode text={`${address}/#pair=${code}`} label={say('till_picture')} />}
      <strong>{code}</strong>
      <p>{say('till_code')}</p>
      <p className="meta">{say('till_code_until', { time: clockText(Date.parse(expiresAt), timeZone) })}</p>
      <p className="meta">{address === undefined ? say('till_no_lan') : say('till_open_at', { address })}</p>
    </div>
  );
}

interface RowProps {
  paired: PairedTill;
  isThis: boolean;
  onPair: () => void;
  onRevoke: () => void;
}

function TillRow({ paired: { code, name, browsers, revokedAt }, isThis, onPair, onRevoke }: RowProps) {
  const say = useSay();
  const isOut = revokedAt !== null;
  return (
    <li className="row" data-till={code}>
      <span className="row-what">
        <strong>{name}</strong>
        <span className="meta">{isThis ? `${code} · ${say('till_this')}` : code}</span>
      </span>
      <StateChip tone={isOut ? 'warn' : 'ok'}>{isOut ? say('till_out') : say('till_in', { n: browsers })}</StateChip>
      {isOut && (
        <button type="button" className="action" onClick={onPair}>
          {say('till_pair_again')}
        </button>
      )}
      {!isOut && !isThis && (
        <HoldButton holding={say('till_revoke_hold')} disabled={false} onHeld={onRevoke}>
          {say('till_revoke', { name })}
        </HoldButton>
      )}
    </li>
  );
}

export function TillsPart() {
  const till = useActions();
  const say = useSay();
  const { calls, makeId } = till.parts;
  const own = useTill((state) => state.session?.till.code);
  const mayPair = useTill((state) => state.session?.person?.role !== 'cashier');
  const tills = useLoaded(async () => (await calls.till.list()).items);
  const [made, setMade] = useState<MadeCode | null>(null);
  const pair = async (code?: string) => {
    try {
      setMade(await calls.till.createCode({ body: { id: makeId(), ...(code !== undefined && { till: code }) } }));
    } catch (error) {
      sayProblem(till, error, { 'not-a-manager': 'till_managers' });
    }
  };
  const revoke = async ({ code, name }: PairedTill) => {
    try {
      await calls.till.revoke({ params: { code } });
      warn(till.parts, noticeOf('ok', 'till_revoked', { name }));
    } catch (error) {
      sayProblem(till, error, { 'not-a-manager': 'till_managers' });
    }
    tills.again();
  };
  return (
    <section className="panel" aria-label={say('tills')}>
      <h2>{say('tills')}</h2>
      <p className="meta">{say(mayPair ? 'tills_hint' : 'till_managers')}</p>
      <ConnectionNote />
      {mayPair && (
        <ul className="rows">
          {(tills.value ?? []).map((paired) => (
            <TillRow
              key={paired.id}
              paired={paired}
              isThis={paired.code === own}
              onPair={() => void pair(paired.code)}
              onRevoke={() => void revoke(paired)}
            />
          ))}
        </ul>
      )}
      {mayPair && (
        <button type="button" className="action" onClick={() => void pair()}>
          {say('till_pair')}
        </button>
      )}
      {made && <Code made={made} />}
    </section>
  );
}
