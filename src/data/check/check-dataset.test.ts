import { expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { mediapipeHand } from '../../skeleton/layouts/hands.js';
import type { Dataset, Sample } from '../dataset.js';
import { checkDataset, requireTrainable } from './check-dataset.js';
import type { Finding } from './finding.js';

const JOINTS = 21;
const WIDTH = JOINTS * 3;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type Draft = Mutable<Omit<Dataset, 'samples' | 'splits'>> & {
  samples: Mutable<Sample>[];
  splits: Mutable<Dataset['splits'][number]>[];
};

/** 24 recordings of 12 frames by four people, of which the last tests: a hand of 0.2 m that moves to and fro. */
function moves(): Draft {
  const samples = Array.from({ length: 24 }, (_, i) => {
    const positions = Float32Array.from({ length: 12 * WIDTH }, (_, at) => {
      const [frame, joint, axis] = [Math.floor(at / WIDTH), Math.floor((at % WIDTH) / 3), at % 3];
      return 0.2 * Math.abs(Math.sin(joint * 3 + axis)) + 0.01 * Math.sin(frame + i);
    });
    const facts = { id: `s${i}`, label: i % 2, subject: `p${Math.floor(i / 6)}` };
    return { ...facts, frames: 12, persons: 1, joints: JOINTS, positions };
  });
  const indices = [...samples.keys()];
  return {
    name: 'mine',
    title: 'Mine',
    licence: '',
    citation: '',
    layout: mediapipeHand,
    persons: 1,
    unit: 'metre',
    classes: ['a', 'b'],
    samples,
    splits: [{ name: 's', description: '', train: indices.slice(0, 18), test: indices.slice(18) }],
    skipped: [],
  };
}

function findingsIn(spoil: (set: Draft) => void): Finding[] {
  const set = moves();
  spoil(set);
  return checkDataset(set);
}

test('moves without a fault have but the warning that nine training recordings a class are few', () => {
  expect(checkDataset(moves()).map(({ kind, place }) => `${kind} ${place.class}`)).toEqual([
    'few-recordings a',
    'few-recordings b',
  ]);
});

test.each<[string, (set: Draft) => void, RegExp]>([
  [
    'one NaN of three',
    (set) => set.samples[3].positions.fill(Number.NaN, 64, 65),
    /data set mine, recording s3, frame 1, joint Wrist: expected three finite.*NaN/,
  ],
  [
    'infinity',
    (set) => set.samples[3].positions.fill(Infinity, 3, 4),
    /recording s3, frame 0, joint ThumbCMC.*Infinity/,
  ],
  [
    'nothing seen',
    (set) => set.samples[3].positions.fill(Number.NaN),
    /recording s3: expected at least one joint that was seen/,
  ],
  [
    'positions shorter than frames',
    (set) => {
      set.samples[3].positions = new Float32Array(63);
    },
    /recording s3.*found 63 numbers for 12 frames, which have 756/,
  ],
  [
    'a label beyond the classes',
    (set) => {
      set.samples[3].label = 7;
    },
    /recording s3: expected the number of a class, found 7, where there are 2/,
  ],
  [
    'a joint less',
    (set) => {
      set.samples[3].joints = 20;
    },
    /found 20 joints, where mediapipe-hand has 21/,
  ],
  [
    'another number of persons',
    (set) => {
      set.samples[3].persons = 2;
    },
    /found 2 persons, where the data set has 1/,
  ],
  [
    'no frames',
    (set) => {
      set.samples[3].frames = 0;
    },
    /found 0 frames/,
  ],
  [
    'time stamps of other frames',
    (set) => {
      set.samples[3].seconds = new Float64Array(3);
    },
    /3 time stamps for 12 frames/,
  ],
  [
    'a class that only tests',
    (set) => {
      set.splits[0].train = set.splits[0].train.filter((i) => i % 2 === 0);
    },
    /split s, class b: expected training recordings of every class/,
  ],
  [
    'a recording in both parts',
    (set) => {
      set.splits[0].train = [...set.splits[0].train, 20];
    },
    /split s, recording s20: expected recordings that either train or test/,
  ],
  [
    'a recording twice',
    (set) => {
      set.samples[5].positions = set.samples[2].positions.slice();
    },
    /recording s5: expected every recording once, found the positions of s2/,
  ],
  [
    'a person on both sides of a split by subject',
    (set) => {
      set.samples[20].subject = 'p0';
      set.splits[0].apart = 'subjects';
    },
    /split s: expected other people in the test part, found p0 in both parts/,
  ],
])('%s is an error, found by the check and before a training', (_, spoil, message) => {
  const set = moves();
  spoil(set);
  expect(checkDataset(set)[0].severity).toBe('error');
  expect(() => requireTrainable(set, set.splits)).toThrow(InputError);
  expect(() => requireTrainable(set, set.splits)).toThrow(message);
});

test('a lost joint, NaN in all three coordinates, is no fault', () => {
  const set = moves();
  set.samples[3].positions.fill(Number.NaN, 63, 66);
  expect(() => requireTrainable(set, set.splits)).not.toThrow();
});

test.each<[string, (set: Draft) => void, string, RegExp]>([
  [
    'persons of pairs on both sides of a published split',
    (set) => {
      for (const [i, s] of set.samples.entries()) s.subject = i < 18 ? 's01s02' : 's02s03';
    },
    'subjects',
    /s02 in both parts/,
  ],
  [
    'x, y and a confidence',
    (set) => {
      for (const { positions } of set.samples)
        for (let i = 0; i < positions.length; i++)
          positions[i] = i % 3 === 2 ? 0.8 + (i % 7) / 100 : positions[i] * 2000;
    },
    'confidence',
    /0.8 to 0.86/,
  ],
  [
    'a constant third coordinate',
    (set) => {
      for (const { positions } of set.samples) for (let i = 2; i < positions.length; i += 3) positions[i] = 1;
    },
    'flat-depth',
    /1 throughout/,
  ],
  [
    'millimetres called metres',
    (set) => {
      for (const { positions } of set.samples) for (let i = 0; i < positions.length; i++) positions[i] *= 1000;
    },
    'unit',
    /skeletons of 200 metres/,
  ],
  [
    'one recording in another unit',
    (set) => {
      set.samples[4].positions = set.samples[4].positions.map((v) => v * 100);
    },
    'limbs',
    /in 1 of 24.*100 times as large/,
  ],
  [
    'joints in another order',
    (set) => {
      const { positions } = set.samples[4];
      for (let f = 0; f < 12; f++) positions.copyWithin(f * WIDTH + 15, f * WIDTH, f * WIDTH + 3);
    },
    'limbs',
    /in 1 of 24 recordings/,
  ],
  [
    'jumps',
    (set) => {
      for (const f of [4, 7, 9]) set.samples[4].positions[f * WIDTH + 24] += 3;
    },
    'jumps',
    /6 of them, frame 4, IndexTIP/,
  ],
  [
    'a frozen joint',
    (set) => {
      for (let at = 0; at < 12 * WIDTH; at++) {
        const p = set.samples[4].positions;
        if (at % WIDTH < 24 || at % WIDTH > 26) p[at] += Math.sin(Math.floor(at / WIDTH)) * 0.1;
        else p[at] = 0.1;
      }
    },
    'frozen',
    /IndexTIP/,
  ],
  [
    'lost joints',
    (set) => {
      set.samples[4].positions.fill(Number.NaN, 0, 6 * WIDTH);
    },
    'lost',
    /in 1 of 24.*50 %/,
  ],
  [
    'a person whose joints are lost, beside one who is not there',
    (set) => {
      const before = set.samples.map(({ positions }) => positions);
      Object.assign(set, { persons: 2 });
      for (const [i, sample] of set.samples.entries()) {
        const frames = Array.from({ length: sample.frames }, (_, t) => before[i].subarray(t * WIDTH, (t + 1) * WIDTH));
        const alone = frames.flatMap((frame) => [...frame, ...new Float32Array(WIDTH).fill(Number.NaN)]);
        Object.assign(sample, { persons: 2, positions: Float32Array.from(alone) });
      }
      for (let t = 0; t < 6; t++) set.samples[4].positions.fill(Number.NaN, 2 * t * WIDTH, (2 * t + 1) * WIDTH);
    },
    'lost',
    /in 1 of 24.*50 %/,
  ],
  [
    'an odd name',
    (set) => {
      set.samples[4].id = 'a/wave copy.json';
    },
    'name',
    /copy/,
  ],
  [
    'a class of one person',
    (set) => {
      for (const s of set.samples) if (s.label === 1) s.subject = 'p0';
      set.splits[0].apart = undefined;
    },
    'one-subject',
    /only p0/,
  ],
  [
    'a class without recordings',
    (set) => {
      set.classes = ['a', 'b', 'c'];
    },
    'class-empty',
    /^none$/,
  ],
  [
    'several classes without recordings',
    (set) => {
      set.classes = ['a', 'b', ...Array.from({ length: 57 }, (_, i) => `c${i}`)];
    },
    'class-empty',
    /^57 of 59 classes have no recording: c0, c1, c2, c3, c4 and 52 more$/,
  ],
])('%s is suspicious', (_, spoil, kind, what) => {
  const found = findingsIn(spoil).filter((one) => one.kind === kind);
  expect(found.length).toBeGreaterThan(0);
  expect(found[0].severity).toBe('warning');
  expect(found[0].what).toMatch(what);
});

test('of a split that is not the default one, untrained classes are a warning', () => {
  const found = findingsIn((set) => {
    set.splits.push({ name: 'odd', description: '', train: [0, 2], test: [1, 3] });
  });
  expect(found.find(({ kind }) => kind === 'class-untrained')).toMatchObject({
    severity: 'warning',
    place: { split: 'odd', class: 'b' },
  });
});
