/** Whether a division of recordings tells what it is meant to: nothing both trains and tests, every class is trained. */
import type { Dataset, Split } from '../dataset.js';
import { type Finding, type FindingPlace, finding, type Severity } from './finding.js';

/** A class of fewer training recordings is worth a warning. */
const FEW_RECORDINGS = 10;

/**
 * What is wrong with a split.
 * @param severity of classes that are not trained: a warning where nobody asked for the split
 */
export function splitFaults(dataset: Dataset, split: Split, severity: Severity): Finding[] {
  const place = { set: dataset.name, split: split.name };
  return [
    ...overlapOf(dataset, split, place),
    ...subjectsOnBothSides(dataset, split, place),
    ...untrainedClasses(dataset, split, place, severity),
  ];
}

/** Recordings that a split both trains and tests. */
export function overlapOf({ samples }: Dataset, { train, test }: Split, place: FindingPlace): Finding[] {
  const trained = new Set(train);
  const both = test.filter((index) => trained.has(index));
  if (both.length === 0) return [];
  const what = both.length === 1 ? 'one that does both' : `${both.length} that do both`;
  return [finding('error', 'overlap', { ...place, recording: samples[both[0]]?.id }, what)];
}

/** Where a split keeps people apart by what it says of itself, an error; else, as in some published ones, a warning. */
function subjectsOnBothSides({ samples }: Dataset, { train, test, apart }: Split, place: FindingPlace): Finding[] {
  const training = new Set(train.flatMap((index) => peopleIn(samples[index].subject)));
  const both = new Set(test.flatMap((index) => peopleIn(samples[index].subject)).filter((one) => training.has(one)));
  if (both.size === 0) return [];
  const names = [...both].toSorted();
  const list = `${names.slice(0, 5).join(', ')}${names.length > 5 ? `, … (${names.length})` : ''}`;
  return [finding(apart === 'subjects' ? 'error' : 'warning', 'subjects', place, `${list} in both parts`)];
}

/** The performers that a subject names: `s01s02` is a pair. */
function peopleIn(subject: string): string[] {
  if (subject === '') return [];
  return /^([a-z]+\d+){2,}$/i.test(subject) ? subject.match(/[a-z]+\d+/gi)! : [subject];
}

function untrainedClasses(
  { samples, classes }: Dataset,
  { train, test }: Split,
  place: FindingPlace,
  severity: Severity,
): Finding[] {
  const trained = new Set(train.map((index) => samples[index].label));
  const missing = new Set(test.map((index) => samples[index].label).filter((label) => !trained.has(label)));
  return [...missing].map((label) => {
    const what = 'only test recordings';
    return finding(severity, 'class-untrained', { ...place, class: classes[label] }, what);
  });
}

/** Classes without any recording, of few training recordings, or of one person. */
export function thinClasses(dataset: Dataset, split: Split | undefined): Finding[] {
  const { name, samples, classes } = dataset;
  const train = (split?.train ?? samples.map((_, index) => index)).map((index) => samples[index]);
  const isKnown = new Set(samples.map(({ subject }) => subject)).size > 1;
  const thin = classes.flatMap((title, label) => {
    const place = { set: name, class: title };
    const whole = samples.filter((sample) => sample.label === label);
    const trained = train.filter((sample) => sample.label === label);
    const people = new Set(whole.map(({ subject }) => subject));
    return [
      ...(trained.length > 0 && trained.length < FEW_RECORDINGS
        ? [finding('warning', 'few-recordings', place, `${trained.length} to train with`)]
        : []),
      ...(isKnown && people.size === 1
        ? [finding('warning', 'one-subject', place, `only ${[...people][0] || 'one person'}`)]
        : []),
    ];
  });
  return [...emptyClasses(dataset), ...thin];
}

/** Classes that are named before the others are counted. */
const NAMED = 5;

/** All classes without a recording, in one finding: of a published list there may be many. */
function emptyClasses({ name, samples, classes }: Dataset): Finding[] {
  const recorded = new Set(samples.map(({ label }) => label));
  const empty = classes.filter((_, label) => !recorded.has(label));
  if (empty.length === 0) return [];
  if (empty.length === 1) return [finding('warning', 'class-empty', { set: name, class: empty[0] }, 'none')];
  const rest = empty.length - NAMED;
  const more = rest > 0 ? ` and ${rest} more` : '';
  const what = `${empty.length} of ${classes.length} classes have no recording: ${empty.slice(0, NAMED).join(', ')}${more}`;
  return [finding('warning', 'class-empty', { set: name }, what)];
}
