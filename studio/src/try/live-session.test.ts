import { readFileSync } from 'node:fs';
import { RuntimeModel, type View } from 'anyrate/runtime';
import { expect, test } from 'vitest';
import type { Happening } from '../act/action.js';
import { LiveSession } from './live-session.js';

const bytes = new Uint8Array(readFileSync(new URL('../../../examples/irds.anyrate', import.meta.url)));
const model = new RuntimeModel(bytes).view();
const { joints } = model.layout;
/** Which class the network sees. */
let seen = 0;
const sees = () => ({
  scores: model.classes.map((_, label) => Number(label === seen)),
  label: seen,
  name: model.classes[seen],
  probability: 1,
});
const view = Object.assign(Object.create(model), { predict: sees }) as View;

/** A pose that goes to and fro. */
function poseAt(seconds: number): Float32Array {
  const out = (1 - Math.cos(2 * Math.PI * seconds)) / 2;
  return Float32Array.from({ length: joints.length * 3 }, (_, i) => Math.sin(i) + (i < 6 ? out : 0));
}

const nobody = new Float32Array(joints.length * 3).fill(Number.NaN);

test('a movement is told once known, at each repetition, and when it is over', () => {
  const told: Happening[] = [];
  const session = new LiveSession(view, 0.5, (one) => told.push(one));
  for (let frame = 0; frame <= 250; frame++) session.push(poseAt(frame / 50), 100 + frame / 50);
  expect(session.current.value).toBe(model.classes[0]);
  for (let frame = 251; frame < 320; frame++) session.push(nobody, 100 + frame / 50);
  expect(session.current.value).toBeUndefined();
  const moments = told.map(({ moment }) => moment);
  expect(moments[0]).toBe('start');
  expect(moments.at(-1)).toBe('end');
  const counts = told.flatMap(({ count }) => count ?? []);
  expect(counts.length).toBeGreaterThan(2); // five seconds, one a second, less those before it was known
  expect(counts).toEqual(counts.map((_, i) => i + 1));
  expect(session.movements.value).toMatchObject([{ name: model.classes[0], repetitions: counts.length }]);
  expect(session.events.value).toMatchObject([{ name: model.classes[0], isFalse: false }]);
  expect(session.events.value[0].end).toBeLessThan(6);
});

test('another threshold ends what goes on, and keeps what was; a false alarm is not counted', () => {
  const session = new LiveSession(view, 0.5);
  for (let frame = 0; frame < 100; frame++) session.push(poseAt(frame / 50), frame / 50);
  session.setConfidence(0.9);
  expect(session.movements.value).toHaveLength(1);
  seen = 1;
  for (let frame = 100; frame < 200; frame++) session.push(poseAt(frame / 50), frame / 50);
  expect(session.events.value.map(({ name }) => name)).toEqual(model.classes.slice(0, 2));
  session.mark(0, true);
  expect([...session.counts()]).toEqual([[model.classes[1], 1]]);
});
