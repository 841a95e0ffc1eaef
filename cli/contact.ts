// How a customer is reached, as flags: `none` takes one away.
import * as Flags from '@oclif/core/flags';

export const contactFlags = {
  phone: Flags.string({ summary: 'The phone number, as written at home or with its country.' }),
  email: Flags.string({ summary: 'The e-mail address.' }),
};

const orNone = (text: string): string | null => (text === 'none' ? null : text);

/** Only what was said. */
export const contactOf = ({ phone, email }: { phone?: string | undefined; email?: string | undefined }) => ({
  ...(phone !== undefined && { phone: orNone(phone) }),
  ...(email !== undefined && { email: orNone(email) }),
});
