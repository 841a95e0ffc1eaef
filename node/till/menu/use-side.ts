// What a screen beside the sale takes for itself while it is open.
import { useLayoutEffect, useRef } from 'react';
import { setFieldValue } from '../base/field-value.ts';
import { useActions } from '../base/till-context.tsx';
import type { SideHandlers } from './side-actions.ts';

/**
 * The field that has the focus comes first: one that asks for a code and has none is filled, and a number that stands typed in one counts
 * before the scan does.
 */
function takenByField(code: string): boolean {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) return false;
  const fills = field.dataset.fills !== undefined && field.value === '';
  if (fills) setFieldValue(field, code.trim().slice(0, field.maxLength), 'insertText');
  else if (field.dataset.settles !== undefined) field.blur();
  return fills;
}

/**
 * Which handlers there are is decided once; what they do may change with each drawing. They are there with what is drawn: a scan in the moment
 * in which the screen is seen is the screen's.
 */
export function useSide(handlers: SideHandlers): void {
  const { side } = useActions();
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useLayoutEffect(() => {
    const { scan, news, main } = latest.current;
    return side.take({
      ...(scan && { scan: (code) => takenByField(code) || latest.current.scan?.(code) }),
      ...(news && { news: (what) => latest.current.news?.(what) }),
      ...(main && { main: () => latest.current.main?.() }),
    });
  }, [side]);
}
