// A receipt on the screen, block by block as it is on paper.
import type { ReceiptBlock } from '#schema/wire/receipt';
import { useSay } from '../base/till-context.tsx';
import { QrCode } from '../done/qr-code.tsx';

function Block({ block }: { block: ReceiptBlock }) {
  const say = useSay();
  if (block.kind === 'text')
    return (
      <p data-align={block.align} data-size={block.size} data-bold={block.bold || undefined}>
        {block.text}
      </p>
    );
  if (block.kind === 'row')
    return (
      <p className="paper-row" data-size={block.size} data-bold={block.bold || undefined}>
        <span>{block.left}</span>
        <span>{block.right}</span>
      </p>
    );
  if (block.kind === 'rule') return <hr />;
  if (block.kind === 'qr') return <QrCode text={block.text} label={say('receipt_code', { no: block.text })} />;
  // The picture of the head and the cut belong to paper alone.
  return block.kind === 'space' ? <br /> : null;
}

export function Paper({ blocks }: { blocks: readonly ReceiptBlock[] }) {
  return (
    <div className="paper">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name and their order never changes
        <Block key={index} block={block} />
      ))}
    </div>
  );
}
