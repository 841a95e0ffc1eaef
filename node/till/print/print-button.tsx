// Print, with what became of it beside: words and a colour, never a dialog.
import { useEffect } from 'react';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { sayPrint, type Wish } from './print-state.ts';

export function PrintChip({ kind, subjectId }: Wish) {
  const { print } = useActions();
  const say = useSay();
  const state = useTill((current) => current.print);
  const said = sayPrint(state, { kind, ...(subjectId !== undefined && { subjectId }) }, say);
  useEffect(() => {
    void print.look();
  }, [print]);
  return (
    <p className="print-chip" data-tone={said?.tone ?? 'info'} role="status">
      {said && (
        <>
          <Icon name={said.tone} size={16} /> {say(said.key, said.parts)}
        </>
      )}
    </p>
  );
}

export function PrintButton({ kind, subjectId }: Wish) {
  const { print } = useActions();
  const say = useSay();
  const wish: Wish = { kind, ...(subjectId !== undefined && { subjectId }) };
  return (
    <>
      <button type="button" className="action" onClick={() => void print.print(wish)}>
        {say('print')}
      </button>
      <PrintChip {...wish} />
    </>
  );
}
