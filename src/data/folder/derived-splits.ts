/** Splits that nobody published: who tests follows from who performs. */
import type { Apart, Sample, Split } from '../dataset.js';
import { splitBy } from '../splits.js';

/** Test subjects and sittings are one of so many. */
const TEST_SHARE = 4;

/** Subjects, sittings or classes of so few recordings are not divided. */
const FEWEST = 2;

/**
 * A split into training and test parts: by subject where at least two are known, else by sitting, else every fourth
 * recording of each class. Groups test so that a quarter of the recordings does, in the order of their names.
 */
export function derivedSplit(samples: readonly Sample[], sittings: readonly string[]): Split {
  const subjects = new Set(samples.map(({ subject }) => subject));
  if (subjects.size >= FEWEST && !subjects.has('')) return keeping('subjects', splitOfSubjects(samples));
  const testing = testSittings(samples, sittings);
  if (testing !== undefined) {
    const list = [...testing].toSorted().join(', ');
    const description =
      testing.size === 1
        ? `The sitting ${list} tests, the others train.`
        : `The sittings ${list} test, the others train.`;
    const indices = new Map(samples.map((sample, index) => [sample, index]));
    const isTest = (sample: Sample) => testing.has(sittings[indices.get(sample)!]);
    return keeping('sittings', splitBy(samples, 'by-sitting', description, isTest));
  }
  return keeping('nothing', stratified(samples));
}

function keeping(apart: Apart, split: Split): Split {
  return { ...split, apart };
}

/** Subjects test until a quarter of the recordings does; at least one, never all. */
function splitOfSubjects(samples: readonly Sample[]): Split {
  const sizes = new Map<string, number>();
  for (const { subject } of samples) sizes.set(subject, (sizes.get(subject) ?? 0) + 1);
  const names = [...sizes.keys()].toSorted();
  const wanted = samples.length / TEST_SHARE;
  const testing = new Set<string>();
  let count = 0;
  for (const name of everyFourthFirst(names)) {
    if (testing.size > 0 && (count >= wanted || testing.size === names.length - 1)) break;
    if (testing.size > 0 && count + sizes.get(name)! > wanted * 1.5) continue;
    testing.add(name);
    count += sizes.get(name)!;
  }
  const list = [...testing].toSorted().join(', ');
  const description = `${list} ${testing.size === 1 ? 'tests' : 'test'}, the others train.`;
  return splitBy(samples, 'by-subject', description, ({ subject }) => testing.has(subject));
}

/** The last of every four, then the others from the end on: not those that were recorded first. */
function everyFourthFirst(names: readonly string[]): string[] {
  const isFourth = (index: number) => index % TEST_SHARE === TEST_SHARE - 1;
  return [...names.filter((_, index) => isFourth(index)), ...names.filter((_, index) => !isFourth(index)).toReversed()];
}

/** Every fourth sitting of each class, at least the last; none where a class has but one sitting, or keeps none to train. */
function testSittings(samples: readonly Sample[], sittings: readonly string[]): Set<string> | undefined {
  if (sittings.includes('')) return undefined;
  const byClass = new Map<number, Set<string>>();
  for (const [index, { label }] of samples.entries()) {
    byClass.set(label, (byClass.get(label) ?? new Set()).add(sittings[index]));
  }
  const classes = [...byClass.values()].map((names) => [...names].toSorted());
  const testing = new Set(
    classes.flatMap((names) =>
      names.filter(
        (_, place) =>
          place % TEST_SHARE === TEST_SHARE - 1 || (names.length < TEST_SHARE && place === names.length - 1),
      ),
    ),
  );
  const isDivided = classes.every(
    (names) => names.some((name) => testing.has(name)) && names.some((name) => !testing.has(name)),
  );
  return isDivided ? testing : undefined;
}

/** Every fourth recording of each class, and the last one of a class that has two or three. */
function stratified(samples: readonly Sample[]): Split {
  const sizes = new Map<number, number>();
  for (const { label } of samples) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const seen = new Map<number, number>();
  const description =
    'Every fourth recording of each class tests: nothing says who performs, so that the same people are on both sides.';
  const testing = new Set<Sample>();
  for (const sample of samples) {
    const place = seen.get(sample.label) ?? 0;
    const size = sizes.get(sample.label)!;
    seen.set(sample.label, place + 1);
    const isLastOfFew = size >= FEWEST && size < TEST_SHARE && place === size - 1;
    if (place % TEST_SHARE === TEST_SHARE - 1 || isLastOfFew) testing.add(sample);
  }
  return splitBy(samples, 'stratified', description, (sample) => testing.has(sample));
}
