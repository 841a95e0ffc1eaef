// lapak dash: the fleet on one screen, refreshed in place; as plain lines for pipes and screen readers.
import { DashCommand, dashFlags } from '../dash-command.ts';

export default class Dash extends DashCommand<typeof Dash> {
  static override summary = 'Watch the stores on one screen.';
  static override description =
    'In a pipe, with --plain or for a screen reader it prints one line a store and ends: with 10 when one is down, with 6 when the server cannot be reached.';
  static override examples = [
    '<%= config.bin %> dash',
    '<%= config.bin %> dash --plain',
    '<%= config.bin %> dash --plain --watch',
  ];
  static override flags = dashFlags;

  protected readonly attempt = 'show the fleet';

  async run(): Promise<void> {
    const centre = await this.centre();
    const { fleetBoard } = await import('../dashboards/fleet/fleet.ts');
    await this.runDash(fleetBoard, () => centre.fleet.show());
  }
}
