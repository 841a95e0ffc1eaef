// How people read a generation of a store's journal: as a letter, another book of receipts and reports.
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A, B … Z, AA, AB … */
export function generationLetters(generation: number): string {
  let letters = '';
  for (let left = generation; left > 0; left = Math.floor((left - 1) / 26)) letters = LETTERS[(left - 1) % 26] + letters;
  return letters;
}
