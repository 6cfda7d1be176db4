/** What a check finds in a data set: errors, with which nothing is trained, and warnings, which a person should look at. */
import { InputError } from '../../core/errors.js';

/** An error, with which nothing is trained, or a warning, which a person should look at. */
export type Severity = 'error' | 'warning';

/** Where something was found, as closely as it is known. */
export interface FindingPlace {
  /** Name of the data set. */
  readonly set: string;
  readonly split?: string | undefined;
  readonly class?: string | undefined;
  /** Id of the recording; of several, of the first. */
  readonly recording?: string | undefined;
  /** Counted from 0. */
  readonly frame?: number | undefined;
  /** Person, counted from 0, where recordings have several. */
  readonly person?: number | undefined;
  readonly joint?: string | undefined;
}

/** One thing that a check found. */
export interface Finding {
  readonly severity: Severity;
  /** The same for findings of the same sort, whatever the words. */
  readonly kind: FindingKind;
  readonly place: FindingPlace;
  /** What is there, in words. */
  readonly what: string;
  readonly mend: string;
}

/** Every sort of finding: what is right instead, and how to mend what is not. */
export const FINDINGS = {
  shape: {
    expected: 'the persons and joints of the data set, three coordinates each in every frame',
    mend: 'Record with the same tracker as the others, or leave the recording out.',
  },
  'not-finite': {
    expected: 'three finite coordinates, or NaN in all three where the joint was lost',
    mend: 'Check the recording, or leave it out.',
  },
  label: { expected: 'the number of a class', mend: 'Number the classes from 0, in the order of their names.' },
  'never-seen': {
    expected: 'at least one joint that was seen',
    mend: 'Leave the recording out: nothing was seen in it.',
  },
  'one-frame': {
    expected: 'at least 2 frames, since the recipe has a step over time',
    mend: 'Leave the recording out, or use a recipe that has positions in one chunk.',
  },
  'same-recording': { expected: 'every recording once', mend: 'Remove one of them.' },
  overlap: { expected: 'recordings that either train or test', mend: 'Leave the recording out of one part.' },
  subjects: {
    expected: 'other people in the test part',
    mend: 'Split by subject to measure the accuracy on new people.',
  },
  'class-untrained': {
    expected: 'training recordings of every class that has any',
    mend: 'Record more of it, leave the class out, or use another split.',
  },
  'class-empty': { expected: 'recordings of every class', mend: 'Record some, or remove the class from the list.' },
  'few-recordings': {
    expected: 'ten training recordings of a class or more',
    mend: 'Record more of it, or balance the classes with "training.balance".',
  },
  'one-subject': {
    expected: 'several people in every class',
    mend: 'Record other people too, or the network may learn who performs instead of what.',
  },
  confidence: {
    expected: 'a third coordinate in the unit of the others',
    mend: 'They may be x, y and a confidence, of other joints than those of the layout: check what the columns hold.',
  },
  'flat-depth': { expected: 'a third coordinate that varies', mend: 'If it is not a depth, write 0 instead.' },
  unit: { expected: 'a skeleton of plausible size', mend: 'State the "unit" in dataset.json.' },
  limbs: {
    expected: 'limbs about as long as in other recordings',
    mend: 'Check the unit and the order of the joints.',
  },
  jumps: { expected: 'joints that move steadily', mend: 'Look at these frames: the tracker may have lost the person.' },
  frozen: {
    expected: 'joints that move like the others',
    mend: 'Look at these joints: they may never have been seen.',
  },
  lost: { expected: 'joints that are seen in most frames', mend: 'Look at these recordings, or leave them out.' },
  unnamed: {
    expected: 'recordings that dataset.json tells the class, performer and sitting of',
    mend: 'Correct dataset.json, or rename the recordings.',
  },
  'segment-end': {
    expected: 'segments within their recordings',
    mend: 'Check the table and its "unit": frames are counted from 0, seconds from the first frame; both ends belong to it.',
  },
  'class-people': {
    expected: 'classes that are movements',
    mend: 'If these are people, say in dataset.json where the class is: {"class": {"folder": 2}, "subject": {"folder": 1}}.',
  },
  'class-alike': { expected: 'names that differ', mend: 'If they are one class, rename a folder.' },
  'other-files': {
    expected: 'a folder of the published set alone',
    mend: 'If the recordings are your own, write a dataset.json with "anyrate data init": then all of them are read.',
  },
  'leave-out': {
    expected: 'patterns that fit a file',
    mend: 'Correct "leaveOut" in dataset.json, or remove the pattern.',
  },
  name: { expected: 'names that suggest recordings', mend: 'Leave out trials and copies with "leaveOut".' },
} as const satisfies Record<string, { readonly expected: string; readonly mend: string }>;

/** A sort of finding. */
export type FindingKind = keyof typeof FINDINGS;

/** A finding with the advice of its kind. */
export function finding(severity: Severity, kind: FindingKind, place: FindingPlace, what: string): Finding {
  return { severity, kind, place, what, mend: FINDINGS[kind].mend };
}

/** `recording s3, frame 0, joint WRIST`; empty where the whole set is meant. */
function describePlace({ split, class: name, recording, frame, person, joint }: FindingPlace): string {
  const parts = { split, class: name, recording, frame, person, joint };
  return Object.entries(parts)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key} ${value}`]))
    .join(', ');
}

/** Where and what, in one line. */
export function describeFinding({ place, what }: Finding): string {
  const where = describePlace(place);
  return where === '' ? what : `${where}: ${what}`;
}

/** An error as it is thrown. */
export function findingError({ kind, place, what, mend }: Finding): InputError {
  const where = describePlace(place);
  const fault = { source: `data set ${place.set}`, expected: FINDINGS[kind].expected, found: what, mend };
  return new InputError(where === '' ? fault : { ...fault, place: where });
}
