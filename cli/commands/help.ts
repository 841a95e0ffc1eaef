// lapak help [COMMAND]: the same page as --help, for those who look for it here.
import { Command } from '@oclif/core/command';
import { loadHelpClass } from '@oclif/core/help';

export default class Help extends Command {
  static override summary = 'Show how a command is used.';
  static override strict = false;
  static override examples = ['<%= config.bin %> help store add'];

  async run(): Promise<void> {
    const { argv } = await this.parse(Help);
    const Page = await loadHelpClass(this.config);
    await new Page(this.config, this.config.pjson.oclif.helpOptions).showHelp(argv as string[]);
  }
}
