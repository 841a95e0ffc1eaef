// Where each tagged item was last seen, as reads of tags tell it.
import type { Fact } from '#schema/facts/fact';
import { type TagsRead, tagsRead } from '#schema/facts/tags-read';
import { type Sqlite, writer } from '../base/sqlite.ts';
import { type Projection, when } from '../journal/projection.ts';

export function tagProjection(sqlite: Sqlite): Projection {
  const arrive = writer(
    sqlite,
    `INSERT INTO tags (tag, product_id, place, booked_out) VALUES (?, ?, ?, 0)
     ON CONFLICT (tag) DO UPDATE SET product_id = excluded.product_id, place = excluded.place, booked_out = 0`,
  );
  const leave = writer(
    sqlite,
    'UPDATE tags SET place = NULL, booked_out = (? AND product_id IS NOT NULL) WHERE tag = ? AND place = ?',
  );
  return {
    tables: ['tags'],
    on: when(tagsRead, ({ body }: Fact<TagsRead>) => {
      for (const { tag, productId } of body.came) arrive(tag, productId, body.place);
      for (const tag of body.gone) leave(body.effect === 'move' ? 1 : 0, tag, body.place);
    }),
  };
}
