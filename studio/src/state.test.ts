import { layoutNamed } from 'anyrate/browser';
import { expect, test } from 'vitest';
import { handClips } from '../test/clips.js';
import { recordingsOf } from './clip.js';
import { createState, smallestAsGood } from './state.js';

const hand = { layout: layoutNamed('mediapipe-hand'), persons: 1, unit: 'image' };
const body = { layout: layoutNamed('mediapipe-pose'), persons: 1, unit: 'image' };

test('recordings get ids that none has; their movements become classes', () => {
  const state = createState();
  state.addClass('other');
  expect(state.addClips(handClips(1, 1), hand)).toBe(true);
  state.remove('0002');
  state.addClips(handClips(1, 1).slice(0, 1), hand);
  expect(state.clips.value.map(({ id }) => id)).toEqual(['0001', '0003', '0004', '0005']);
  expect(state.project.value.classes).toEqual(['other', 'wave', 'nod', 'circle', 'grow']);
  expect(state.persons.value).toEqual(['person 0']);
});

test('recordings of another skeleton are refused, unless there are none yet', () => {
  const state = createState();
  state.addClips(handClips(1, 1), hand);
  expect(state.addClips(handClips(1, 1), body)).toBe(false);
  expect(state.clips.value).toHaveLength(4);
  state.removeClass('wave');
  for (const { id } of state.clips.value) state.remove(id);
  expect(state.addClips(handClips(1, 1), body)).toBe(true);
});

test('every edit is undone, one by one; what was checked and half trained goes with an edit', () => {
  const state = createState();
  state.addClips(handClips(1, 1), hand);
  const before = state.data.value;
  state.relabel('0001', 'nod');
  state.trim('0001', 3, 9);
  expect(state.clips.value[0]).toMatchObject({ label: 'nod', start: 3, end: 9 });
  state.checked.value = { findings: [], testers: [], trainers: [] };
  state.remove('0001');
  expect(state.checked.value).toBeUndefined();
  for (let i = 0; i < 3; i++) state.undo();
  expect(state.data.value).toBe(before);
  state.undo();
  state.undo();
  expect(state.isEmpty.value).toBe(true);
});

test('a class is taken away with its recordings, and the next one is chosen', () => {
  const state = createState();
  state.addClips(handClips(1, 1), hand);
  state.addClass('rest', true);
  expect(state.project.value.nothing).toEqual(['rest']);
  state.removeClass('rest');
  expect(state.label.value).toBe('wave');
  expect(state.project.value.nothing).toEqual([]);
  expect(state.addClass('  ')).toBe(false);
});

test('the time left follows from the pace since the training began', () => {
  let now = 0;
  const state = createState(() => now);
  state.follow({ type: 'start', epoch: 10, epochs: 50, threads: 2 });
  expect(state.secondsLeft.value).toBeUndefined();
  now = 2000;
  state.follow({ type: 'epoch', epoch: 14, epochs: 50, loss: 1 });
  expect(state.secondsLeft.value).toBe(18); // 4 epochs in 2 s, 36 to go
});

test('the smallest network that is as good as any is chosen', () => {
  const rows = [0, 0.5, 0.9, 0.98].map((rate, i) => ({ rate, accuracy: [0.9, 1, 1, 0.8][i] }));
  expect(smallestAsGood({ rows } as never)).toBe(0.9);
});

test('of recordings that came later, a network knows nothing; where some of its own are changed, it is not measured', () => {
  const state = createState();
  state.addClips(handClips(2, 1), hand);
  const before = state.clips.value;
  state.trained.value = { recordings: recordingsOf(before), rows: [] } as never;
  expect([state.isChanged.value, state.trainedData.value?.clips]).toEqual([false, before]);
  state.addClass('later');
  state.addClips([{ ...before[0], label: 'later' }], hand);
  expect(state.isChanged.value).toBe(true);
  expect(state.trainedData.value).toMatchObject({
    clips: before,
    project: { classes: ['wave', 'nod', 'circle', 'grow'] },
  });
  state.trim('0001', 3, 9);
  expect(state.trainedData.value).toBeUndefined();
});

test('what was said is shown at its step alone, a fault at every step', () => {
  const state = createState();
  state.step.value = 'check';
  state.say('checkedNow', { count: 1 });
  expect(state.saying.value?.key).toBe('checkedNow');
  state.step.value = 'train';
  expect(state.saying.value).toBeUndefined();
  state.step.value = 'check';
  expect(state.saying.value?.key).toBe('checkedNow');
  state.fail('storageRefused');
  state.step.value = 'try';
  expect(state.saying.value?.key).toBe('storageRefused');
});
