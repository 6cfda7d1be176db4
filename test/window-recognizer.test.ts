import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Random } from '../src/core/random.js';
import { encodeModel } from '../src/model/file/file.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { Recognizer as PlainRecognizer } from '../src/runtime.js';
import { Recognizer, RuntimeModel } from '../src/runtime-simd.js';
import { randomModel } from './support/random-model.js';
import { preprocessings } from './support/random-preprocessing.js';

type Preprocessing = Model['description']['preprocessing'];
type View = ReturnType<RuntimeModel['view']>;

const JOINTS = 21;
const OPTIONS = { window: 0.8, step: 0.1, confidence: 0.34, smoothing: 0.3, gap: 0.3 };
const GRAPH = { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'sum' };
const NETWORKS = [[{ kind: 'dense', units: 8 }], [GRAPH], [GRAPH, { kind: 'dense', units: 6 }]];

function viewOf(layers: readonly object[], persons: number, preprocessing?: Preprocessing, rate = 0.5): View {
  const model = randomModel(layers, 3, preprocessing, persons);
  return new RuntimeModel(encodeModel(cut(model, { rate }))).view();
}

/** What both recognisers say of the same stream, to the bit; how many clips the one in WebAssembly ran as the view does. */
function compare(view: View, frames = 60, lost = 0, apart = 3): number {
  const [fast, plain] = [new Recognizer(view, OPTIONS), new PlainRecognizer(view, OPTIONS)];
  const random = new Random(5);
  const positions = Float32Array.from(
    { length: view.persons * JOINTS * 3 },
    (_, i) => random.normal() + apart * Math.floor(i / 63),
  );
  const clips = vi.spyOn(view, 'predict');
  let [ran, time] = [0, 0];
  for (let frame = 0; frame < frames; frame++) {
    for (let i = 0; i < positions.length; i++) positions[i] += 0.2 * random.normal();
    const seen = positions.slice();
    if (random.uniform() < lost) seen.fill(Number.NaN, 9, 12);
    time += lost && frame === 40 ? 1 : 0.02 + 0.02 * random.uniform();
    const before = clips.mock.calls.length;
    const event = fast.push(seen, time);
    ran += clips.mock.calls.length - before;
    expect(plain.push(seen, time)).toEqual(event);
    expect(plain.current).toEqual(fast.current);
    expect(scoresOf(plain)).toEqual(scoresOf(fast));
  }
  clips.mockRestore();
  return ran;
}

/** The smoothed probabilities, which events tell of one class alone. */
function scoresOf(recognizer: PlainRecognizer): Float64Array {
  return (recognizer as unknown as { scores: Float64Array }).scores;
}

test('answers are those of the view, to the bit, whatever the steps, and no clip is run', () => {
  fc.assert(
    fc.property(preprocessings, fc.constantFrom(...NETWORKS), fc.constantFrom(1, 2), (steps, layers, persons) => {
      const isOrdered = steps.pose.some(({ step }) => step === 'order-persons');
      const ran = compare(viewOf(layers, persons, steps));
      if (!(isOrdered && persons > 1)) expect(ran).toBe(0);
    }),
    { numRuns: 60, seed: 8 },
  );
});

test.each([0.5, 0.9, 0.98])('at rate %d, of which some values are constants', (rate) => {
  for (const layers of NETWORKS) expect(compare(viewOf(layers, 1, undefined, rate))).toBe(0);
});

test('lost joints are filled, and a gap empties the window', () => {
  for (const persons of [1, 2]) expect(compare(viewOf([GRAPH], persons), 120, 0.3)).toBe(0);
});

test('persons that have to be ordered are left to the view', () => {
  const steps = {
    pose: [{ step: 'order-persons' }, { step: 'resample', frames: 8 }],
    channels: [{ step: 'statistics' }],
  } as unknown as Preprocessing;
  expect(compare(viewOf([GRAPH], 2, steps), 60, 0, 9)).toBe(0);
  expect(compare(viewOf([GRAPH], 2, steps), 60, 0, -9)).toBeGreaterThan(10);
});

test('another view goes on from the cells that are known', () => {
  const [a, b] = [viewOf([GRAPH], 1), viewOf([GRAPH], 1, undefined, 0.9)];
  const [fast, plain] = [new Recognizer(a, OPTIONS), new PlainRecognizer(a, OPTIONS)];
  const random = new Random(8);
  for (let frame = 0; frame < 90; frame++) {
    const seen = Float32Array.from({ length: JOINTS * 3 }, () => random.normal());
    if (frame === 60) for (const recognizer of [fast, plain]) recognizer.use(b);
    expect(fast.push(seen, frame / 30)).toEqual(plain.push(seen, frame / 30));
  }
});

test('without WebAssembly the view answers', () => {
  vi.stubGlobal('WebAssembly', undefined);
  try {
    expect(compare(viewOf([GRAPH], 1))).toBeGreaterThan(10);
  } finally {
    vi.unstubAllGlobals();
  }
});
