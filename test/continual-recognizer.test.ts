import { expect, test, vi } from 'vitest';
import { Random } from '../src/core/random.js';
import { encodeModel } from '../src/model/file/file.js';
import type { Model } from '../src/model/model.js';
import { cut } from '../src/pruning/cut/cut.js';
import { Recognizer as PlainRecognizer } from '../src/runtime.js';
import { Recognizer, RuntimeModel } from '../src/runtime-temporal.js';
import { randomModel } from './support/random-model.js';

const LAYERS = [
  { kind: 'graph-convolution', heads: 2, filters: 4, combine: 'sum' },
  { kind: 'temporal-convolution', filters: 6, kernel: 3, stride: 2, residual: 2 },
  { kind: 'pool', over: 'both' },
];
const [FRAMES, JOINTS] = [8, 21];
const LOCAL = ['frame-positions', 'frame-relative', 'frame-bones'];

function viewOf(channels: readonly string[], pose: readonly object[] = []) {
  const steps = { pose: [{ step: 'resample', frames: FRAMES }, ...pose], channels: channels.map((step) => ({ step })) };
  const model = randomModel(LAYERS, 3, steps as unknown as Model['description']['preprocessing']);
  return new RuntimeModel(encodeModel(cut(model, { rate: 0.5 }))).view();
}

const OPTIONS = { window: 0.8, step: 0.1, confidence: 0.34, smoothing: 0.3, gap: 0.3 };

/** What two recognisers say of the same disturbed stream, and how many clips the first of them ran. */
function compare(view: ReturnType<typeof viewOf>, isDisturbed: boolean) {
  const [continual, plain] = [new Recognizer(view, OPTIONS), new PlainRecognizer(view, OPTIONS)];
  const random = new Random(5);
  const positions = Float32Array.from({ length: JOINTS * 3 }, () => random.normal());
  const clips = vi.spyOn(view, 'predict');
  let [ran, time] = [0, 0];
  for (let frame = 0; frame < 240; frame++) {
    for (let i = 0; i < positions.length; i++) positions[i] += 0.2 * random.normal();
    const seen = positions.slice();
    if (isDisturbed && random.uniform() < 0.1) seen.fill(Number.NaN, 9, 12);
    time += frame === 120 && isDisturbed ? 1 : 0.02 + 0.02 * random.uniform();
    const before = clips.mock.calls.length;
    const event = continual.push(seen, time);
    ran += clips.mock.calls.length - before;
    expect(plain.push(seen, time)).toEqual(event);
    expect(plain.current).toEqual(continual.current);
  }
  clips.mockRestore();
  return ran;
}

test('the answers are those of clips, to the bit, and once the window is whole no clip is run', () => {
  // The least is a third of the window: 3, 4 … 7 cells are answered by clips.
  expect(compare(viewOf(LOCAL), false)).toBe(5);
});

test('with lost joints and a gap the answers are the same, whole windows by frames', () => {
  const clips = compare(viewOf(LOCAL), true);
  expect(clips).toBeGreaterThan(10);
  expect(clips).toBeLessThan(70);
});

test('features that depend on the window are those of clips', () => {
  for (const view of [viewOf([...LOCAL, 'frame-velocities']), viewOf(LOCAL, [{ step: 'center' }])]) {
    expect(compare(view, false)).toBeGreaterThan(60);
  }
});

test('another view goes on from the cells that are known', () => {
  const [a, b] = [viewOf(LOCAL), viewOf(LOCAL)];
  const [continual, plain] = [new Recognizer(a, OPTIONS), new PlainRecognizer(a, OPTIONS)];
  const random = new Random(8);
  for (let frame = 0; frame < 90; frame++) {
    const seen = Float32Array.from({ length: JOINTS * 3 }, () => random.normal());
    if (frame === 60) for (const recognizer of [continual, plain]) recognizer.use(b);
    expect(continual.push(seen, frame / 30)).toEqual(plain.push(seen, frame / 30));
  }
});
