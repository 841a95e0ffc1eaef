// lapak up: a whole chain on this machine, with sample goods, until Ctrl+C. What `npm start` runs.
import { resolve } from 'node:path';
import * as Flags from '@oclif/core/flags';
import { LapakCommand } from '../base-command.ts';
import { brokerOf } from '../broker.ts';
import { openDemoFolder } from '../demo/folder.ts';
import { needFreePort } from '../demo/free-port.ts';
import { type Demo, type DemoParts, startDemo } from '../demo/start-demo.ts';
import { brokerFlags, dataFolderFlag, lanFlags } from '../flags.ts';
import { dataFolder } from '../folders.ts';
import { stayUntilStopped } from '../foreground.ts';
import { lanOf } from '../lan.ts';
import { saveProfile } from '../profile.ts';
import { portOf, resolveSetting } from '../settings.ts';
import { fieldsText } from '../ui/answer.ts';
import { systemRandom } from '../ui/clock.ts';

const PROFILE = 'demo';

interface Told {
  login: string;
  password: string;
  /** The sample people of the till, with their PINs. */
  staff: { name: string; pin: string }[];
}

export default class Up extends LapakCommand<typeof Up> {
  static override summary = 'Start a centre, a store and a virtual dispenser with sample goods, and stay until stopped.';
  static override examples = ['<%= config.bin %> up', '<%= config.bin %> up --port 8100 --node-port 8200 --data-folder ./demo'];
  static override flags = {
    port: Flags.integer({ summary: 'The port of the centre; 7100 unless said (LAPAK_PORT).', min: 0, max: 65_535 }),
    'node-port': Flags.integer({ summary: 'The port of the till; 7200 unless said (LAPAK_NODE_PORT).', min: 0, max: 65_535 }),
    ...lanFlags,
    ...brokerFlags,
    ...dataFolderFlag,
  };

  protected readonly attempt = 'start Lapak';

  async run(): Promise<void> {
    const place = resolve(this.flags['data-folder'] ?? this.env.LAPAK_DATA_DIR ?? dataFolder(this.env, 'demo'));
    const folder = await openDemoFolder(place, systemRandom);
    const ports = { centre: portOf('port', this.sources), node: portOf('nodePort', this.sources) };
    try {
      await needFreePort({ port: ports.centre, whose: 'The centre', flag: '--port', env: 'LAPAK_PORT' });
      await needFreePort({ port: ports.node, whose: 'The till', flag: '--node-port', env: 'LAPAK_NODE_PORT' });
      const { sampleStore, samplePeople } = await import('#scripts/seed/goods');
      const demo = await startDemo(await this.parts(), {
        folder,
        ports,
        storeCode: sampleStore.code,
        tell: (text) => this.note(`${text}…`),
        clock: this.clock,
      });
      await folder.tellTill(demo.tillUrl);
      await saveProfile(this.env, PROFILE, { server: demo.centreUrl, token: demo.token, dataFolder: folder.node });
      const { pins, ...login } = folder.login;
      const staff = samplePeople.map(({ name }, index) => ({ name, pin: pins[index] ?? '' }));
      await stayUntilStopped({
        begun: () => this.tellReady(demo, { ...login, staff }),
        stop: demo.stop,
        tell: (text) => this.note(text),
        clock: this.clock,
      });
    } finally {
      folder.release();
    }
  }

  private async parts(): Promise<DemoParts> {
    const [centre, node, { seed }, { connectCentre, connectNode }] = await Promise.all([
      import('#sync-server/main'),
      import('#node/main'),
      import('#scripts/seed/seed'),
      import('../connect.ts'),
    ]);
    const calling = this.waiting();
    const reached = { ...lanOf(this.sources), ...brokerOf(this.sources) };
    return {
      startCentre: (options) => centre.startCentre({ ...options, log: quietLog(Boolean(this.flags.verbose)) }),
      startNode: (options) => node.startNode({ ...options, ...reached }),
      enrolNode: node.enrolNode,
      seed,
      connectCentre: (baseUrl, token) => connectCentre({ ...calling, baseUrl, token }),
      connectNode: (place) => connectNode(place, calling),
    };
  }

  private tellReady({ centreUrl, tillUrl, ready }: Demo, { login, password, staff }: Told): void {
    const used = resolveSetting('profile', this.sources).value === PROFILE || this.sources.config.profile === undefined;
    if (!ready) this.note('The catalogue is still on its way; the till says when it is there.');
    this.show({ till: tillUrl, centre: centreUrl, login, password, staff, profile: PROFILE }, () =>
      [
        fieldsText({
          Till: tillUrl,
          PINs: staff.map(({ name, pin }) => `${name} ${pin}`).join(', '),
          Centre: centreUrl,
          Login: `${login}  ${password}`,
        }),
        `In another terminal: lapak sale list${used ? '' : ` --profile ${PROFILE}`}\n`,
        'Ctrl+C stops it; what was sold stays.\n',
      ].join('\n'),
    );
  }
}

/** The centre logs for machines; beside a person's prompt only what goes wrong belongs. */
function quietLog(verbose: boolean) {
  const write = (level: string) => (fields: object, text: string) => {
    const fault = Object.values(fields).find((field): field is Error => field instanceof Error);
    process.stderr.write(`${level}: ${text}${fault ? `: ${fault.message}` : ''}\n`);
  };
  return { info: verbose ? write('info') : () => undefined, warn: write('warning'), error: write('error') };
}
