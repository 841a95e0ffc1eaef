// Writes firmware/core/lapak_wire.h from the tables in schema/wire/dispenser.ts. Run it after changing them; a unit test fails if it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { assert } from '#schema/values/assert';
import * as wire from '#schema/wire/dispenser';
import { type Layout, sizeOf } from '#schema/wire/layout';

/** From the repository's root, where scripts and tests run. */
const headerFile = 'firmware/core/lapak_wire.h';

export const snake = (name: string) => name.replaceAll('-', '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** `unix` is a macro of GNU compilers on the systems where the tests run natively. */
const member = (field: string) => (field === 'unix' ? 'unix_s' : snake(field));
const upper = (name: string) => snake(name).toUpperCase();

function constants(group: string, values: Record<string, number>): string {
  const lines = Object.entries(values).map(([name, value]) => `    LAPAK_${group}_${upper(name)} = ${value},`);
  return `enum lapak_${group.toLowerCase()} {\n${lines.join('\n')}\n};\n`;
}

/** Settings within a message are a struct of their own there, as the core keeps them. */
const settingNames = Object.keys(wire.settingsLayout);
const isOfSettings = (layout: Layout, field: string) =>
  layout !== wire.settingsLayout && settingNames.includes(field) && settingNames.every((name) => name in layout);

/** How C names a field of this layout, from its struct on. */
export const memberIn = (layout: Layout, field: string): string =>
  isOfSettings(layout, field) ? `settings.${member(field)}` : member(field);

function struct(name: string, layout: Layout): string {
  const members = Object.entries(layout).flatMap(([field, { c, size }]) => {
    if (isOfSettings(layout, field)) return field === settingNames[0] ? ['    struct lapak_settings settings;'] : [];
    return [c === 'bytes' ? `    uint8_t ${member(field)}[${size}];` : `    ${c} ${member(field)};`];
  });
  return `struct lapak_${snake(name)} {\n${members.join('\n')}\n};\n`;
}

/** What bytes.c walks along: each member's size, in octal; a size above 4 is a run of bytes. The string's own zero ends it. */
const sizes = (layout: Layout) =>
  Object.values(layout)
    .map(({ size }) => `\\${size.toString(8).padStart(3, '0')}`)
    .join('');

/** A layout in C: how many bytes it takes, its struct, and how one becomes the other. An empty one has no struct. */
function layoutInC(name: string, layout: Layout): string {
  for (const { c, size } of Object.values(layout)) assert(c !== 'bytes' || size > 4, 'a run of bytes is longer than a number');
  const defines = `#define LAPAK_${upper(name)}_SIZE ${sizeOf(layout)}\n#define LAPAK_${upper(name)}_LAYOUT "${sizes(layout)}"\n`;
  return Object.keys(layout).length === 0 ? defines : [defines, struct(name, layout)].join('\n');
}

function preamble(): string {
  return `// What the dispenser and its node say, and the bytes of a voucher: written by scripts/dispenser-header.ts, never by hand.
#ifndef LAPAK_WIRE_H
#define LAPAK_WIRE_H

#include <stdint.h>

#define LAPAK_MESSAGE_VERSION ${wire.messageVersion}
#define LAPAK_MESSAGE_HEAD 2
#define LAPAK_VOUCHER_VERSION ${wire.voucherVersion}
#define LAPAK_VOUCHER_PREFIX "${wire.voucherPrefix}"
#define LAPAK_VOUCHER_MAC_SIZE ${wire.voucherMacSize}
#define LAPAK_SEAL_MAC_SIZE ${wire.sealMacSize}
#define LAPAK_WINDOW_SPAN ${wire.windowSpan}
#define LAPAK_PENDING_LIMIT ${wire.pendingLimit}
#define LAPAK_UPDATE_PIECE_SIZE ${wire.updatePieceSize}
#define LAPAK_PAYLOAD_MAX ${wire.payloadMax}
#define LAPAK_FRAME_CRC_SIZE ${wire.frameCrcSize}
#define LAPAK_LINK_RESEND_MS ${wire.linkResendMs}
#define LAPAK_LINK_RESENDS ${wire.linkResends}
#define LAPAK_LINK_CALL_MS ${wire.linkCallMs}
#define LAPAK_LINK_IDLE_MS ${wire.linkIdleMs}
${Object.entries(wire.labels)
  .map(([name, label]) => `#define LAPAK_LABEL_${upper(name)} "${label}"`)
  .join('\n')}
`;
}

export function dispenserHeader(): string {
  const names = Object.keys(wire.messages) as wire.MessageName[];
  const types = Object.fromEntries(names.map((name) => [name, wire.messages[name].type]));
  return [
    preamble(),
    constants('MESSAGE', types),
    constants('REFUSAL', wire.refusalCodes),
    constants('RESULT', wire.outcomeResults),
    constants('REASON', wire.outcomeReasons),
    constants('VOID', wire.voidResults),
    constants('FAULT', wire.faultCodes),
    constants('PHASE', wire.phaseCodes),
    constants('UPDATE_STEP', wire.updateSteps),
    constants('TEST', wire.testResults),
    constants('AUTHORITY', wire.authorities),
    constants('FLAG', wire.voucherFlags),
    constants('CAPABILITY', wire.capabilities),
    constants('FRAME_FLAG', wire.frameFlags),
    layoutInC('voucher', wire.voucherLayout),
    layoutInC('identity', wire.identityLayout),
    layoutInC('settings', wire.settingsLayout),
    layoutInC('frame_head', wire.frameLayout),
    ...names.map((name) => layoutInC(messageStruct(name), wire.messages[name].layout)),
    nodeMessages(names.filter((name) => wire.messages[name].type >= 0x80)),
    '#endif\n',
  ].join('\n');
}

/** `void` is a word of C, and `state` too wide a name for a struct. */
export const messageStruct = (name: wire.MessageName) => `${name}Message`;

/** Room for whichever message comes from the node. */
function nodeMessages(names: wire.MessageName[]): string {
  const members = names
    .filter((name) => Object.keys(wire.messages[name].layout).length > 0)
    .map((name) => `    struct lapak_${snake(messageStruct(name))} ${name === 'void' ? 'void_serial' : snake(name)};`);
  return `union lapak_node_message {\n${members.join('\n')}\n};\n`;
}

/** Null when the committed header is what the tables give. */
export function staleHeader(): string | null {
  return readFileSync(headerFile, 'utf8') === dispenserHeader()
    ? null
    : `${headerFile} is stale: run scripts/dispenser-header.ts`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(headerFile, dispenserHeader());
