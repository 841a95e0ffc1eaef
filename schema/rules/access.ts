// Who may do what. Every route names one of these; a route that names none keeps the server from starting.

export const permissions = [
  'store.read',
  'store.write',
  'catalog.read',
  'catalog.write',
  'order.read',
  'stock.read',
  'stock.write',
  'voucher.issue',
  'ledger.read',
  'exception.read',
  'exception.resolve',
  'audit.read',
  'user.write',
  'staff.read',
  'staff.write',
  'customer.read',
  'customer.write',
  'device.read',
  'device.write',
  'device.command',
  'device.provision',
  'device.report',
] as const;

export type Permission = (typeof permissions)[number];

const readAll: Permission[] = ['store.read', 'catalog.read', 'order.read', 'stock.read', 'device.read'];

export const roles = {
  admin: [...permissions],
  manager: [
    ...readAll,
    'catalog.write',
    'stock.write',
    'voucher.issue',
    'staff.read',
    'staff.write',
    'customer.read',
    'customer.write',
    'device.command',
    'exception.read',
    'exception.resolve',
  ],
  finance: [...readAll, 'ledger.read', 'audit.read', 'exception.read', 'exception.resolve'],
  operator: [...readAll, 'device.command', 'device.report', 'exception.read'],
} as const satisfies Record<string, Permission[]>;

export type Role = keyof typeof roles;

export const roleNames = Object.keys(roles) as Role[];

export const allows = (role: Role, permission: Permission): boolean =>
  (roles[role] as readonly Permission[]).includes(permission);

/**
 * public: anyone. session: any signed-in person. node: the own token of a store's node. known-node: that, or of one that was replaced.
 * till: a paired till. staff: a paired till, and where the store has staff a person who is signed in at it.
 * machine: a program on the node's own machine, by the token in its data folder.
 */
export type Access = 'public' | 'session' | 'node' | 'known-node' | 'till' | 'staff' | 'machine' | { can: Permission };
