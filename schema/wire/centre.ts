// Every contract of the centre, by noun: what its OpenAPI shows and what the access test walks.
import { customerContract, customerSyncContract } from './customer.ts';
import { deviceSyncContract } from './device-key.ts';
import { deviceOrderContract } from './device-order.ts';
import { deviceRegistryContract } from './device-registry.ts';
import { deviceStatusContract } from './device-status.ts';
import { exceptionContract } from './exception.ts';
import { firmwareContract, firmwareSyncContract } from './firmware.ts';
import { fleetContract } from './fleet.ts';
import { identityContract } from './identity.ts';
import { journalContract } from './journal.ts';
import { ledgerContract } from './ledger.ts';
import { orderContract } from './order.ts';
import { pickupContract } from './pickup.ts';
import { availabilityContract, categoryContract, productContract, taxRateContract } from './product.ts';
import { recoveryContract } from './recovery.ts';
import { storeReportContract } from './report.ts';
import { allotmentContract } from './reservation.ts';
import { returnSyncContract } from './return.ts';
import { storeShiftContract } from './shift.ts';
import { staffContract } from './staff.ts';
import { inventoryContract } from './stock.ts';
import { storeContract } from './store.ts';
import { syncContract } from './sync.ts';

export const centreContracts = {
  identity: identityContract,
  store: storeContract,
  staff: staffContract,
  customer: customerContract,
  customerSync: customerSyncContract,
  device: deviceRegistryContract,
  deviceOrder: deviceOrderContract,
  deviceStatus: deviceStatusContract,
  deviceSync: deviceSyncContract,
  firmware: firmwareContract,
  firmwareSync: firmwareSyncContract,
  product: productContract,
  availability: availabilityContract,
  category: categoryContract,
  taxRate: taxRateContract,
  inventory: inventoryContract,
  allotment: allotmentContract,
  order: orderContract,
  pickup: pickupContract,
  returnSync: returnSyncContract,
  shift: storeShiftContract,
  report: storeReportContract,
  ledger: ledgerContract,
  fleet: fleetContract,
  sync: syncContract,
  exception: exceptionContract,
  journal: journalContract,
  recovery: recoveryContract,
};
