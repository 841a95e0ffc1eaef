// Notes: of the sale, and of the marked line. They stand on the receipt.
import { useState } from 'react';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { selectedLine } from '../sale/cart.ts';

function NoteField({ title, note, onSet }: { title: string; note: string; onSet: (text: string) => void }) {
  const say = useSay();
  const [text, setText] = useState(note);
  return (
    <form
      className="note-field"
      onSubmit={(event) => {
        event.preventDefault();
        onSet(text);
      }}
    >
      <label>
        <span className="meta">{title}</span>
        <input
          className="field"
          value={text}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="submit" className="action" aria-disabled={text.trim() === note || undefined}>
        {say('note_save')}
      </button>
    </form>
  );
}

export function NotePart() {
  const { details } = useActions();
  const say = useSay();
  const note = useTill((state) => state.cart.note ?? '');
  const line = useTill((state) => selectedLine(state.cart));
  const name = useTill((state) => state.catalogue.products.get(line?.productId ?? '')?.name);
  return (
    <section className="notes" aria-label={say('note')}>
      <NoteField key={`sale ${note}`} title={say('note_sale')} note={note} onSet={(text) => details.setNote(null, text)} />
      {line && name !== undefined && (
        <NoteField
          key={`${line.lineId} ${line.note ?? ''}`}
          title={say('note_line', { name })}
          note={line.note ?? ''}
          onSet={(text) => details.setNote(line.lineId, text)}
        />
      )}
    </section>
  );
}
