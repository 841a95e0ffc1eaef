// Printers and print jobs over HTTP at the store: parse, call, answer.
import type { Handlers } from '#schema/mount';
import { ok, refuse } from '#schema/values/result';
import { limitOf } from '#schema/wire/parts';
import type { printContract } from '#schema/wire/print';
import { atTill, type Caller } from '../../base/caller.ts';
import { pageOf, readCursor } from '../../base/cursor.ts';
import { jobView } from './jobs.ts';
import type { Printing } from './printing.ts';

export function printRoutes(printing: Printing): Handlers<typeof printContract, Caller> {
  return {
    printers: ({ caller }) => ok({ items: printing.printers(), own: printing.own(atTill(caller).till.id) }),
    addPrinter: ({ body }) => printing.addPrinter(body),
    removePrinter: ({ params }) => printing.removePrinter(params.id),
    assign: ({ params }) => printing.assign(params.id, params.code),
    choose: ({ body, caller }) => printing.choose(body.printerId, atTill(caller).till),
    print: ({ body, caller }) => printing.print(body, atTill(caller).till),
    jobs: ({ query }) => {
      const cursor = readCursor(query.after, 1);
      if (!cursor.ok) return cursor;
      const [before] = cursor.value;
      const limit = limitOf(query);
      const rows = printing.list(before === undefined ? undefined : Number(before), query, limit + 1);
      const page = pageOf(rows, limit, ({ place }) => [String(place)]);
      return ok({ ...page, items: page.items.map(jobView) });
    },
    job: ({ params }) => {
      const job = printing.job(params.id);
      return job ? ok(job) : refuse('unknown-job', 'There is no such print job.', { field: 'id' });
    },
    cancel: ({ params }) => printing.cancel(params.id),
    retry: ({ params }) => printing.retry(params.id),
  };
}
