// A dry run goes as far as the last step: everything is read and checked, and the write is told instead of sent.

export interface Unsent {
  dryRun: true;
  method: string;
  path: string;
  body: unknown;
}

/** Thrown in place of the first write, so that no command needs a second way through itself. */
export class DryRun extends Error {
  override name = 'DryRun';
  readonly result: Unsent;
  constructor(result: Unsent) {
    super('dry run');
    this.result = result;
  }
}

export const dryRunText = ({ method, path, body }: Unsent): string =>
  `Dry run: nothing was changed. This would be sent:\n${method} ${path}\n${body === null ? '' : `${JSON.stringify(body, null, 2)}\n`}`;

/** What was typed unseen is not shown by a dry run either. */
const hideSecret = (name: string, value: unknown): unknown => (name === 'password' || name === 'pin' ? '(hidden)' : value);

export function withoutWrites(real: typeof fetch): typeof fetch {
  return async (input, options) => {
    const method = options?.method ?? 'GET';
    if (method === 'GET') return real(input, options);
    const { pathname, search } = new URL(String(input));
    const body = typeof options?.body === 'string' ? (JSON.parse(options.body, hideSecret) as unknown) : null;
    throw new DryRun({ dryRun: true, method, path: `${pathname}${search}`, body });
  };
}
