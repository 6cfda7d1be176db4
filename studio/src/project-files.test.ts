import { InputError, layoutNamed, memoryFile, readFolder } from 'anyrate/browser';
import { describe, expect, test } from 'vitest';
import { handClips } from '../test/clips.js';
import { keptPart } from './clip.js';
import { isProject, openProject } from './open-project.js';
import { EMPTY_PROJECT, type ProjectData, slug } from './project.js';
import { asRecordingFiles, clipIdOf, projectFiles } from './project-files.js';

const clips = handClips(2, 1).map((clip, i) => ({ ...clip, id: String(i + 1).padStart(4, '0') }));
clips[0].positions.fill(Number.NaN, 0, 3);
const classes = ['grow', 'wave', 'nod', 'circle', 'not yet'];
const facts = {
  title: 'My moves!',
  layout: layoutNamed('mediapipe-hand'),
  unit: 'image',
  classes,
  nothing: ['circle'],
};
const data: ProjectData = {
  project: { ...EMPTY_PROJECT, ...facts, epochs: 20 },
  clips: [{ ...clips[0], start: 2, end: 12 }, ...clips.slice(1)],
};

test('anyrate reads the files of a project as they are, to the bit', async () => {
  const dataset = await readFolder(asRecordingFiles(projectFiles(data)), 'zip');
  expect(dataset).toMatchObject({ name: 'My-moves-', persons: 1, classes: ['grow', 'wave', 'nod', 'circle'] });
  expect(dataset.nothing).toEqual(['circle']);
  expect(dataset.layout).toBe(layoutNamed('mediapipe-hand'));
  expect(dataset.skipped).toEqual([]);
  for (const clip of data.clips) {
    const sample = dataset.samples.find(({ id }) => clipIdOf(id) === clip.id)!;
    expect(dataset.classes[sample.label]).toBe(clip.label);
    expect(sample.subject).toBe(clip.person);
    expect(sample.positions).toEqual(keptPart(clip).positions);
    expect(sample.seconds![5]).toBeCloseTo(keptPart(clip).seconds![5], 4);
  }
});

test('a project is what it was when it is opened again', async () => {
  const files = asRecordingFiles(projectFiles(data));
  expect(isProject(files)).toBe(true);
  const opened = await openProject(files, 'mine.zip');
  expect(opened.project).toEqual(data.project);
  expect(opened.clips.map(({ id, label, person }) => ({ id, label, person }))).toEqual(
    data.clips.map(({ id, label, person }) => ({ id, label, person })),
  );
  expect(projectFiles(opened)).toEqual(projectFiles(data));
});

test('a project of one movement, which trains nothing yet, is opened too', async () => {
  const one = { ...data, clips: data.clips.filter(({ label }) => label === 'wave') };
  expect((await openProject(asRecordingFiles(projectFiles(one)), 'one.zip')).clips).toHaveLength(2);
});

test('a layout of its own is written out, and read as the same', async () => {
  const layout = {
    name: 'stick',
    joints: Array.from({ length: 21 }, (_, i) => `joint ${i}`),
    bones: Array.from({ length: 20 }, (_, i) => [i + 1, i] as const),
    anchors: { root: [0], top: [1], left: [2], right: [3] },
    mirror: [0, 1, 3, 2, ...Array.from({ length: 17 }, (_, i) => i + 4)],
  };
  const mine = { ...data, project: { ...data.project, layout } };
  const files = asRecordingFiles(projectFiles(mine));
  expect((await readFolder(files, 'zip')).layout).toEqual(layout);
  expect((await openProject(files, 'zip')).project.layout).toEqual(layout);
});

test.each([
  ['wave', 'wave'],
  ['../../etc', 'etc'],
  ['a/b\\c:d', 'a-b-c-d'],
  ['...', 'x'],
  ['Größe 2', 'Größe-2'],
])('%s is %s as the name of a file', (name, file) => expect(slug(name)).toBe(file));

describe('a project file that is not as it should be is refused by name', () => {
  const files = projectFiles(data);
  const [, path] = [...files.keys()].filter((name) => name.endsWith('.json') && name.includes('/'));
  const broken = (name: string, change: (text: string) => string) =>
    openProject(
      [...files].map(([key, text]) => memoryFile(key, key === name ? change(text) : text)),
      'bad.zip',
    );
  const changed = (facts: object) =>
    broken('project.json', (text) => JSON.stringify({ ...JSON.parse(text), ...facts }));

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['no JSON', () => broken('project.json', () => '{'), /project\.json: expected JSON/],
    ['another version', () => changed({ version: 9 }), /version: expected version 1, found 9/],
    ['a title that is none', () => changed({ title: 5 }), /title: expected a text of 1 to 200 letters, found 5/],
    ['too many persons', () => changed({ persons: 1e9 }), /persons: expected a whole number from 1 to 16/],
    ['a list that is none', () => changed({ clips: {} }), /clips: expected a list/],
    [
      'a layout with a circle',
      () =>
        changed({
          layout: {
            ...facts.layout,
            name: 'x',
            bones: [
              [0, 1],
              [1, 0],
            ],
          },
        }),
      /a tree/,
    ],
    ['a layout under the name of another', () => changed({ layout: { ...facts.layout, bones: [] } }), /another name/],
    ['no layout', () => changed({ layout: undefined }), /layout: expected a layout/],
    [
      'a file that is not there',
      () => changed({ clips: [{ ...data.clips[0], path: 'x.json' }] }),
      /a file of the archive/,
    ],
    ['a class of nobody', () => changed({ classes: ['a'] }), /a class of the project, found "wave"/],
    ['a recording with fewer joints', () => broken(path, () => '{"frames": [[[0, 0, 0]]]}'), /a list of 21 joints/],
    [
      'times that fall',
      () => broken(path, (text) => text.replace('"seconds":[0,', '"seconds":[9,')),
      /a time not before 9/,
    ],
    [
      'positions that are no numbers',
      () => broken(path, (text) => text.replace(/\[\[.*?,/, '[["x",')),
      /a finite number/,
    ],
  ])('%s', async (_, open, message) => {
    await expect(open()).rejects.toThrow(message);
    await expect(open()).rejects.toThrow(InputError);
  });

  test('an id twice', () => {
    const listed = JSON.parse(files.get('project.json')!).clips;
    return expect(changed({ clips: [listed[0], listed[0]] })).rejects.toThrow(/each id once/);
  });
});
