// Indonesian. Words of the tills of a store box: pairing others and shutting them out. The rules for words stand in en.ts.
import type { tillsEn } from './tills-en.ts';

export const tillsId: Record<keyof typeof tillsEn, string> = {
  tills: 'Kasir',
  tills_hint: 'Setiap kasir punya nomor struk sendiri.',
  till_pair: 'Pasangkan kasir lain',
  till_pair_again: 'Pasangkan lagi',
  till_code: 'Ketik kode ini di kasir lain, atau pindai gambarnya dengan kamera.',
  till_code_until: 'Berlaku sampai {time}, untuk satu peramban.',
  till_open_at: 'Buka di sana: {address}',
  till_no_lan: 'Perangkat lain belum bisa mencapai perangkat toko. Pengelolanya bisa membuka jalan.',
  till_revoke: 'Keluarkan {name}',
  till_revoke_hold: 'Tahan terus…',
  till_revoked: '{name} sudah dikeluarkan.',
  till_out: 'Di luar',
  till_in: '{n} terbuka',
  till_this: 'Kasir ini',
  till_picture: 'Kode pasangan sebagai gambar',
  till_managers: 'Hanya manajer yang boleh memasangkan atau mengeluarkan kasir.',
};
