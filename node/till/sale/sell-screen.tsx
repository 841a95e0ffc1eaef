// Sell: categories above, tiles below. It stays in place under the other screens, so coming back costs nothing.
import { CategoryRow } from '../catalogue/category-row.tsx';
import { TileGrid } from '../catalogue/tile-grid.tsx';

export function SellScreen({ hidden }: { hidden: boolean }) {
  return (
    <section className="sell" hidden={hidden}>
      <CategoryRow />
      <TileGrid />
    </section>
  );
}
