/** A small sweep, and what of it must be the same, whoever ran it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** 3 recipes, 2 seeds, 2 splits, in a playground. */
export const SWEEP = {
  name: 'rates of learning',
  recipes: ['tiny.json'],
  data: 'data',
  epochs: 4,
  grid: { 'training.learningRate': [0.05, 0.02, 0.1] },
  seeds: 2,
  splits: ['cross-subject', 'subject-102'],
  rates: [0, 0.9],
};

/** Writes it into a playground, changed, as `name`.json. */
export function writeSweep(root: string, name: string, changes: object = {}): void {
  writeFileSync(join(root, `${name}.json`), JSON.stringify({ ...SWEEP, ...changes }));
}

export interface SweepOutcome {
  /** The files of the results. */
  readonly results: Record<string, string>;
  readonly report: string;
  readonly json: unknown;
}

export function sweepOutcome(folder: string): SweepOutcome {
  const jobs = join(folder, 'jobs');
  const files = readdirSync(jobs).filter((file) => file.endsWith('.json'));
  const { trainings: _, ...json } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  return {
    results: Object.fromEntries(files.map((file) => [file, readFileSync(join(jobs, file), 'utf8')])),
    report: readFileSync(join(folder, 'report.md'), 'utf8').split('## Trainings')[0],
    json,
  };
}
