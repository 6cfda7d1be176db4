/** Classes that are legal, but seldom meant: what a person should see before a training, not after it. */
import type { Dataset } from '../dataset.js';
import { type Finding, finding } from './finding.js';

const PERSON = /^(subjects?|subj|persons?|people|user|actor|performer|participant|s|p)[_ -]?\d+$/i;

/** Classes called like people, or alike but for capitals; recordings of one frame among others. */
export function oddClasses({ name, classes, samples }: Dataset): Finding[] {
  const place = { set: name };
  return [
    ...(classes.every((one) => PERSON.test(one))
      ? [finding('warning', 'class-people', place, `classes called ${classes.slice(0, 3).join(', ')}`)]
      : []),
    ...likeOthers(classes).map(([a, b]) => finding('warning', 'class-alike', place, `"${a}" and "${b}"`)),
    ...someStill(samples).map(([id, what]) => finding('warning', 'one-frame', { ...place, recording: id }, what)),
  ];
}

function likeOthers(classes: readonly string[]): [string, string][] {
  const known = new Map<string, string>();
  return classes.flatMap((one): [string, string][] => {
    const plain = one
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, '');
    const other = known.get(plain);
    known.set(plain, one);
    return other === undefined ? [] : [[other, one]];
  });
}

/** The first recording of one frame where not all are, with how many there are. */
function someStill(samples: Dataset['samples']): [string, string][] {
  const still = samples.filter(({ frames }) => frames === 1);
  if (still.length === 0 || still.length === samples.length) return [];
  return [[still[0].id, `${still.length} of ${samples.length} recordings have one frame`]];
}
