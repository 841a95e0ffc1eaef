// Puts a text into a field as if it had been typed: React watches the property of the element, so its prototype's setter and an event tell it.
export type TextField = HTMLInputElement | HTMLTextAreaElement;

export function setFieldValue(field: TextField, value: string, inputType: string): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType }));
}
