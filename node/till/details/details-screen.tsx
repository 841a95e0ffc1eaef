// This sale: who buys, notes, a tip, and throwing it away. Items are scanned and added on as before.
import { useState } from 'react';
import { Choice } from '../base/choice.tsx';
import { useSay, useTill } from '../base/till-context.tsx';
import { CustomerPart } from './customer-part.tsx';
import { NotePart } from './note-part.tsx';
import { TipPart } from './tip-part.tsx';
import { VoidPart } from './void-part.tsx';

const parts = { customer: CustomerPart, note: NotePart, tip: TipPart, void: VoidPart };

type Part = keyof typeof parts;

export function DetailsScreen() {
  const say = useSay();
  const tips = useTill((state) => state.session?.store.settings.tips === true);
  const [part, setPart] = useState<Part>('customer');
  const names: Partial<Record<Part, string>> = {
    customer: say('customer'),
    note: say('note'),
    ...(tips && { tip: say('tip') }),
    void: say('void'),
  };
  const View = parts[part];
  return (
    <div className="details">
      <Choice<Part> title="" options={names as Record<Part, string>} chosen={part} onChoose={setPart} />
      <View />
    </div>
  );
}
