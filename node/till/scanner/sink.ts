// On touch screens some keyboards hide their keys from scripts, and only a field that has the focus gets the characters of a scanner.
// The sink is that field: unseen, without a keyboard on the screen, and focused whenever nothing else is.
export function keepSinkFocused(): () => void {
  if (!window.matchMedia('(pointer: coarse)').matches) return () => {};

  const settle = () => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('[data-scan-sink]')?.focus({ preventScroll: true });
  };
  const afterwards = () => void requestAnimationFrame(settle);
  // A tap presses a button without taking the focus from the sink, or from the main button.
  const keepFocus = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('button')) event.preventDefault();
  };

  document.addEventListener('mousedown', keepFocus, true);
  document.addEventListener('focusout', afterwards);
  afterwards();
  return () => {
    document.removeEventListener('mousedown', keepFocus, true);
    document.removeEventListener('focusout', afterwards);
  };
}
