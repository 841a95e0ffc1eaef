// The network of a store node, as its settings say: whether other machines reach it, by what names, and whether by TLS alone.
import type { LanState } from '#schema/wire/node';
import { wrongUse } from './failure.ts';
import { portOf, resolveSetting, type Sources } from './settings.ts';

const modes: Record<string, 'off' | 'on' | 'tls'> = {
  off: 'off',
  false: 'off',
  0: 'off',
  on: 'on',
  true: 'on',
  1: 'on',
  tls: 'tls',
};

interface Lan {
  names: string[];
  tlsPort: number;
  tlsOnly: boolean;
}

const isHost = (name: string): boolean => /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/.test(name) && name.length < 254;

/** What a node that is started here is told; nothing where the LAN is off. */
export function lanOf(sources: Sources): { lan?: Lan; host?: string } {
  const { value: host, origin } = resolveSetting('nodeHost', sources);
  const named = origin === 'default' || host === undefined ? {} : { host };
  const { value = 'off', from } = resolveSetting('lan', sources);
  const mode = modes[value.toLowerCase()];
  if (mode === undefined)
    throw wrongUse(
      `${from} “${value}” is neither off, on nor tls.`,
      'Write on to let tills of the network in; tls lets them in by TLS alone.',
    );
  if (mode === 'off') return named;
  return { ...named, lan: { names: namesOf(sources), tlsPort: portOf('nodeTlsPort', sources), tlsOnly: mode === 'tls' } };
}

function namesOf(sources: Sources): string[] {
  const { value = '', from } = resolveSetting('lanNames', sources);
  const names = value
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const wrong = names.find((name) => !isHost(name));
  if (wrong !== undefined)
    throw wrongUse(
      `${from} “${wrong}” is no name of a machine.`,
      'Write names by comma, without port: kasir.local,kasir.example.',
    );
  return names;
}

/** Pages by which a device learns to trust the box. */
export const trustPagesOf = ({ plain }: Pick<LanState, 'plain'>): string[] => plain.map((address) => `${address}/trust`);
