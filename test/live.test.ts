import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Dataset, loadDataset, Random, type Sample } from '../src/node.js';
import { type Frame, load, Recognizer, type RecognizerOptions, type View } from '../src/runtime.js';

/** Streams of real recordings with what disturbs them; bench/live.js measures more of them. */
let view: View;
let dataset: Dataset;
let recordings: readonly Sample[];

beforeAll(async () => {
  view = (await load(readFileSync(new URL('../examples/irds.anyrate', import.meta.url)))).view(0.98);
  dataset = await loadDataset('irds');
  recordings = dataset.splits[0].test.map((index) => dataset.samples[index]).filter((_, i) => i % 14 === 0);
});

const SIZE = 75;
const poseOf = ({ positions }: Sample, frame: number) => positions.slice(frame * SIZE, (frame + 1) * SIZE);

/** Share of recordings whose last answer in a stream is right, in percent. */
function right(disturb: (pose: Float32Array) => Frame, options: RecognizerOptions = {}): number {
  const count = recordings.filter((sample) => {
    let last: string | undefined;
    const onChange = ({ name }: { readonly name: string | null }) => {
      if (name !== null) last = name;
    };
    const recognizer = new Recognizer(view, { ...options, onChange });
    for (let frame = 0; frame < sample.frames; frame++) recognizer.push(disturb(poseOf(sample, frame)));
    return last === dataset.classes[sample.label];
  }).length;
  return (100 * count) / recordings.length;
}

/** As a mirror shows a pose: left is right, and x runs the other way. */
function mirrored(pose: Float32Array): Float32Array {
  const { mirror } = dataset.layout;
  return pose.map((_, at) => (at % 3 === 0 ? -1 : 1) * pose[mirror[Math.floor(at / 3)] * 3 + (at % 3)]);
}

describe('a stream', () => {
  test('loses at most 3 points with one frame in ten lost, or one joint in twenty', () => {
    const whole = right((pose) => pose);
    expect(whole).toBeGreaterThan(80);
    const random = new Random(7);
    expect(right((pose) => (random.uniform() < 0.1 ? null : pose))).toBeGreaterThanOrEqual(whole - 3);
    const loseJoints = (pose: Float32Array) => {
      for (let at = 0; at < SIZE; at += 3) if (random.uniform() < 0.05) pose.fill(Number.NaN, at, at + 3);
      return pose;
    };
    expect(right(loseJoints)).toBeGreaterThanOrEqual(whole - 3);
  }, 60_000);

  test('from a mirrored camera is the same with the option, and is not without it', () => {
    const partners = dataset.layout.mirror;
    const whole = right((pose) => pose);
    expect(right(mirrored, { mirrored: true, partners })).toBe(whole);
    expect(right(mirrored)).toBeLessThan(whole - 50);
  }, 60_000);
});

describe('a frame', () => {
  const sample = () => recordings.find(({ frames }) => frames === 64)!;
  const numbers = (pose: Float32Array) => Array.from(pose);
  const landmarks = (pose: Float32Array) =>
    Array.from({ length: 25 }, (_, joint) => ({ x: pose[joint * 3], y: pose[joint * 3 + 1], z: pose[joint * 3 + 2] }));
  const eventsOf = (frameOf: (pose: Float32Array) => Frame, options: RecognizerOptions = {}) => {
    const recognizer = new Recognizer(view, { confidence: 0, ...options });
    return Array.from({ length: 64 }, (_, frame) => recognizer.push(frameOf(poseOf(sample(), frame))));
  };

  test('has one meaning, as numbers, as landmarks, as a list of persons, and from a mirrored picture of known width', () => {
    const events = eventsOf((pose) => pose);
    expect(events.some((event) => event !== undefined)).toBe(true);
    for (const form of [
      numbers,
      landmarks,
      (pose: Float32Array) => [landmarks(pose)],
      (pose: Float32Array) => [pose],
    ]) {
      expect(eventsOf(form)).toEqual(events);
    }
    expect(eventsOf((pose) => landmarks(mirrored(pose)), { mirrored: true, partners: dataset.layout.mirror })).toEqual(
      events,
    );
  });

  test('lacks a joint alike where it is NaN, null, undefined, or less visible than is asked for', () => {
    const hand = 11;
    const without = (lost: unknown) => (pose: Float32Array) => {
      const list = numbers(pose) as unknown[];
      list.fill(lost, hand * 3, hand * 3 + 3);
      return list as number[];
    };
    const events = eventsOf(without(Number.NaN));
    expect(eventsOf(without(null))).toEqual(events);
    expect(eventsOf(without(undefined))).toEqual(events);
    expect(eventsOf((pose) => landmarks(pose).map((point, joint) => (joint === hand ? null : point)))).toEqual(events);
    const seen = (pose: Float32Array) =>
      landmarks(pose).map((point, joint) => ({ ...point, visibility: joint === hand ? 0.2 : 0.9 }));
    expect(eventsOf(seen, { visibility: 0.5 })).toEqual(events);
  });

  test.each<[string, unknown, string]>([
    ['text', new Array(SIZE).fill('0.5'), 'strings'],
    ['too few numbers', [1, 2], '2 numbers'],
    ['an infinite number', new Array(SIZE).fill(Number.POSITIVE_INFINITY), 'Infinity'],
    ['too few landmarks', [{ x: 0, y: 0, z: 0 }], '1 landmarks'],
    ['landmarks of text', new Array(25).fill({ x: '0', y: '0', z: '0' }), 'strings'],
    ['a person of too few numbers', [[1, 2, 3]], '3 landmarks'],
  ])('of %s is a RangeError', (_, frame, found) => {
    const recognizer = new Recognizer(view);
    expect(() => recognizer.push(frame as Frame)).toThrow(RangeError);
    expect(() => recognizer.push(frame as Frame)).toThrow(
      `frame: expected 75 numbers, or persons of 25 landmarks {x, y, z}; found ${found}`,
    );
  });
});
