// The store node as a program: how it stands, for the command line on its own machine; and every contract of the node, by noun.
import Type from 'typebox';
import { contract } from './contract.ts';
import { countContract } from './count.ts';
import { deviceContract } from './device.ts';
import { draftContract } from './draft.ts';
import { goodsContract } from './goods.ts';
import { Count, Id, orNull } from './parts.ts';
import { printContract } from './print.ts';
import { receiptContract } from './receipt.ts';
import { saleContract } from './sale.ts';
import { storeStaffContract } from './staff.ts';
import { storeStockContract } from './stock.ts';
import { tagContract } from './tag.ts';
import { SyncState, tillContract } from './till.ts';
import { Trouble } from './trouble.ts';
import { voucherContract } from './voucher.ts';

export const nodeContract = contract({
  status: {
    method: 'GET',
    path: '/api/v1/node/status',
    access: 'machine',
    summary: 'How this node stands: its store, its journal, its sync and its devices.',
    output: Type.Object({
      version: Type.String(),
      enrolled: Type.Boolean(),
      storeId: orNull(Id),
      nodeId: orNull(Id),
      generation: Count,
      seq: Count,
      witnessedSeq: Count,
      sync: SyncState,
      devices: Type.Object({ total: Count, online: Count }),
      troubles: Type.Array(Trouble),
    }),
  },
});

export const nodeContracts = {
  node: nodeContract,
  till: tillContract,
  staff: storeStaffContract,
  sale: saleContract,
  draft: draftContract,
  voucher: voucherContract,
  stock: storeStockContract,
  goods: goodsContract,
  count: countContract,
  tag: tagContract,
  device: deviceContract,
  print: printContract,
  receipt: receiptContract,
};
