// Firmware images for dispensers, by the SHA-256 of their bytes: how one is brought to a machine, kept for the chain at the centre, and
// fetched from there, piece by piece, by a node that was told to update a device with it.
import Type, { type Static } from 'typebox';
import { Hash } from '../facts/body.ts';
import { readFirmware } from '../rules/device-update.ts';
import { ok, type Result, refuse } from '../values/result.ts';
import { contract } from './contract.ts';
import { Count, Id, Input, orNull, Page, pageQueryWith, Time } from './parts.ts';

/** As people write it: `1.4.0`. */
const FirmwareText = Type.String({ minLength: 1, maxLength: 20 });

/** A slot for firmware on the board has 1.75 MB; as base64 that is a third more. */
const IMAGE_MOST = 2_500_000;

export const AddFirmware = Input({ firmware: FirmwareText, image: Type.String({ minLength: 1, maxLength: IMAGE_MOST }) });

type AddFirmware = Static<typeof AddFirmware>;

export const ADD_FIRMWARE_BYTES = IMAGE_MOST + 1_000;

export const FirmwareImage = Type.Object({ digest: Type.String(), firmware: Type.String(), size: Count });

export type FirmwareImage = Static<typeof FirmwareImage>;

/** What somebody brought: the version as the wire of the dispensers has it, and the bytes. */
export function readImage({
  firmware: text,
  image,
}: AddFirmware): Result<{ firmware: number; bytes: Buffer }, 'bad-firmware' | 'bad-image'> {
  const firmware = readFirmware(text);
  if (firmware === undefined)
    return refuse('bad-firmware', 'That is no version of a firmware.', { field: 'firmware', next: 'Write it like 1.4.0.' });
  const bytes = Buffer.from(image, 'base64');
  if (bytes.length === 0 || bytes.toString('base64') !== image)
    return refuse('bad-image', 'The image is not base64.', {
      field: 'image',
      next: 'Send the bytes that the build made in base64.',
    });
  return ok({ firmware, bytes });
}

const StoredFirmware = Type.Object({
  ...FirmwareImage.properties,
  addedAt: Time,
  addedBy: orNull(Id),
});

export type StoredFirmware = Static<typeof StoredFirmware>;

const DigestParams = Input({ digest: Hash });

/** At the centre. */
export const firmwareContract = contract({
  add: {
    method: 'POST',
    path: '/api/v1/firmware',
    access: { can: 'device.write' },
    summary: 'Bring a firmware image to the centre, for updates by its digest. The same bytes again are the same image.',
    body: AddFirmware,
    maxBodyBytes: ADD_FIRMWARE_BYTES,
    output: StoredFirmware,
    status: 201,
    refusals: { 'bad-image': 422, 'bad-firmware': 422, 'other-version': 409 },
  },
  list: {
    method: 'GET',
    path: '/api/v1/firmware',
    access: { can: 'device.read' },
    summary: 'The firmware images that the centre has, the newest first.',
    query: pageQueryWith({}),
    output: Page(StoredFirmware),
    refusals: { 'bad-cursor': 422 },
  },
  remove: {
    method: 'DELETE',
    path: '/api/v1/firmware/{digest}',
    access: { can: 'device.write' },
    summary: 'Remove a firmware image that no device is asked to take. Nodes that have it keep it.',
    params: DigestParams,
    output: StoredFirmware,
    refusals: { 'unknown-firmware': 404, 'firmware-in-use': 409 },
  },
});

/** One call of a slow link; the next goes on where it ends. */
export const FIRMWARE_PIECE_BYTES = 32_768;

export const FirmwarePiece = Type.Object({
  firmware: FirmwareText,
  /** Of the whole image. */
  size: Type.Integer({ minimum: 1, maximum: IMAGE_MOST }),
  from: Count,
  /** In base64. */
  bytes: Type.String(),
});

export const firmwareSyncContract = contract({
  piece: {
    method: 'GET',
    path: '/sync/firmware/{digest}',
    access: 'node',
    summary: 'A piece of a firmware image, for a node that was told to update a device with it.',
    params: DigestParams,
    query: Input({ from: Type.String({ pattern: '^\\d{1,8}$' }) }),
    output: FirmwarePiece,
    refusals: { 'unknown-firmware': 404, 'past-the-end': 422 },
  },
});
