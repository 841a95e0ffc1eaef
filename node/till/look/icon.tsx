// The few symbols of the page, drawn in the colour of their text. A symbol never stands alone: a word or a name goes with it.
const paths = {
  ok: 'M3.5 8.5l3 3 6-7',
  info: 'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6zM8 7.4v3.6M8 5v.1',
  warn: 'M8 2.2l6.4 11.3H1.6zM8 6.4v3.2M8 11.6v.1',
  fault: 'M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6zM8 4.8v3.8M8 11v.1',
  back: 'M9.5 3L4.5 8l5 5',
  next: 'M6.5 3l5 5-5 5',
  up: 'M3 10.5l5-5 5 5',
  close: 'M4 4l8 8M12 4l-8 8',
  less: 'M3.5 8h9',
  more: 'M3.5 8h9M8 3.5v9',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.4 10.4l3.4 3.4',
  undo: 'M5.5 3L2.5 6l3 3M2.5 6h6.5a4 4 0 0 1 0 8H6',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  qr: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h1.5v1.5M13.5 9.5v1.5M9.5 13.5h1.5M13.5 13.5h-.1',
  erase: 'M5.5 3.5h8v9h-8L2 8zM7.8 6.3l3.4 3.4M11.2 6.3L7.8 9.7',
  lock: 'M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  times: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  dots: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  person: 'M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM3 13.5c.6-2.6 2.6-4 5-4s4.400 1.400 5 4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
