// Who calls this node: one of its paired tills, a program on its own machine, or anybody.

export type Caller =
  | { kind: 'till'; till: { id: string; code: string; name: string } }
  | { kind: 'machine'; till: { id: string; code: string; name: string } }
  | { kind: 'anyone' };
