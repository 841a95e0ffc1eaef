// A customer as people read it on a terminal.
import type { Customer } from '#schema/wire/customer';
import { fieldsText } from './ui/answer.ts';
import { timeCell } from './ui/time.ts';

export const customerText = (customer: Customer): string =>
  fieldsText({
    Name: customer.name ?? (customer.erasedAt === null ? 'not told yet' : `erased ${timeCell(customer.erasedAt)}`),
    Phone: customer.phone ?? '-',
    'E-mail': customer.email ?? '-',
    Born: customer.bornOn === null ? 'not proven' : `${customer.bornOn}, proven ${timeCell(customer.ageVerifiedAt)}`,
    Entries: customer.entries.map((entry) => entry.id).join(', '),
    Id: customer.id,
  });
