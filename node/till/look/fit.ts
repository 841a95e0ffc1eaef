// Amounts are never shortened: a long one becomes smaller instead. The style sheet sizes it by the number of its characters.
import type { CSSProperties } from 'react';

export const fitted = (text: string): CSSProperties => ({ '--characters': text.length }) as CSSProperties;
