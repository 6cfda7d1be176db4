import { InputError } from '../../core/errors.js';
import { crc32 } from '../../runtime/file/container.js';
import { jhmdb15 } from '../../skeleton/layouts/jhmdb-15.js';
import type { Dataset, Sample, Split } from '../dataset.js';
import type { RecordingFile } from '../formats/format.js';
import type { Recording } from '../formats/recording.js';
import type { PublishedSet } from './published-set.js';

/** GT_train_1.pkl, GT_test_1.pkl ... of the splits 1, 2 and 3 */
const FILE_NAME = /(?:^|\/)GT_(train|test)_([123])\.pkl$/;

/** JHMDB's puppets as DD-Net keeps them: a pickle for each part of each split, {pose, label}. */
export const jhmdb: PublishedSet = {
  name: 'jhmdb',
  title: 'JHMDB: actions in films, joints in pictures (as kept for DD-Net)',
  example: 'GT_train_1.pkl',
  matches: (path) => FILE_NAME.test(path),
  read,
};

/** A recording of one of the files, and what is the same of it in every file. */
interface Found {
  readonly recording: Recording;
  readonly content: string;
}

async function read(entries: readonly RecordingFile[]): Promise<Dataset> {
  const files = new Map<string, readonly Found[]>();
  for (const entry of entries.filter(({ path }) => FILE_NAME.test(path))) {
    const [, part, number] = FILE_NAME.exec(entry.path)!;
    files.set(`${part}_${number}`, await readFile(entry));
  }
  const classes = [...new Set([...files.values()].flat().map(({ recording }) => recording.label!))].sort();
  const pool = new Pool(classes);
  const splits = ['1', '2', '3'].flatMap((number) => splitOf(number, files, pool));
  return {
    name: jhmdb.name,
    title: jhmdb.title,
    licence: 'research only (its authors)',
    citation:
      'H. Jhuang, J. Gall, S. Zuffi, C. Schmid, M. J. Black: Towards Understanding Action Recognition. ICCV, 2013',
    layout: jhmdb15,
    persons: 1,
    unit: 'normalised',
    classes,
    samples: pool.samples,
    splits,
    skipped: [],
  };
}

async function readFile(entry: RecordingFile): Promise<readonly Found[]> {
  const { format } = await import('../formats/pickle.js');
  const found: Found[] = [];
  for await (const recording of format.read(entry)) {
    if (recording.layout !== jhmdb15.name || recording.label === undefined) throw notJhmdb(entry.path, recording);
    const { buffer, byteOffset, byteLength } = recording.positions;
    const content = `${recording.label} ${recording.frames} ${crc32(new Uint8Array(buffer, byteOffset, byteLength))}`;
    found.push({ recording, content });
  }
  return found;
}

function splitOf(number: string, files: ReadonlyMap<string, readonly Found[]>, pool: Pool): Split[] {
  const train = files.get(`train_${number}`);
  const test = files.get(`test_${number}`);
  if (train === undefined || test === undefined) return [];
  const indices = pool.indicesOf([...train, ...test]);
  return [
    {
      name: `split${number}`,
      description: `Split ${number} of the authors.`,
      train: indices.slice(0, train.length),
      test: indices.slice(train.length),
    },
  ];
}

/** Recordings of all splits, each once: the same one is recognised by its content, since the files do not name them. */
class Pool {
  readonly samples: Sample[] = [];
  private readonly classes: readonly string[];
  private readonly known = new Map<string, number[]>();

  constructor(classes: readonly string[]) {
    this.classes = classes;
  }

  /** Indices of the recordings of one split; the second of two that are alike is that of another split. */
  indicesOf(found: readonly Found[]): number[] {
    const seen = new Map<string, number>();
    return found.map(({ recording, content }) => {
      const times = seen.get(content) ?? 0;
      seen.set(content, times + 1);
      const places = this.known.get(content) ?? [];
      this.known.set(content, places);
      places[times] ??= this.add(recording);
      return places[times];
    });
  }

  private add({ label, frames, persons, joints, positions }: Recording): number {
    const id = `${label}/${String(this.samples.length + 1).padStart(4, '0')}`;
    const shape = { frames, persons, joints, positions };
    return this.samples.push({ id, label: this.classes.indexOf(label!), subject: '', ...shape }) - 1;
  }
}

function notJhmdb(source: string, { part, persons, joints, dimensions }: Recording): InputError {
  return new InputError({
    source,
    place: part,
    expected: 'a labelled pose of 15 joints in pictures',
    found: `${persons} x ${joints} joints of ${dimensions} coordinates`,
    mend: 'Use the files as DD-Net gives them.',
  });
}
