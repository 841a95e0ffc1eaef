// English. Words of the tills of a store box: pairing others and shutting them out. The rules for words stand in en.ts.
export const tillsEn = {
  tills: 'Tills',
  tills_hint: 'Each till has receipts of its own.',
  till_pair: 'Pair another till',
  till_pair_again: 'Pair again',
  till_code: 'Type this code on the other till, or scan the picture with its camera.',
  till_code_until: 'Good until {time}, for one browser.',
  till_open_at: 'Open there: {address}',
  till_no_lan: 'Other machines cannot reach this store box yet. Whoever looks after it can let them in.',
  till_revoke: 'Shut {name} out',
  till_revoke_hold: 'Keep holding…',
  till_revoked: '{name} is out.',
  till_out: 'Out',
  till_in: '{n} open',
  till_this: 'This till',
  till_picture: 'Pairing code as a picture',
  till_managers: 'Only a manager may pair tills or shut them out.',
};
