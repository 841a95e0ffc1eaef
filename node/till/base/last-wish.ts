// Of wishes that come one after the other the last one counts: the answer to an earlier one is late, and changes nothing.

/** Begins a wish; what it gives back says whether another has begun since. */
export type BeginWish = () => () => boolean;

export function lastWish(): BeginWish {
  let newest = 0;
  return () => {
    newest += 1;
    const mine = newest;
    return () => mine !== newest;
  };
}
