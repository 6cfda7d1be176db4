import { expect, test } from 'vitest';
import { handClips } from '../../test/clips.js';
import { EMPTY_PROJECT } from '../project.js';
import { adviceFor, countsOf } from './advice.js';

const classes = ['wave', 'nod', 'circle', 'grow'];
const withIds = (persons: number, takes: number) =>
  handClips(persons, takes).map((clip, i) => ({ ...clip, id: String(i) }));

test('recordings are counted by movement and person', () => {
  const data = { project: { ...EMPTY_PROJECT, classes }, clips: withIds(2, 3).slice(1) };
  expect(countsOf(data)).toMatchObject({
    persons: ['person 0', 'person 1'],
    rows: [{ name: 'wave', counts: [2, 3] }, {}, {}, {}],
  });
});

test('what helps most comes first', () => {
  const few = { project: { ...EMPTY_PROJECT, classes: ['wave'] }, clips: withIds(1, 2).slice(0, 2) };
  expect(adviceFor(few).map(({ key }) => key)).toEqual(['adviceClass', 'adviceMore', 'advicePerson', 'adviceNothing']);
  const lacking = {
    project: { ...EMPTY_PROJECT, classes, nothing: ['grow'] },
    clips: withIds(2, 10).filter((clip) => clip.label !== 'nod' || clip.person === 'person 0'),
  };
  expect(adviceFor(lacking)).toEqual([{ key: 'adviceLacking', values: { name: 'nod', person: 'person 1' } }]);
  const enough = { project: { ...EMPTY_PROJECT, classes, nothing: ['grow'] }, clips: withIds(2, 5) };
  expect(adviceFor(enough)).toEqual([]);
});
