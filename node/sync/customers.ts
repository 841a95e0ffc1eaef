// Who was added at the tills goes up beside the journal, in calls that the node signs, until the centre has kept it. It is offered again
// as long as it takes; what the centre will not keep is not offered a second time, as it would say the same.
import { client, ProblemError, UnreachableError } from '#schema/client';
import type { Clock } from '#schema/values/clock';
import { customerSyncContract } from '#schema/wire/customer';
import type { Log } from '../base/log.ts';
import type { DetailStore } from '../customer/details.ts';
import type { Centre } from './centre.ts';
import { type Loop, type Next, startLoop } from './loop.ts';

const AT_ONCE = 100;
const RETRY_MS = 10_000;

interface DeliveryParts {
  centre: Centre;
  customerDetails: DetailStore;
  clock: Clock;
  log: Log;
}

export function startCustomerDelivery({ centre, customerDetails, clock, log }: DeliveryParts): Loop {
  const { deliver } = client(customerSyncContract, { baseUrl: centre.enrolled.serverUrl, fetch: centre.fetch });

  return startLoop(clock, async (): Promise<Next> => {
    const customers = customerDetails.undelivered(AT_ONCE);
    if (customers.length === 0) return 'rest';
    try {
      const { kept, refused } = await deliver({ body: { customers } });
      customerDetails.delivered([...kept, ...refused.map(({ id }) => id)], clock.now());
      for (const { id, code } of refused) {
        log.warn({ customerId: id, refusal: code }, 'the centre did not keep a customer');
        if (code === 'erased') customerDetails.erase(id);
      }
      return 0;
    } catch (error) {
      if (!(error instanceof UnreachableError || error instanceof ProblemError)) throw error;
      log.debug({ error }, 'customers could not be delivered');
      return RETRY_MS;
    }
  });
}
