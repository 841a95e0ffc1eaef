// What the centre says of itself: starts, stops, faults and what a person must see. Never a line for each request.
export interface Log {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}
