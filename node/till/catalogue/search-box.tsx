// The search field. It never takes the focus by itself: a keyboard on the screen would split scans.
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { SEARCH_FIELD } from '../keys/key-listener.ts';
import { Icon } from '../look/icon.tsx';

export function SearchBox() {
  const { search, sale } = useActions();
  const text = useTill((state) => state.search.text);
  const say = useSay();
  const choose = (event: React.FormEvent) => {
    event.preventDefault();
    const productId = search.choose();
    if (productId === undefined) return;
    sale.add(productId);
    search.clear();
  };
  return (
    <search>
      <form className="search" onSubmit={choose}>
        <Icon name="search" />
        <input
          id={SEARCH_FIELD}
          type="text"
          enterKeyHint="search"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={80}
          value={text}
          placeholder={say('search')}
          aria-label={say('search')}
          onChange={(event) => search.type(event.target.value)}
        />
        {text === '' ? (
          <kbd>F2</kbd>
        ) : (
          <button type="button" className="bare" aria-label={say('search_clear')} onClick={search.clear}>
            <Icon name="close" />
          </button>
        )}
      </form>
    </search>
  );
}
