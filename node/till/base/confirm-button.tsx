// A button for what cannot be undone: the first press asks, the second does it; going elsewhere takes the question back.
import { useState } from 'react';

export function ConfirmButton({ label, sure, onConfirm }: { label: string; sure: string; onConfirm: () => void }) {
  const [asks, setAsks] = useState(false);
  return (
    <button
      type="button"
      className="action"
      data-asks={asks || undefined}
      onBlur={() => setAsks(false)}
      onClick={() => {
        setAsks(!asks);
        if (asks) onConfirm();
      }}
    >
      {asks ? sure : label}
    </button>
  );
}
