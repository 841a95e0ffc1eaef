// What a screen beside the sale takes for itself while it is open.
import { useEffect, useRef } from 'react';
import { useActions } from '../base/till-context.tsx';
import type { SideHandlers } from './side-actions.ts';

/** Which handlers there are is decided once; what they do may change with each drawing. */
export function useSide(handlers: SideHandlers): void {
  const { side } = useActions();
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const { scan, news, main } = latest.current;
    return side.take({
      ...(scan && { scan: (code) => latest.current.scan?.(code) }),
      ...(news && { news: (what) => latest.current.news?.(what) }),
      ...(main && { main: () => latest.current.main?.() }),
    });
  }, [side]);
}
