// A noun without a verb: `lapak store` lists the stores. What cannot be undone or started is never meant by a noun alone.

const verbs: Record<string, string> = {
  allotment: 'list',
  audit: 'verify',
  category: 'list',
  config: 'list',
  customer: 'list',
  device: 'list',
  exception: 'list',
  firmware: 'list',
  ledger: 'balances',
  node: 'status',
  pickup: 'list',
  printer: 'list',
  product: 'list',
  quarantine: 'list',
  report: 'list',
  sale: 'list',
  server: 'check',
  shift: 'list',
  staff: 'list',
  stock: 'list',
  store: 'list',
  tax: 'list',
  till: 'list',
  voucher: 'list',
};

export function withVerb(argv: readonly string[]): string[] {
  const [noun = '', next, ...rest] = argv;
  const verb = Object.hasOwn(verbs, noun) ? verbs[noun] : undefined;
  const isBare = next === undefined || next.startsWith('-');
  const asksHelp = [next, ...rest].some((word) => word === '--help' || word === '-h');
  if (verb === undefined || !isBare || asksHelp) return [...argv];
  return [noun, verb, ...argv.slice(1)];
}
