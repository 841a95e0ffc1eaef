// Categories in one row; it scrolls sideways when there are many.
import { useMemo } from 'react';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { topCategories } from './catalogue.ts';

export function CategoryRow() {
  const { catalogue: actions } = useActions();
  const catalogue = useTill((state) => state.catalogue);
  const chosen = useTill((state) => (state.search.results ? undefined : state.category));
  const say = useSay();
  const categories = useMemo(() => topCategories(catalogue), [catalogue]);
  const all = { id: null, name: say('all') };
  return (
    <nav className="categories" aria-label={say('categories')}>
      {[all, ...categories].map(({ id, name }) => (
        <button
          key={id ?? 'all'}
          type="button"
          className="category"
          aria-pressed={chosen === id}
          onClick={() => actions.chooseCategory(id)}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}
