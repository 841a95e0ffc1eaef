// The grid of products: only the tiles in sight and their neighbours exist. One tab stop; arrows move inside.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { productsIn } from './catalogue.ts';
import { gridWindow, neighbour, ROW_HEIGHT, TILE_GAP, TILE_HEIGHT } from './grid-window.ts';
import { Tile } from './tile.tsx';

/** The size and the scroll position of the grid; a hidden grid keeps its last size. */
function useViewport(list: unknown) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ width: 616, height: 528, scrollTop: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0)
        setView((before) => (before.width === width && before.height === height ? before : { ...before, width, height }));
    };
    const scrolled = () => setView((before) => ({ ...before, scrollTop: element.scrollTop }));
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }, []);
  // Another list begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is the reason, not an input
  useEffect(() => {
    box.current?.scrollTo(0, 0);
  }, [list]);
  return { box, view };
}

function useShown(): readonly string[] {
  const catalogue = useTill((state) => state.catalogue);
  const category = useTill((state) => state.category);
  const results = useTill((state) => state.search.results);
  // A new price makes a new catalogue in the same order: the list stays, and so does its scroll position.
  const { order, categories } = catalogue;
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => results ?? productsIn(catalogue, category), [results, order, categories, category]);
}

function Empty() {
  const say = useSay();
  const text = useTill((state) => state.search.text);
  const hasResults = useTill((state) => state.search.results !== null);
  return <p className="empty">{hasResults ? say('no_results', { text }) : say('no_items')}</p>;
}

export function TileGrid() {
  const { sale } = useActions();
  const say = useSay();
  const catalogue = useTill((state) => state.catalogue);
  const lines = useTill((state) => state.cart.lines);
  const shown = useShown();
  const { box, view } = useViewport(shown);
  const [active, setActive] = useState(0);
  const inSale = useMemo(() => new Map(lines.map((line) => [line.productId, line.quantity])), [lines]);
  const count = catalogue.complete ? shown.length : 20;
  const { columns, from, to, firstRow, contentHeight } = gridWindow({ ...view, count });
  const tabStop = Math.min(Math.max(active, from), Math.max(from, to - 1));

  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = Number((event.target as HTMLElement).dataset.index);
    const next = neighbour(index, event.key, columns, count);
    if (!Number.isInteger(index) || next === undefined) return;
    event.preventDefault();
    const top = Math.floor(next / columns) * ROW_HEIGHT;
    const element = box.current;
    if (element && top < element.scrollTop) element.scrollTop = top;
    if (element && top + TILE_HEIGHT > element.scrollTop + element.clientHeight)
      element.scrollTop = top + TILE_HEIGHT - element.clientHeight;
    setActive(next);
    const nextTile = () => element?.querySelector<HTMLElement>(`[data-index="${next}"]`);
    const focus = () => nextTile()?.focus({ preventScroll: true });
    // A tile that exists is focused before the next key comes; one that is not yet drawn, as soon as it is.
    if (nextTile()) focus();
    else requestAnimationFrame(focus);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not a form's fieldset
    <div className="tiles" ref={box} role="group" aria-label={say('items')} onKeyDown={onKeyDown}>
      {catalogue.complete && count === 0 && <Empty />}
      <div className="tiles-space" style={{ height: contentHeight }}>
        <div
          className="tiles-rows"
          style={{
            transform: `translateY(${firstRow * ROW_HEIGHT}px)`,
            gridTemplateColumns: `repeat(${columns}, 1fr)`,
            gap: TILE_GAP,
          }}
        >
          {!catalogue.complete &&
            Array.from({ length: to - from }, (_, place) => place).map((place) => (
              <div key={place} className="tile placeholder" />
            ))}
          {catalogue.complete &&
            shown.slice(from, to).map((id, offset) => {
              const product = catalogue.products.get(id);
              return (
                product && (
                  <Tile
                    key={id}
                    product={product}
                    index={from + offset}
                    inSale={inSale.get(id) ?? 0}
                    isTabStop={from + offset === tabStop}
                    onAdd={sale.add}
                  />
                )
              );
            })}
        </div>
      </div>
    </div>
  );
}
