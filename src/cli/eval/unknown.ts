import { join } from 'node:path';
import { makeFolder, writeWhole } from '../../core/node/write.js';
import type { Dataset } from '../../data/dataset.js';
import { loadDataset } from '../../data/node/load.js';
import { selectSplit } from '../../data/splits.js';
import { labelledSequences } from '../../evaluate/labelled-sequences.js';
import { type UnknownReport, unknownReport } from '../../evaluate/rejection/unknown.js';
import type { Report } from '../../evaluate/report/report.js';
import type { Model } from '../../model/model.js';
import { isBuiltin } from '../../skeleton/layouts/described.js';

/** The sequences of a report against the recordings at a path, which need no classes. */
export async function evaluateUnknown(
  model: Model,
  dataset: Dataset,
  { split, rates }: Report,
  path: string,
): Promise<UnknownReport> {
  const { layout, persons } = model.description;
  const before = { class: 'unknown', persons };
  const unknown = await loadDataset(path, isBuiltin(layout) ? { ...before, layout: layout.name } : before);
  const known = labelledSequences(model, dataset, selectSplit(dataset, split).test);
  return unknownReport(
    model,
    known,
    unknown,
    rates.map(({ rate }) => rate),
  );
}

/** Writes unknown.svg. */
export async function drawUnknown(report: UnknownReport, folder: string): Promise<string> {
  const { unknownPlot } = await import('../../evaluate/rejection/plot.js'); // takes a while to load
  makeFolder(folder);
  const file = join(folder, 'unknown.svg');
  writeWhole(file, unknownPlot(report));
  return file;
}
