// lapak doctor: what could keep Lapak from working on this machine, and what to do about it. Ends with 10 when something is wrong.
import { LapakCommand } from '../base-command.ts';
import type { Finding } from '../doctor/checks.ts';
import { dataFolderFlag } from '../flags.ts';
import { portOf, serverOf } from '../settings.ts';
import { type Column, tableText } from '../ui/table.ts';

const marks = { ok: 'ok', warning: 'warning', problem: 'PROBLEM', off: '-' } as const;

const columns: Column<Finding>[] = [
  { name: 'check', value: (finding) => finding.check },
  { name: 'state', value: (finding) => finding.state, text: (finding) => marks[finding.state] },
  { name: 'detail', value: (finding) => finding.detail },
];

export default class Doctor extends LapakCommand<typeof Doctor> {
  static override summary = 'Look for what could keep Lapak from working here.';
  static override examples = ['<%= config.bin %> doctor', '<%= config.bin %> doctor --json'];
  static override flags = dataFolderFlag;

  protected readonly attempt = 'examine this machine';

  async run(): Promise<void> {
    const findings = await this.examine();
    const wrong = findings.filter(({ state }) => state === 'problem');
    if (wrong.length > 0) this.endWithProblems();
    this.show({ healthy: wrong.length === 0, findings }, () => {
      const steps = findings.flatMap(({ check, next }) => (next ? [`  ${check}: ${next}\n`] : []));
      return `${tableText(columns, findings)}${steps.length > 0 ? `\nWhat to do:\n${steps.join('')}` : '\nAll is well.\n'}`;
    });
  }

  private async examine(): Promise<Finding[]> {
    const { checkConfig, checkFolder, checkLan, checkLocalNode, checkNode, checkPort, checkServer } = await import(
      '../doctor/checks.ts'
    );
    const { clock, env } = this;
    const timeoutMs = Math.min(5_000, this.waiting().timeoutMs);
    const server = await checkServer({ server: serverOf(this.sources), fetch, now: () => clock.now(), timeoutMs });
    const node = await checkLocalNode(this.nodeFolder(), () => this.localNode());
    const isUp = (findings: Finding[]) => findings[0]?.state === 'ok';
    return [
      checkNode(process.versions.node, this.config.pjson.engines?.node ?? ''),
      await checkConfig(env),
      await checkFolder(this.nodeFolder()),
      ...server,
      ...node,
      ...(isUp(node) ? await checkLan({ lan: await this.lan(), fetch, now: clock.now(), timeoutMs }) : []),
      await this.compareVersions(timeoutMs),
      await checkPort(portOf('port', this.sources), 'centre', isUp(server)),
      await checkPort(portOf('nodePort', this.sources), 'till', isUp(node)),
    ];
  }

  private async lan() {
    const node = await this.localNode();
    return (await node.node.status()).lan;
  }

  private async compareVersions(timeoutMs: number): Promise<Finding> {
    const [{ askSpeaker, checkVersions }, { WIRE_VERSION }] = await Promise.all([
      import('../doctor/versions.ts'),
      import('#schema/wire/version'),
    ]);
    const ask = (who: string, baseUrl: string) => askSpeaker({ who, baseUrl, fetch, timeoutMs });
    const nodeUrl = await this.localNode().then(
      ({ baseUrl }) => baseUrl,
      () => undefined,
    );
    const others = [
      ask('the centre', serverOf(this.sources)),
      ...(nodeUrl === undefined ? [] : [ask('the store node', nodeUrl)]),
    ];
    const own = { who: 'this command', version: this.config.version, wireVersion: WIRE_VERSION };
    return checkVersions([own, ...(await Promise.all(others)).flat()]);
  }
}
