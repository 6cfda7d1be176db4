import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { InputError } from '../../core/errors.js';
import { withoutControls } from '../../core/format.js';
import { writeWhole } from '../../core/node/write.js';
import { describeDataset } from '../../data/describe.js';
import { draftDescription } from '../../data/folder/draft-description.js';
import { DESCRIPTION_FILE } from '../../data/folder/file-names.js';
import { listFolder } from '../../data/node/folder.js';
import { loadDataset } from '../../data/node/load.js';
import { layoutNamed, layouts } from '../../skeleton/layouts/layouts.js';
import { examples } from '../options.js';
import { describeInFull } from './info.js';

export function initCommand(): Command {
  return new Command('init')
    .description('write a draft of dataset.json from what a folder of recordings shows')
    .argument('<folder>', 'folder of recordings, <class>/<any name>')
    .addOption(new Option('--layout <name>', 'layout of the skeletons, if the files do not say; see below'))
    .addHelpText(
      'after',
      layoutsHelp() + examples('anyrate data init my-moves', 'anyrate data init my-moves --layout mediapipe-hand'),
    )
    .action(init);
}

function layoutsHelp(): string {
  const names = layouts.map(({ name }) => `  ${name}\n`).join('');
  return `\nLayouts, described in docs/data.md (Built-in layouts):\n${names}`;
}

async function init(folder: string, { layout }: { layout?: string }): Promise<void> {
  const file = join(folder, DESCRIPTION_FILE);
  if (existsSync(file)) throw alreadyThere(file);
  if (layout !== undefined) layoutNamed(layout, '--layout');
  const { description, notes } = await draftDescription(listFolder(folder), folder, layout);
  writeWhole(file, `${JSON.stringify(description, null, 2)}\n`);
  say([`Written to ${file}.`, ...notes].join('\n'));
  await showResult(folder);
}

/** Names of files and classes may be anybody's. */
function say(text: string): void {
  console.log(withoutControls(text));
}

/** What the folder is with its new description; what is still wrong is said, since the file is there to be mended. */
async function showResult(folder: string): Promise<void> {
  try {
    say(`\n${describeInFull(describeDataset(await loadDataset(folder)))}`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    say(`\nThe folder cannot be read yet: ${error.message}`);
  }
}

function alreadyThere(source: string): InputError {
  return new InputError({
    source,
    expected: 'a folder without a description',
    found: 'one, which was left unchanged',
    mend: 'Edit it, or move it away and run the command again.',
  });
}
