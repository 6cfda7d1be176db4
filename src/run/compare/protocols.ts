import { InputError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';

/** A line of a protocol: a built-in recipe, trained by MRMP, and the splits whose mean counts. */
export interface ProtocolLine {
  readonly title: string;
  readonly recipe: string;
  readonly splits: readonly string[];
}

/** How accuracy on a data set is reported. */
export interface Protocol {
  /** Of the data set. */
  readonly name: string;
  readonly title: string;
  /** Of the whole data set, where the count is known: a part of it would be another protocol. */
  readonly sequences?: number;
  /** What the literature reports, and how the lines differ. */
  readonly note: string;
  readonly lines: readonly ProtocolLine[];
}

const FOLDS = ['fold1', 'fold2', 'fold3', 'fold4', 'fold5'];

export const protocols: readonly Protocol[] = [
  {
    name: 'sbu',
    title: 'SBU Kinect Interaction: five official folds',
    sequences: 282,
    note:
      'Published by the author of the method for an unpruned network, in a paper without pruning (arXiv 2511.21625): ' +
      '98.4 %, which is 64 of the 65 test sequences of fold 5. Of the five folds the mean counts. The method alone: ' +
      'aligned with a prior and pruned at its a(r), on one head and 32 filters; its blocks: the same on the network and ' +
      'the inputs of that paper.',
    lines: [
      { title: 'our recipe, fold 5', recipe: 'sbu', splits: ['fold5'] },
      { title: 'our recipe, 5-fold mean', recipe: 'sbu', splits: FOLDS },
      { title: 'the method alone, fold 5', recipe: 'paper-sbu', splits: ['fold5'] },
      { title: 'the method alone, 5-fold mean', recipe: 'paper-sbu', splits: FOLDS },
      { title: 'its blocks, fold 5', recipe: 'paper-sbu-blocks', splits: ['fold5'] },
      { title: 'its blocks, 5-fold mean', recipe: 'paper-sbu-blocks', splits: FOLDS },
    ],
  },
  {
    name: 'fpha',
    title: 'First-Person Hand Action: official 1:1 split',
    note:
      'Published by the author of the method for an unpruned network, in a paper without pruning (arXiv 2511.21625): ' +
      '88.17 %. Three test sequences are byte for byte those of training; unique leaves them out of the test. The ' +
      'method alone: aligned with a Laplace prior and pruned at its a(r), without gains and l1.',
    lines: [
      { title: 'our recipe', recipe: 'fpha', splits: ['official'] },
      { title: 'our recipe, unique', recipe: 'fpha', splits: ['official-unique'] },
      { title: 'the method alone', recipe: 'paper-fpha', splits: ['official'] },
      { title: 'the method alone, unique', recipe: 'paper-fpha', splits: ['official-unique'] },
    ],
  },
  {
    name: 'irds',
    title: 'IntelliRehabDS: unseen subjects, and patients',
    sequences: 2577,
    note: 'Cross-subject: even ids train, odd ids test. Patients: healthy people train, patients test.',
    lines: [
      { title: 'cross-subject', recipe: 'irds', splits: ['cross-subject'] },
      { title: 'patients', recipe: 'irds', splits: ['patients'] },
    ],
  },
  {
    name: 'ui-prmd',
    title: 'UI-PRMD: unseen subjects',
    sequences: 990,
    note: 'Subjects 1 to 5 train, 6 to 10 test.',
    lines: [{ title: 'cross-subject', recipe: 'ui-prmd', splits: ['cross-subject'] }],
  },
];

/** @throws InputError on a name that no protocol has */
export function protocolNamed(name: string): Protocol {
  const protocol = protocols.find((candidate) => candidate.name === name);
  if (protocol !== undefined) return protocol;
  const names = protocols.map((candidate) => candidate.name);
  throw new InputError({
    source: 'protocol',
    expected: `one of ${names.join(', ')}`,
    found: `"${name}"`,
    mend: suggest(name, names) ?? 'Use one of these names.',
  });
}
