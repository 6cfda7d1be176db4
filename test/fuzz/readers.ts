// Everything that reads a file of somebody else, with files that it reads.
import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { decodeAnyset, encodeAnyset } from '../../src/data/anyset/anyset.js';
import { readRecordingFolder } from '../../src/data/folder/read-folder.js';
import { readArchive } from '../../src/data/formats/archive.js';
import { memoryFile } from '../../src/data/formats/format.js';
import { recordingFormats } from '../../src/data/formats/formats.js';
import { readRecordings } from '../../src/data/formats/open.js';
import { parseSequence } from '../../src/data/sequence-file.js';
import { exportSafetensors } from '../../src/export/safetensors/export-safetensors.js';
import { importSafetensors } from '../../src/export/safetensors/import-safetensors.js';
import { decodeModel, encodeModel } from '../../src/model/file/file.js';
import { RuntimeModel } from '../../src/runtime/model.js';
import { Recognizer } from '../../src/runtime/stream/recognizer.js';
import { decodeCheckpoint, encodeCheckpoint, takeCheckpoint } from '../../src/train/checkpoint.js';
import { createTraining } from '../../src/train/create-training.js';
import { parseRecipe } from '../../src/train/recipe/parse-recipe.js';
import { openProject } from '../../studio/src/open-project.js';
import { projectFiles } from '../../studio/src/project-files.js';
import { rows } from '../formats/list.js';
import { toyDataset, toyModel, toyRecipe } from '../support/toy.js';
import * as envelopes from './envelopes.js';

/** What reads one kind of file. */
export interface Reader {
  readonly name: string;
  /** Files that it reads. */
  readonly seeds: readonly Uint8Array[];
  readonly envelope?: envelopes.Envelope;
  /** Reads a file as far as a user would; any error but those of `isRefusal` is a fault. */
  readonly read: (file: Uint8Array) => unknown;
}

/** Errors that say what is wrong with a file; by name, since the studio's tests have those of the built package. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && ['InputError', 'FormatError'].includes(error.name);
}

/** The largest file of the seeds that is worth changing. */
const MOST_SEED_BYTES = 1 << 16;

const toBytes = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);

const models = ['float32', 'float16', 'int8'].map((_, seed) =>
  encodeModel(toyModel((random) => random.normal(), seed)),
);
const small = readFileSync('test/vectors/tiny.anyrate');

const fixed: readonly Reader[] = [
  {
    name: 'model',
    seeds: [...models, Uint8Array.from(small)],
    envelope: envelopes.modelEnvelope,
    read: readModel,
  },
  {
    name: 'anyset',
    seeds: [encodeAnyset(toyDataset(3), 1e-3)],
    envelope: envelopes.anysetEnvelope,
    read: (file) => decodeAnyset(file, 'fuzz').samples.map(({ positions }) => positions.length),
  },
  {
    name: 'safetensors',
    seeds: models.slice(0, 1).map((model) => exportSafetensors(decodeModel(model, 'seed')).files[0]),
    envelope: envelopes.safetensorsEnvelope,
    read: (file) => importSafetensors(file, 'fuzz'),
  },
  {
    name: 'checkpoint',
    seeds: [checkpointSeed()],
    envelope: envelopes.sealedEnvelope,
    read: (file) => decodeCheckpoint(file, 'fuzz'),
  },
  {
    name: 'recipe',
    seeds: ['irds', 'fpha', 'paper-fpha'].map((name) => Uint8Array.from(readFileSync(`recipes/${name}.json`))),
    read: (file) => parseRecipe(jsonOf(file), 'fuzz'),
  },
  {
    name: 'project',
    seeds: [projectSeed()],
    envelope: envelopes.zipEnvelope,
    read: async (file) => openProject(await readArchive(memoryFile('fuzz.zip', file)), 'fuzz.zip'),
  },
  {
    name: 'archive',
    seeds: [archiveSeed()],
    envelope: envelopes.zipEnvelope,
    read: async (file) => readRecordingFolder(await readArchive(memoryFile('fuzz.zip', file)), 'fuzz.zip'),
  },
  {
    name: 'sequence',
    seeds: ['0.1,0.2,0.3,0.4,0.5,0.6\n1,2,3,4,5,6\n', '{"frames":[[[0,1,2],null],[[3,4,5],[6,7,8.5]]]}'].map(toBytes),
    read: (file) => parseSequence(new TextDecoder().decode(file), 'fuzz', { persons: 1, joints: 2 }),
  },
];

/** Each data format, on the files of `test/formats/` that it reads. */
const formats: readonly Reader[] = Object.keys(recordingFormats).map((name) => {
  const known = rows.filter((row) => 'format' in row && row.format === name && row.content !== undefined);
  const [{ path }] = known;
  const seeds = known.map(({ content }) => toBytes(content!)).filter(({ length }) => length <= MOST_SEED_BYTES);
  const read = async (file: Uint8Array) => {
    for await (const _ of readRecordings(memoryFile(path, file)));
  };
  return name === 'npz' ? { name, seeds, envelope: envelopes.zipEnvelope, read } : { name, seeds, read };
});

export const readers: readonly Reader[] = [...fixed, ...formats];

/** What the engine takes, the runtime takes; both answer. */
function readModel(file: Uint8Array): void {
  const isTaken = [() => decodeModel(file, 'fuzz'), () => new RuntimeModel(file)].map(isRead);
  if (isTaken[0] && !isTaken[1]) throw new Error('the engine takes what the runtime refuses');
  if (!isTaken[1]) return;
  const view = new RuntimeModel(file).view();
  const joints = view.layout.joints.length;
  const positions = Float32Array.from({ length: 3 * view.persons * joints * 3 }, (_, i) => Math.sin(i));
  isRead(() => view.predict({ frames: 3, persons: view.persons, joints, positions }));
  isRead(() => new Recognizer(view).push(positions.subarray(0, positions.length / 3), 0));
}

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

function jsonOf(file: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(file));
  } catch {
    return undefined;
  }
}

function checkpointSeed(): Uint8Array {
  const training = createTraining(toyRecipe({}, { epochs: 1 }), toyDataset(8), { threads: 1 });
  const bytes = encodeCheckpoint(takeCheckpoint(training, { seconds: 1, logBytes: 100 }));
  training.close();
  return bytes;
}

function projectSeed(): Uint8Array {
  const { samples, layout } = toyDataset(4);
  const clips = samples.map(({ frames, persons, joints, positions }, i) => {
    const facts = { id: `clip-${i}`, label: 'xy'[i % 2], person: 'p', source: 'file' as const, start: 0, end: frames };
    return { ...facts, frames, persons, joints, positions };
  });
  const empty = { title: 'Toy', licence: '', layout, persons: 1, unit: 'normalised', classes: ['x', 'y'], nothing: [] };
  const project = { ...empty, seed: 1, budget: 0, epochs: undefined } as Parameters<typeof projectFiles>[0]['project'];
  return zipOf(Object.fromEntries(projectFiles({ project, clips })));
}

function archiveSeed(): Uint8Array {
  const frames = Array.from({ length: 3 }, (_, t) => Array.from({ length: 21 }, (_, joint) => [joint, t, 0.5]));
  const recording = JSON.stringify({ layout: 'mediapipe-hand', frames });
  return zipOf({
    'dataset.json': JSON.stringify({ name: 'toy', unit: 'normalised', mirrored: true, nothing: ['wave'] }),
    'labels.csv': 'file,class,subject\nx/a.json,x,1\n',
    ...Object.fromEntries(['x/a', 'x/b', 'wave/a', 'wave/b'].map((name) => [`${name}.json`, recording])),
  });
}

function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, toBytes(text)])), {
    level: 1,
    mtime: '1980-01-01',
  });
}
