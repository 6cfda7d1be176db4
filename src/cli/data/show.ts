import { Command, Option } from 'commander';
import { writeWhole } from '../../core/node/write.js';
import { loadDataset } from '../../data/node/load.js';
import { contactSheet } from '../../page/sheet/contact-sheet.js';
import { checkFile, examples, wholeNumber } from '../options.js';

export function showCommand(): Command {
  return new Command('show')
    .description('a page of moving skeletons, some of each class, which works offline')
    .argument('<name|path>', 'built-in name, folder, or file')
    .requiredOption('-o, --output <file>', 'where to write the page')
    .addOption(new Option('--each <n>', 'recordings of each class').argParser(wholeNumber('--each', 1, 20)).default(3))
    .addHelpText('after', examples('anyrate data show my-moves -o sheet.html'))
    .action(async (name: string, { output, each }: { output: string; each: number }) => {
      checkFile(output);
      writeWhole(output, contactSheet(await loadDataset(name), each));
      console.log(`Written to ${output}: open it in a browser.`);
    });
}
