// What a screen beside the sale reads from the node: at its opening, when the node is back, and when it is asked for again. What was read
// before stays in sight meanwhile.
import { useCallback, useEffect, useRef, useState } from 'react';
import { lastWish } from '../base/last-wish.ts';
import { useTill } from '../base/till-context.tsx';

export interface Loaded<T> {
  value: T | null;
  /** The node did not answer. */
  failed: boolean;
  again: () => void;
}

export function useLoaded<T>(load: () => Promise<T>, of = ''): Loaded<T> {
  const link = useTill((state) => (state.link === 'lost' ? 'lost' : 'up'));
  const [loaded, setLoaded] = useState<{ value: T | null; failed: boolean; of: string }>({ value: null, failed: false, of });
  const latest = useRef(load);
  const [begin] = useState(lastWish);
  useEffect(() => {
    latest.current = load;
  });
  const again = useCallback(() => {
    const isLate = begin();
    latest.current().then(
      (value) => isLate() || setLoaded({ value, failed: false, of }),
      () => isLate() || setLoaded((before) => ({ value: before.of === of ? before.value : null, failed: true, of })),
    );
  }, [of, begin]);
  useEffect(() => {
    if (link === 'up') again();
    return () => void begin();
  }, [link, again, begin]);
  return { value: loaded.of === of ? loaded.value : null, failed: loaded.failed || link === 'lost', again };
}
