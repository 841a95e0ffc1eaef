// lapak completion [SHELL]: how to have commands and flags completed; the name people look for, done by oclif's autocomplete.
import { Command } from '@oclif/core/command';

export default class Completion extends Command {
  static override summary = 'Complete commands and flags in your shell.';
  static override strict = false;
  static override examples = ['<%= config.bin %> completion bash'];

  async run(): Promise<void> {
    const { argv } = await this.parse(Completion);
    await this.config.runCommand('autocomplete', argv as string[]);
  }
}
