// Swedish. Words of the tills of a store box: pairing others and shutting them out. The rules for words stand in en.ts.
import type { tillsEn } from './tills-en.ts';

export const tillsSv: Record<keyof typeof tillsEn, string> = {
  tills: 'Kassor',
  tills_hint: 'Varje kassa har egna kvittonummer.',
  till_pair: 'Para ihop en kassa till',
  till_pair_again: 'Para ihop igen',
  till_code: 'Skriv koden på den andra kassan, eller läs bilden med dess kamera.',
  till_code_until: 'Gäller till {time}, för en webbläsare.',
  till_open_at: 'Öppna där: {address}',
  till_no_lan: 'Andra maskiner når inte butiksenheten än. Den som sköter den kan släppa in dem.',
  till_revoke: 'Stäng ute {name}',
  till_revoke_hold: 'Håll kvar…',
  till_revoked: '{name} är utestängd.',
  till_out: 'Ute',
  till_in: '{n} öppna',
  till_this: 'Den här kassan',
  till_picture: 'Parkoden som bild',
  till_managers: 'Bara en chef får para ihop kassor eller stänga ute dem.',
};
