// Categories of the catalogue by their names.
import type { Centre } from './connect.ts';
import { pickOne } from './find.ts';

interface Category {
  id: string;
  name: string;
}

export async function findCategory(centre: Centre, text: string): Promise<Category> {
  const { items } = await centre.category.list();
  const list = items.length > 0 ? `there is ${items.map(({ name }) => name).join(', ')}` : 'there is none yet';
  return pickOne(items, { noun: 'category', text, list, namesOf: (category) => [category.name] });
}
