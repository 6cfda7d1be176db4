import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { aRecipe, aText, checkArguments } from '../../core/arguments.js';
import { InputError } from '../../core/errors.js';
import { shellWord } from '../../core/format.js';
import { readBytes } from '../../core/node/read.js';
import { appendText, checkWritable, makeFolder, shorten, writeWhole } from '../../core/node/write.js';
import { formatSequenceJson } from '../../data/sequence-json.js';
import type { Report } from '../../evaluate/report/report.js';
import { decodeModel, encodeModel } from '../../model/file/file.js';
import type { Model } from '../../model/model.js';
import type { SkeletonSequence } from '../../runtime/skeleton/sequence.js';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../../train/checkpoint.js';
import { loadRecipe } from '../../train/node/load-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import type { TrainEvent } from '../../train/train.js';
import { isOfFolds } from '../folds.js';

/** Names of the files in a run folder, beside its report. */
export const RUN_FILES = {
  recipe: 'recipe.json',
  log: 'log.jsonl',
  checkpoint: 'checkpoint',
  model: 'model.anyrate',
  example: 'example.json',
} as const;

/** The folder, inside that of a run, of the trials that chose its recipe. */
export const TRIALS_FOLDER = 'trials';

/** The folder of one training run: resolved recipe, log, checkpoint, model and report. */
export class RunFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Starts a run in a folder that holds none. */
  static create(path: string, recipe: Recipe): RunFolder {
    checkArguments('RunFolder.create', { path: [aText, path], recipe: [aRecipe, recipe] });
    checkFree(path);
    makeFolder(path);
    const folder = new RunFolder(path);
    writeWhole(folder.file('recipe'), `${JSON.stringify(recipe, null, 2)}\n`);
    writeWhole(folder.file('log'), '');
    return folder;
  }

  /** Opens the folder of a run, finished or not. */
  static open(path: string): RunFolder {
    checkArguments('RunFolder.open', { path: [aText, path] });
    if (holdsRun(path)) return new RunFolder(path);
    throw new InputError({
      source: path,
      expected: `the folder of a run, with a ${RUN_FILES.recipe}`,
      found: existsSync(path) ? 'none in it' : 'nothing',
      mend: 'Check the path, or start a run with "anyrate train".',
    });
  }

  file(name: keyof typeof RUN_FILES): string {
    return join(this.path, RUN_FILES[name]);
  }

  recipe(): Recipe {
    return loadRecipe(this.file('recipe'));
  }

  log(event: TrainEvent): void {
    appendText(this.file('log'), `${JSON.stringify(event)}\n`);
  }

  get logBytes(): number {
    return existsSync(this.file('log')) ? statSync(this.file('log')).size : 0;
  }

  /** Takes back what was logged after a checkpoint. */
  shortenLog(bytes: number): void {
    if (this.logBytes > bytes) shorten(this.file('log'), bytes);
  }

  saveCheckpoint(checkpoint: Checkpoint): void {
    writeWhole(this.file('checkpoint'), encodeCheckpoint(checkpoint));
  }

  /** The last checkpoint; undefined if the run ended before its first. */
  checkpoint(): Checkpoint | undefined {
    const file = this.file('checkpoint');
    return existsSync(file) ? decodeCheckpoint(readBytes(file), file) : undefined;
  }

  /** A sequence to try the model on. */
  saveExample(sequence: SkeletonSequence): void {
    writeWhole(this.file('example'), formatSequenceJson(sequence));
  }

  saveModel(model: Model): void {
    writeWhole(this.file('model'), encodeModel(model));
  }

  model(): Model {
    const file = this.file('model');
    if (existsSync(file)) return decodeModel(readBytes(file), file);
    const [fold] = this.finishedFolds();
    throw new InputError({
      source: this.path,
      expected: `a finished run, with a ${RUN_FILES.model}`,
      found: fold === undefined ? 'no model yet' : 'a run of several folds, each with a model of its own',
      mend:
        fold === undefined
          ? `Finish it with "anyrate train --resume ${shellWord(this.path)}".`
          : `Give the folder of one fold, such as ${shellWord(join(this.path, fold))}.`,
    });
  }

  /** Folders of the folds that have a model, in the order of their names; none of a run of one network. */
  private finishedFolds(): string[] {
    if (!isOfFolds(this.recipe().split)) return [];
    const names = readdirSync(this.path).toSorted();
    return names.filter((name) => existsSync(join(this.path, name, RUN_FILES.model)));
  }

  /** Writes report.md, report.json and report.svg. */
  async saveReport(report: Report): Promise<void> {
    const { renderReport } = await import('../../evaluate/report/render.js'); // takes a while to load
    for (const [kind, text] of Object.entries(renderReport(report)))
      writeWhole(join(this.path, `report.${kind}`), text);
  }
}

/** Whether a folder is that of a run. */
export function holdsRun(path: string): boolean {
  return existsSync(join(path, RUN_FILES.recipe));
}

/** `runs/<name>`, or the next of `runs/<name>-2`, `-3` … that is free, or has nothing but trials that were interrupted. */
export function freeRunPath(name: string): string {
  const base = join('runs', name);
  let path = base;
  for (let number = 2; isTaken(path); number++) path = `${base}-${number}`;
  return path;
}

function isTaken(path: string): boolean {
  if (!existsSync(path)) return false;
  return !statSync(path).isDirectory() || readdirSync(path).some((name) => name !== TRIALS_FOLDER);
}

/** @throws InputError if the path is that of a run or of a file, or one where nothing can be written */
export function checkFree(path: string): void {
  const isFile = existsSync(path) && !statSync(path).isDirectory();
  if (!isFile && !Object.values(RUN_FILES).some((file) => existsSync(join(path, file)))) {
    checkWritable(path);
    return;
  }
  throw new InputError({
    source: path,
    expected: 'a folder without a run',
    found: isFile ? 'a file' : 'a run',
    mend: isFile
      ? 'Give another path with --out.'
      : `Continue it with --resume ${shellWord(path)}, or give another path with --out.`,
  });
}
