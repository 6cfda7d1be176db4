/** The splits of a folder: those that dataset.json, its folders or its files give, then those that are derived. */
import { InputError } from '../../core/errors.js';
import type { Sample, Split } from '../dataset.js';
import type { Recording } from '../formats/recording.js';
import { splitBy, splitsBySubject } from '../splits.js';
import { derivedSplit } from './derived-splits.js';
import type { Description } from './description.js';
import { DESCRIPTION_FILE } from './file-names.js';
import type { Identity } from './identify.js';
import { areParts, testersAmong } from './parts.js';

/** What of a recording splits depend on. */
interface Divided {
  readonly source: string;
  readonly recording: Pick<Recording, 'splits'>;
  readonly identity: Pick<Identity, 'sitting'>;
}

/**
 * @param recordings those of the samples, in the same order
 * @throws InputError where dataset.json names somebody, or a recording, that is not there
 */
export function folderSplits(
  samples: readonly Sample[],
  recordings: readonly Divided[],
  { splits }: Pick<Description, 'splits'>,
  source: string,
): Split[] {
  const given = splits.map(({ name, test }) => describedSplit(samples, name, test, source));
  const derived = derivedSplit(
    samples,
    recordings.map(({ identity }) => identity.sitting),
  );
  return [
    ...given,
    ...splitOfParts(samples, recordings),
    ...publishedSplits(recordings),
    derived,
    ...splitsBySubject(samples),
  ];
}

/** The split that folders called train and test make. */
function splitOfParts(samples: readonly Sample[], recordings: readonly Divided[]): Split[] {
  const paths = recordings.map((one) => one.source);
  if (!areParts(paths)) return [];
  const tests = testersAmong(paths);
  const testing = new Set(samples.filter((_, i) => tests(paths[i])));
  const names = [...new Set(paths.filter(tests).map((path) => path.slice(0, path.indexOf('/'))))];
  const description = `The folder ${names.join(', ')} tests, the others train.`;
  return [splitBy(samples, 'by-folder', description, (sample) => testing.has(sample))];
}

/** Splits that the files themselves give, as PYSKL's pickles do. */
function publishedSplits(recordings: readonly Divided[]): Split[] {
  const names = [...new Set(recordings.flatMap(({ recording }) => Object.keys(recording.splits ?? {})))];
  const indicesOf = (name: string, part: 'train' | 'test') =>
    recordings.flatMap(({ recording }, index) => (recording.splits?.[name] === part ? [index] : []));
  return names.map((name) => ({
    name,
    description: `As the files say: ${name}.`,
    train: indicesOf(name, 'train'),
    test: indicesOf(name, 'test'),
  }));
}

function describedSplit(
  samples: readonly Sample[],
  name: string,
  test: Description['splits'][number]['test'],
  source: string,
): Split {
  const [listed, factOf] =
    'subjects' in test
      ? ([test.subjects, (sample: Sample) => sample.subject] as const)
      : ([test.recordings.map((id) => id.replaceAll('\\', '/')), (sample: Sample) => sample.id] as const);
  const unknown = listed.find((one) => !samples.some((sample) => factOf(sample) === one));
  if (unknown === undefined)
    return splitBy(
      samples,
      name,
      `${listed.join(', ')} ${listed.length === 1 ? 'tests' : 'test'}, the others train.`,
      (sample) => listed.includes(factOf(sample)),
    );
  throw new InputError({
    source: `${source}/${DESCRIPTION_FILE}`,
    place: `split ${name}`,
    expected: 'subjects or recordings of the folder',
    found: `"${unknown}"`,
    mend: '"anyrate data info" lists them.',
  });
}
