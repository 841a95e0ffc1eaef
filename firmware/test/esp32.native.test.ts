// The ESP32 port without its SDK: the glue compiles against stand-ins of the SDK's headers, for both chips' settings, warnings being errors.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasPrograms, openWorkshop } from '#scripts/dispenser-trial/toolchain';
import { sizeFlags } from '../ports/rv32/build.mjs';

const port = join('firmware', 'ports', 'esp32');
const workshop = openWorkshop();
const read = (...path: string[]) => readFileSync(join(port, ...path), 'utf8');
const sources = readdirSync(join(port, 'main')).filter((name) => name.endsWith('.c'));
const chips = ['esp32c3', 'esp32s3'] as const;

afterAll(() => workshop.close());

/** Settings as the SDK's own tool would write them: what Kconfig.projbuild says, then what the project and the chip say. */
function settingsOf(chip: string): Map<string, string> {
  const settings = new Map<string, string>();
  let name = '';
  for (const line of read('main', 'Kconfig.projbuild').split('\n')) {
    name = /^\s+config (\w+)/.exec(line)?.[1] ?? name;
    const value = /^\s+default (\S+)/.exec(line)?.[1];
    if (value !== undefined) settings.set(name, value);
  }
  for (const file of ['sdkconfig.defaults', `sdkconfig.defaults.${chip}`]) {
    for (const [, key = '', value = ''] of read(file).matchAll(/^CONFIG_(\w+)=(.*)$/gm)) settings.set(key, value);
  }
  return settings;
}

function writeSettings(chip: string): string {
  const folder = join(workshop.folder, chip);
  mkdirSync(folder);
  const lines = [...settingsOf(chip)].map(([name, value]) => `#define CONFIG_${name} ${value === 'y' ? 1 : value}\n`);
  writeFileSync(join(folder, 'sdkconfig.h'), `#define CONFIG_IDF_TARGET_${chip.toUpperCase()} 1\n${lines.join('')}`);
  return folder;
}

describe.runIf(hasPrograms('firmware/test/esp32.native.test.ts', ['gcc']))('the ESP32 port', () => {
  it.each(chips)('[DSP-10] compiles for the %s, without a warning', { timeout: 120_000 }, (chip) => {
    const include = [`-I${writeSettings(chip)}`, `-I${join(port, 'stubs')}`, `-I${join(port, 'main')}`];
    for (const source of sources) {
      workshop.compile('gcc', `${chip}-${source}.o`, [
        '-c',
        '-O2',
        '-Wno-unused-parameter',
        ...include,
        join(port, 'main', source),
      ]);
    }
    expect(sources.length).toBeGreaterThan(8);
  });

  it.each([
    ['a line', '53443a31 0d', ['SD:1']],
    ['two lines, the ends doubled', '4142 0d0a 4344 0a', ['AB', 'CD']],
    ['a text that only a silence ends', '4142 . . 4344 .', ['AB', 'CD']],
    ['the reply to a trigger before the text', '02000001003331 414243 0d', ['ABC']],
    ['two replies, the second in pieces', '02000001003331 0200 000100 3331 4142 0d', ['AB']],
    ['half a reply, a silence, then a text', '020000 . 4142 0d', ['AB']],
    ['a text that begins like the end of a reply', '3331 0d', ['31']],
    ['nothing at all', '. 0d 0a .', []],
    ['a text too long for any code, then a good one', `${'41'.repeat(200)} 0d 4242 0d`, ['BB']],
  ])('[DSP-10] reads from its scanner %s', { timeout: 60_000 }, (_, pieces, texts) => {
    const program = workshop.compile('gcc', 'scan-line', [
      '-fsanitize=address,undefined',
      `-I${join(port, 'main')}`,
      join('firmware', 'test', 'self', 'scan-line.c'),
      join(port, 'main', 'scan_line.c'),
    ]);
    expect(workshop.run(program, pieces.split(' ')).output.split('\n').filter(Boolean)).toEqual(texts);
  });

  const atBroker = (certificateLength: number, ...happenings: string[]): string[] => {
    const program = workshop.compile('gcc', 'mqtt-line', [
      '-fsanitize=address,undefined',
      '-Wno-unused-parameter',
      `-I${join(port, 'stubs')}`,
      `-I${join(port, 'main')}`,
      join('firmware', 'test', 'self', 'mqtt-line.c'),
      join(port, 'main', 'mqtt_line.c'),
    ]);
    const { status, output } = workshop.run(program, [String(certificateLength), ...happenings]);
    expect(status, output).toBe(0);
    return output.split('\n').filter(Boolean);
  };
  const boot = 'b1'.repeat(8);

  it('[DSP-07] is at its broker as itself: subscribed before it is present, its will of this boot, its words for its node alone', () => {
    expect(atBroker(0, 'connected', 'subscribed', 'disconnected')).toEqual([
      'trusts bundle 0',
      'client 7 7',
      `will sd/1/toko/7/state lost ${boot} 1 1`,
      'subscribe sd/1/toko/7/down 1',
      `publish sd/1/toko/7/state 1 1 present ${boot}`,
      'publish sd/1/toko/7/info 1 1 firmware 0',
      'up 0',
      'down 0',
      'publish sd/1/toko/7/up 1 0 said',
    ]);
  });

  it('[DSP-07] [DSP-11] believes the authority that it was provisioned with, and then nobody else', () => {
    expect(atBroker(640)[0]).toBe('trusts certificate 640');
  });

  it('[DSP-07] takes whole commands of its own topic, and none that the broker had kept', () => {
    const down = 'sd/1/toko/7/down';
    const dropped = [
      `${down} 1 0 11 11`,
      `${down} 0 0 12 24`,
      `${down} 0 12 13 25`,
      `${down} 0 0 0 0`,
      `${down} 0 0 245 245`,
      'sd/1/toko/8/down 0 0 14 14',
      `${down}/more 0 0 15 15`,
      'sd/1/toko/7/dow 0 0 16 16',
    ];
    const told = atBroker(0, ...dropped, `${down} 0 0 20 20`);
    expect(told.filter((line) => line.startsWith('message'))).toEqual(['message 20']);
  });
});

describe('the ESP32 project', () => {
  it('[DSP-10] gives each firmware slot 1.75 MB and the journal raw flash, in 4 MB without overlaps', () => {
    const partitions = read('partitions.csv')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(',').map((word) => word.trim()))
      .map(([name = '', type, , offset, size]) => ({ name, type, from: Number(offset), to: Number(offset) + Number(size) }));
    for (const [index, partition] of partitions.entries()) {
      expect(partition.from, partition.name).toBeGreaterThanOrEqual(partitions[index - 1]?.to ?? 0x9000);
      if (partition.type === 'app') expect(partition.from % 0x10000, partition.name).toBe(0);
    }
    expect(partitions.at(-1)?.to).toBeLessThanOrEqual(4 * 1024 * 1024);
    const sizeOf = (name: string) =>
      partitions.filter((partition) => partition.name === name).map(({ from, to }) => to - from)[0];
    expect([sizeOf('ota_0'), sizeOf('ota_1'), sizeOf('journal')]).toEqual([1.75 * 2 ** 20, 1.75 * 2 ** 20, 64 * 1024]);
  });

  it.each(chips)('[DSP-10] gives every pin and every UART of the %s one use, and restarts what hangs', (chip) => {
    const settings = settingsOf(chip);
    const values = (pattern: RegExp) => [...settings].flatMap(([name, value]) => (pattern.test(name) ? [value] : []));
    const pins = values(/^LAPAK_.*_PIN/);
    expect(pins.length).toBe(10);
    expect(new Set(pins).size).toBe(pins.length);
    expect(new Set(values(/^LAPAK_.*_UART$/)).size).toBe(2);
    for (const name of [
      'ESP_TASK_WDT_PANIC',
      'ESP_BROWNOUT_DET',
      'BOOTLOADER_APP_ROLLBACK_ENABLE',
      'SECURE_SIGNED_ON_UPDATE_NO_SECURE_BOOT',
    ]) {
      expect(settings.get(name), name).toBe('y');
    }
    expect(settings.get('ESP_CONSOLE_USB_SERIAL_JTAG')).toBe('y');
  });

  it('[DSP-10] builds the core as small as it was measured', () => {
    expect(read('components', 'lapak_core', 'CMakeLists.txt')).toContain(sizeFlags.join(' '));
  });

  it('[DSP-10] builds every source that stands there', () => {
    const listed = [...read('main', 'CMakeLists.txt').matchAll(/"(\w+\.c)"/g)].map(([, name]) => name).sort();
    expect(listed).toEqual([...sources].sort());
  });
});
