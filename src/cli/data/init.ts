import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { InputError } from '../../core/errors.js';
import { writeWhole } from '../../core/node/write.js';
import { type DatasetSummary, describeDataset } from '../../data/describe.js';
import { draftDescription } from '../../data/folder/draft-description.js';
import { DESCRIPTION_FILE } from '../../data/folder/file-names.js';
import type { RecordingFile } from '../../data/formats/format.js';
import { listFolder } from '../../data/node/folder.js';
import { loadDataset } from '../../data/node/load.js';
import { publishedSets } from '../../data/published/published-sets.js';
import { layoutNamed, layouts } from '../../skeleton/layouts/layouts.js';
import { examples, flags, printResult } from '../options.js';
import { describeInFull } from './info.js';

export function initCommand(): Command {
  return new Command('init')
    .description('write a draft of dataset.json from what a folder of recordings shows')
    .argument('<folder>', 'folder of recordings, <class>/<any name>')
    .addOption(new Option('--layout <name>', 'layout of the skeletons, if the files do not say; see below'))
    .addOption(flags.json())
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

async function init(folder: string, { layout, json }: { layout?: string; json?: boolean }): Promise<void> {
  const file = join(folder, DESCRIPTION_FILE);
  if (existsSync(file)) throw alreadyThere(file);
  if (layout !== undefined) layoutNamed(layout, '--layout');
  const files = listFolder(folder);
  const draft = await draftDescription(files, folder, layout);
  const { description } = draft;
  const notes = [...publishedNotes(files, file), ...draft.notes];
  writeWhole(file, `${JSON.stringify(description, null, 2)}\n`);
  const result = await resultOf(folder);
  const shown =
    'problem' in result ? `The folder cannot be read yet: ${result.problem}` : describeInFull(result.dataset);
  printResult(json, { file, description, notes, ...result }, () =>
    [`Written to ${file}.`, ...notes, '', shown].join('\n'),
  );
}

/** What a folder that is recognised as a published set loses by a description. */
function publishedNotes(files: readonly RecordingFile[], file: string): string[] {
  return publishedSets
    .filter((set) => files.some(({ path }) => set.matches(path)))
    .map(
      ({ title }) =>
        `Without this file the folder is read as published: ${title}, with its splits. Remove ${file} unless the recordings are your own.`,
    );
}

/** What the folder is with its new description, or what is still wrong: the file is there to be mended. */
async function resultOf(folder: string): Promise<{ readonly dataset: DatasetSummary } | { readonly problem: string }> {
  try {
    return { dataset: describeDataset(await loadDataset(folder)) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problem: error.message };
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
