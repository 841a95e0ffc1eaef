// Said where the page came over an open connection: what that means, and where it is told how to make it private.
import { useSay } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';

export function ConnectionNote() {
  const say = useSay();
  if (window.isSecureContext) return null;
  return (
    <p className="connection-note">
      <Icon name="info" size={16} /> {say('connection_open')} <a href="/trust">{say('connection_how')}</a>
    </p>
  );
}
