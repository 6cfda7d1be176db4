import { checkDataset, type Dataset, type Finding, layoutNamed, readFolder } from 'anyrate/browser';
import { expect, test } from 'vitest';
import { handClips } from '../../test/clips.js';
import { EMPTY_PROJECT } from '../project.js';
import { asRecordingFiles, projectFiles } from '../project-files.js';
import { inGerman } from './german.js';

type Changeable<T> = { -readonly [Key in keyof T]: T[Key] };
type Mutable = Changeable<Omit<Dataset, 'samples'>> & { samples: Changeable<Dataset['samples'][number]>[] };

/** The hands of tests as anyrate reads them; they are whole. */
async function hands(): Promise<Mutable> {
  const clips = handClips(3, 4).map((clip, i) => ({ ...clip, id: String(i + 1).padStart(4, '0') }));
  const project = {
    ...EMPTY_PROJECT,
    layout: layoutNamed('mediapipe-hand'),
    unit: 'image',
    classes: ['wave', 'nod', 'circle', 'grow'],
  };
  return (await readFolder(asRecordingFiles(projectFiles({ project, clips })), 'zip')) as Mutable;
}

async function found(spoil: (set: Mutable) => void): Promise<Finding[]> {
  const set = await hands();
  spoil(set);
  return checkDataset(set);
}

const frame = 63;

test.each<[Finding['kind'], (set: Mutable) => void, string | RegExp]>([
  ['few-recordings', () => {}, /^\d+ zum Trainieren$/],
  [
    'shape',
    (set) => {
      set.samples[0].joints = 20;
    },
    '20 Gelenke, wo mediapipe-hand 21 hat',
  ],
  [
    'shape',
    (set) => {
      set.samples[0].persons = 2;
    },
    '2 Personen, wo die anderen 1 haben',
  ],
  [
    'shape',
    (set) => {
      set.samples[0].positions = new Float32Array(5);
    },
    '5 Zahlen für 20 Bilder, die 1260 haben',
  ],
  [
    'shape',
    (set) => {
      set.samples[0].seconds = new Float64Array(3);
    },
    '3 Zeiten für 20 Bilder',
  ],
  [
    'label',
    (set) => {
      set.samples[0].label = 9;
    },
    '9, wo es 4 Klassen gibt',
  ],
  [
    'never-seen',
    (set) => {
      set.samples[0].positions.fill(Number.NaN);
    },
    'jedes Gelenk in jedem Bild verloren',
  ],
  [
    'same-recording',
    (set) => {
      set.samples[1].positions = set.samples[0].positions;
    },
    /^dieselben Positionen wie in .+$/,
  ],
  [
    'overlap',
    (set) => {
      set.splits = [{ ...set.splits[0], train: [...set.splits[0].train, set.splits[0].test[0]], apart: undefined }];
    },
    'eine, die trainiert und prüft',
  ],
  [
    'subjects',
    (set) => {
      set.samples[set.splits[0].test[0]].subject = set.samples[set.splits[0].train[0]].subject;
    },
    /^person \d in beiden Teilen$/,
  ],
  [
    'class-empty',
    (set) => {
      set.classes = [...set.classes, 'x'];
    },
    'keine Aufnahmen',
  ],
  [
    'class-empty',
    (set) => {
      set.classes = [...set.classes, 'x', 'y'];
    },
    /^2 von \d+ Klassen haben keine Aufnahme: x, y$/,
  ],
  [
    'class-empty',
    (set) => {
      set.classes = [...set.classes, ...'abcdefg'];
    },
    /^7 von \d+ Klassen haben keine Aufnahme: a, b, c, d, e und 2 weitere$/,
  ],
  [
    'one-subject',
    (set) => {
      for (const one of set.samples) if (one.label === 0) one.subject = 'ada';
    },
    'nur ada',
  ],
  [
    'flat-depth',
    (set) => {
      for (const { positions } of set.samples) for (let i = 2; i < positions.length; i += 3) positions[i] = 1;
    },
    'eine dritte Koordinate, die überall 1 ist',
  ],
  [
    'limbs',
    (set) => {
      set.samples[0].positions = set.samples[0].positions.map((value) => value * 100);
    },
    /^Gliedmaßen von ungewöhnlicher Länge in 1 von 48 Aufnahmen: das ganze Skelett ist \S+-mal so groß wie in den meisten$/,
  ],
  [
    'jumps',
    (set) => {
      for (const at of [4, 7, 9]) set.samples[0].positions[at * frame + 24] += 3;
    },
    /^Sprünge in 1 von 48 Aufnahmen: \d+ Stück, Bild \d+, \w+$/,
  ],
  [
    'lost',
    (set) => {
      set.samples[0].positions.fill(Number.NaN, 0, 12 * frame);
    },
    'viele verlorene Gelenke in 1 von 48 Aufnahmen: 60 %',
  ],
])('%s in German', async (kind, spoil, words) => {
  const finding = (await found(spoil)).find((one) => one.kind === kind)!;
  const { what, mend } = inGerman(finding);
  if (typeof words === 'string') expect(what).toBe(words);
  else expect(what).toMatch(words);
  expect(mend).not.toBe(finding.mend);
});

test('of several recordings, the others are named', () => {
  const what = 'unusual names in 2 of 9 recordings: copy; and in a/b.json';
  expect(inGerman({ kind: 'name', what, mend: '' }).what).toBe(
    'ungewöhnliche Namen in 2 von 9 Aufnahmen: copy; und in a/b.json',
  );
});

test('what a folder is told before', () => {
  const german = (kind: Finding['kind'], what: string) => inGerman({ kind, what, mend: '' }).what;
  expect(german('class-people', 'classes called p1, p2')).toBe('Klassen mit den Namen p1, p2');
  expect(german('class-alike', '"a" and "A"')).toBe('„a“ und „A“');
  expect(german('one-frame', '2 of 9 recordings have one frame')).toBe('2 von 9 Aufnahmen haben nur ein Bild');
});
