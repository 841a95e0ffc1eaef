// Finds a product by name or code where a screen beside the sale wants one; a scan finds it as well, without this field.
import { useState } from 'react';
import { useSay, useTill } from '../base/till-context.tsx';
import { productByCode, searchHere } from '../catalogue/catalogue.ts';

const MOST_FOUND = 6;

export function ProductFinder({ label, onFind }: { label: string; onFind: (productId: string) => void }) {
  const say = useSay();
  const catalogue = useTill((state) => state.catalogue);
  const [text, setText] = useState('');
  const wanted = text.trim();
  const coded = wanted === '' ? undefined : productByCode(catalogue, wanted)?.id;
  const found = wanted === '' ? [] : coded === undefined ? searchHere(catalogue, wanted, MOST_FOUND) : [coded];
  const take = (id: string | undefined) => {
    if (id === undefined) return;
    setText('');
    onFind(id);
  };
  return (
    <form
      className="finder"
      onSubmit={(event) => {
        event.preventDefault();
        take(found[0]);
      }}
    >
      <label>
        <span className="meta">{label}</span>
        <input
          className="field"
          value={text}
          placeholder={say('search')}
          maxLength={80}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {wanted !== '' && found.length === 0 && <p className="meta">{say('no_results', { text: wanted })}</p>}
      {found.length > 0 && (
        <div className="finder-found">
          {found.map((id) => (
            <button key={id} type="button" className="quiet" onClick={() => take(id)}>
              {catalogue.products.get(id)?.name}
            </button>
          ))}
        </div>
      )}
    </form>
  );
}
