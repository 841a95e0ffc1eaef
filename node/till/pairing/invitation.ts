// An address that brings its pairing code (`/#pair=K7QM-2F9D`), as a manager's screen shows it and a tablet's camera reads it. What stands
// after the # never leaves the browser; it is taken once, so that neither history nor a bookmark keeps it.

const PREFIX = '#pair=';

export function takeInvitation({ location, history }: Pick<Window, 'location' | 'history'>): string | null {
  const { hash, pathname } = location;
  if (!hash.startsWith(PREFIX)) return null;
  history.replaceState(null, '', pathname);
  return decodeURIComponent(hash.slice(PREFIX.length));
}
