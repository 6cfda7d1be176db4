import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../../core/errors.js';
import { formatCounted, formatRate } from '../../core/format.js';
import { readText } from '../../core/node/read.js';
import { makeFolder, writeWhole } from '../../core/node/write.js';
import { type RecordedStream, readStreams, type SegmentTable, streamOf } from '../../data/folder/streams.js';
import { parseTable } from '../../data/folder/table.js';
import { listFolder } from '../../data/node/folder.js';
import { loadDataset } from '../../data/node/load.js';
import { selectSplit } from '../../data/splits.js';
import { framesOf } from '../../evaluate/stream/answer-stream.js';
import type { Protocol, TrueSegment } from '../../evaluate/stream/match.js';
import { createStreamReport, type Stream, type StreamReport } from '../../evaluate/stream/stream-report.js';
import { movementTable, streamTable } from '../../evaluate/stream/stream-table.js';
import type { Model } from '../../model/model.js';
import { FRAMES_PER_SECOND } from '../../runtime/stream/one-euro.js';
import { loadRecording } from '../model-data.js';
import { readFrames } from './frames.js';
import { recognizerOptions } from './recognizer-options.js';

/** How streams are read and judged. */
export interface StreamOptions {
  /** A recording, a folder of them, or - for frames from standard input. */
  readonly stream: string;
  /** Path of a table of what happens when. */
  readonly segments?: string | undefined;
  readonly unit?: 'frames' | 'seconds' | undefined;
  readonly fps?: number | undefined;
  readonly split?: string | undefined;
  readonly protocol: Protocol;
  /** Options of the recogniser, as JSON. */
  readonly recognizer?: string | undefined;
  readonly rates: readonly number[];
}

/** What a model answers to streams. @throws InputError */
export async function evaluateStreams(model: Model, options: StreamOptions): Promise<StreamReport> {
  const { rates, protocol } = options;
  const recognizer = recognizerOptions(options.recognizer);
  const streams = await streamsOf(model, options);
  try {
    return createStreamReport(model, streams, { rates, protocol, recognizer });
  } catch (error) {
    if (error instanceof RangeError) throw unfit(options.stream, error.message);
    throw error;
  }
}

/** Of frames and options the recogniser knows what it expected; it is told as it says it. */
function unfit(stream: string, found: string): InputError {
  const source = stream === '-' ? 'standard input' : stream;
  const expected = 'frames and options that the recogniser takes';
  return new InputError({
    source,
    expected,
    found,
    mend: 'Mend that frame of the stream, or that option of --recognizer.',
  });
}

async function streamsOf(model: Model, options: StreamOptions): Promise<Stream[]> {
  const { stream: path } = options;
  const { layout, persons, stream: contract } = model.description;
  const framesPerSecond = options.fps ?? contract?.framesPerSecond ?? FRAMES_PER_SECOND;
  const shape = { layout, persons, framesPerSecond };
  const table = segmentTable(options);
  if (path === '-') return [await standardInput(framesPerSecond, model, table)];
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const found = isFolder
    ? await testedOnly(await readStreams(listFolder(path), path, shape, table), model, options)
    : await readOne(path, model, framesPerSecond, table);
  return found.map((stream) => toStream(stream, model, table?.source ?? path));
}

function segmentTable({ segments, unit }: StreamOptions): SegmentTable | undefined {
  if (segments === undefined) return undefined;
  if (unit === undefined) {
    const mend = 'Say in what start and end are.';
    throw new InputError({ source: '--segments', expected: '--unit frames or seconds', found: 'neither', mend });
  }
  return { table: parseTable(readText(segments), segments), source: segments, unit };
}

/** A file of one recording, read as `predict` reads it. */
async function readOne(
  path: string,
  model: Model,
  framesPerSecond: number,
  table: SegmentTable | undefined,
): Promise<RecordedStream[]> {
  return [streamOf(basename(path), await loadRecording(path, model), framesPerSecond, table)];
}

/** Of the folder that a model was trained on, the recordings that test. */
async function testedOnly(streams: RecordedStream[], { description }: Model, { stream, split }: StreamOptions) {
  const { provenance } = description;
  const dataset = await loadDataset(stream);
  if (split === undefined && dataset.name !== provenance.dataset) return streams;
  const { train, test } = selectSplit(dataset, split ?? provenance.split);
  const filesOf = (part: readonly number[]) => new Set(part.map((index) => dataset.samples[index].id.split('#')[0]));
  const [trained, tested] = [filesOf(train), filesOf(test)];
  const left = streams.filter(({ id }) => tested.has(id) && !trained.has(id));
  if (left.length > 0) return left;
  throw new InputError({
    source: stream,
    expected: `recordings that test in the split ${split ?? provenance.split}`,
    found: streams.length === 0 ? 'no recordings in the table' : 'some segment of each that trains',
    mend: 'Pass --split, or the path of one recording.',
  });
}

async function standardInput(
  framesPerSecond: number,
  { description }: Model,
  table: SegmentTable | undefined,
): Promise<Stream> {
  const frames = await readFrames(process.stdin);
  const timed = frames.map((frame, i) => ({ frame, seconds: i / framesPerSecond }));
  const nobody = { frames: frames.length, persons: 1, joints: 1, positions: new Float32Array() };
  const { segments } = streamOf('-', nobody, framesPerSecond, table && { ...table, table: asNamed(table) });
  return {
    id: '-',
    frames: timed,
    seconds: frames.length / framesPerSecond,
    segments: segments && labelled(segments, description, '-'),
  };
}

/** Standard input has no name: every row of the table is of it. */
function asNamed({ table }: SegmentTable): SegmentTable['table'] {
  return table.map((row) => ({ ...row, file: '-' }));
}

function toStream({ id, sequence, segments }: RecordedStream, { description }: Model, source: string): Stream {
  const { frames, seconds } = sequence;
  const step = frames > 1 ? (seconds[frames - 1] - seconds[0]) / (frames - 1) : 0;
  const timed = { [Symbol.iterator]: () => framesOf(sequence) };
  return {
    id,
    frames: timed,
    seconds: seconds[frames - 1] + step,
    segments: segments && labelled(segments, description, source),
  };
}

/** Segments by the model's numbers of classes, without those that mean nothing. */
function labelled(
  segments: NonNullable<RecordedStream['segments']>,
  { classes, stream }: Model['description'],
  source: string,
): TrueSegment[] {
  return segments
    .filter(({ name }) => !stream?.nothing?.includes(name))
    .map(({ name, start, end }) => {
      const label = classes.indexOf(name);
      if (label >= 0) return { label, start, end };
      const mend = 'Evaluate the model on segments of the classes that it was trained with.';
      throw new InputError({
        source,
        expected: `a class of the model: ${classes.join(', ')}`,
        found: `"${name}"`,
        mend,
      });
    });
}

/** The report in words: a table of scores, or of movements where nobody knows the truth. */
export function describeStreams(report: StreamReport): string {
  const { streams, rates, protocol } = report;
  const isKnown = rates.some(({ score }) => score !== undefined);
  if (!isKnown) return rates.map((row) => `Rate ${formatRate(row.rate)}\n\n${movementTable(report, row)}`).join('\n\n');
  const seconds = streams.reduce((sum, stream) => sum + stream.seconds, 0);
  const facts = `${formatCounted(streams.length, 'stream')}, ${(seconds / 60).toFixed(1)} minutes, protocol ${protocol}`;
  return `${facts}\n\n${streamTable(report)}`;
}

/** Writes stream-RATE.svg for each rate. */
export async function drawStreams(report: StreamReport, title: string, folder: string): Promise<string[]> {
  const { timelinePlot } = await import('../../evaluate/stream/timeline-plot.js'); // takes a while to load
  makeFolder(folder);
  return report.rates.map((row) => {
    const file = join(folder, `stream-${formatRate(row.rate)}.svg`);
    writeWhole(file, timelinePlot(title, report, row));
    return file;
  });
}
