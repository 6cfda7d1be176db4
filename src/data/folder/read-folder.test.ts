import { describe, expect, test } from 'vitest';
import { hand, read } from '../../../test/support/moves-folder.js';

describe('a folder without a description', () => {
  test('has its first folders as classes, in order, and the file names as ids', async () => {
    const dataset = await read({
      'wave/b.json': hand(1),
      'wave/a.json': hand(0),
      'clap/a.json': hand(2),
      'README.md': 'x',
    });
    expect(dataset.classes).toEqual(['clap', 'wave']);
    expect(dataset.samples.map(({ id, label }) => [id, label])).toEqual([
      ['clap/a.json', 0],
      ['wave/a.json', 1],
      ['wave/b.json', 1],
    ]);
    expect(dataset.layout.name).toBe('mediapipe-hand');
    expect(dataset.skipped).toEqual([{ id: 'README.md', reason: 'not a recording, by its name' }]);
    expect(dataset.name).toBe('moves');
  });

  test('second folders whose names come back are people, who are kept apart', async () => {
    const files = Object.fromEntries(
      ['clap', 'wave'].flatMap((name, i) =>
        ['ann', 'bob', 'cleo', 'dan'].map((who, j) => [`${name}/${who}/1.json`, hand(10 * i + j)]),
      ),
    );
    const { samples, splits } = await read(files);
    const [split] = splits;
    expect(split.name).toBe('by-subject');
    expect(split.test.map((index) => samples[index].subject)).toEqual(['dan', 'dan']);
    expect(split.train).toHaveLength(6);
    expect(splits.map(({ name }) => name).slice(1)).toEqual([
      'subject-ann',
      'subject-bob',
      'subject-cleo',
      'subject-dan',
    ]);
  });

  test('folders called train and test around those of the classes are a split, and no classes', async () => {
    const places = [
      'Train/clap/ann',
      'Train/wave/ann',
      'Train/wave/bob',
      'Test/clap/cleo',
      'Test/wave/cleo',
      'val/clap/bob',
    ];
    const { classes, samples, splits } = await read(
      Object.fromEntries(places.map((place, i) => [`${place}/1.json`, hand(i)])),
    );
    expect(classes).toEqual(['clap', 'wave']);
    expect(splits[0].name).toBe('by-folder');
    expect(splits[0].test.map((index) => samples[index].id)).toEqual([
      'Test/clap/cleo/1.json',
      'Test/wave/cleo/1.json',
    ]);
    expect(new Set(samples.map(({ subject }) => subject))).toEqual(new Set(['ann', 'bob', 'cleo']));
  });

  test('without a test folder the validation folder tests; train beside classes is a class', async () => {
    const validated = await read({ 'train/a/1.json': hand(0), 'train/b/1.json': hand(1), 'valid/a/1.json': hand(2) });
    expect(validated.splits[0]).toMatchObject({ name: 'by-folder', test: [2] });
    expect((await read({ 'train/a/1.json': hand(0), 'clap/a/1.json': hand(1) })).classes).toEqual(['clap', 'train']);
  });

  test.each([
    [['s01', 'S2', 'p_03'], 'class-people', 'classes called S2, p_03, s01'],
    [['Push up', 'push-up', 'wave'], 'class-alike', '"Push up" and "push-up"'],
  ])('classes called %s give a warning', async (names, kind, what) => {
    const { warnings } = await read(Object.fromEntries(names.map((name, i) => [`${name}/1.json`, hand(i)])));
    expect(warnings).toMatchObject([{ severity: 'warning', kind, what }]);
  });

  test('a recording of one frame among others gives a warning, stills alone do not', async () => {
    const files = { 'clap/1.json': hand(0), 'wave/1.json': hand(1), 'wave/2.json': hand(2, 1) };
    expect((await read(files)).warnings).toMatchObject([{ kind: 'one-frame', place: { recording: 'wave/2.json' } }]);
    expect((await read({ 'clap/1.json': hand(0, 1), 'wave/2.json': hand(2, 1) })).warnings).toEqual([]);
  });

  test('an empty file is left out as one', async () => {
    const { skipped } = await read({ 'clap/1.json': hand(0), 'wave/1.json': hand(1), 'wave/2.csv': '' });
    expect(skipped).toEqual([{ id: 'wave/2.csv', reason: 'an empty file' }]);
  });

  test('else the folders of recordings are sittings', async () => {
    const { samples, splits } = await read({
      'clap/monday/1.json': hand(0),
      'clap/tuesday/1.json': hand(1),
      'wave/friday/1.json': hand(2),
      'wave/saturday/1.json': hand(3),
    });
    expect(splits.map(({ name }) => name)).toEqual(['by-sitting']);
    expect(splits[0].test.map((index) => samples[index].id)).toEqual(['clap/tuesday/1.json', 'wave/saturday/1.json']);
  });

  test('else every fourth recording of each class tests, and the description says what that means', async () => {
    const files = Object.fromEntries(
      ['clap', 'wave'].flatMap((name, i) =>
        [1, 2, 3, 4, 5].map((take) => [`${name}/${take}.json`, hand(10 * i + take)]),
      ),
    );
    const {
      samples,
      splits: [split],
    } = await read(files);
    expect(split.test.map((index) => samples[index].id)).toEqual(['clap/4.json', 'wave/4.json']);
    expect(split.train).toEqual(samples.flatMap((_, index) => (split.test.includes(index) ? [] : [index])));
    expect(split.description).toMatch(/the same people are on both sides/);
  });

  test('of classes of two or three recordings the last one tests, of one alone none does', async () => {
    const names = ['clap/1', 'clap/2', 'nod/1', 'wave/1', 'wave/2', 'wave/3'];
    const { samples, splits } = await read(Object.fromEntries(names.map((name, i) => [`${name}.json`, hand(i)])));
    expect(splits[0].test.map((index) => samples[index].id)).toEqual(['clap/2.json', 'wave/3.json']);
  });

  test.each([
    ['one class', { 'wave/a.json': hand(0) }, /two classes or more, found recordings of one class, wave/],
    ['a file at the top', { 'a.json': hand(0), 'wave/a.json': hand(1) }, /a\.json: expected a class/],
    ['nothing', {}, /found no files/],
    ['a broken file', { 'wave/a.json': '{"frames": [[[1, 2]', 'clap/a.json': hand(0) }, /wave\/a\.json/],
  ])('%s is refused', async (_, files, message) => {
    await expect(read(files as Record<string, string>)).rejects.toThrow(message);
  });
});

describe('classes that mean nothing', () => {
  const files = {
    'Rest/a.json': hand(0),
    'background/a.json': hand(1),
    'wave/a.json': hand(2),
    'restart/a.json': hand(3),
  };
  const described = (description: object) => read({ ...files, 'dataset.json': JSON.stringify(description) });

  test('are those called so, and the note says it', async () => {
    const { nothing, note } = await read(files);
    expect(nothing).toEqual(['Rest', 'background']);
    expect(note).toContain('Taken to mean nothing, by name: Rest, background');
  });

  test.each([[[]], [['wave']]])('are those alone that dataset.json lists: %j', async (listed) => {
    const { nothing, note } = await described({ nothing: listed });
    expect(nothing).toEqual(listed);
    expect(note).not.toContain('nothing');
  });

  test('are not all classes', async () => {
    const two = { 'rest/a.json': hand(0), 'nothing/a.json': hand(1) };
    await expect(read(two)).rejects.toThrow('a class that means something, found only nothing, rest');
    const all = described({ nothing: ['Rest', 'background', 'wave', 'restart'] });
    await expect(all).rejects.toThrow('a class that means something');
  });
});

describe('descriptions that would hang, or name nothing', () => {
  const long = `wave/${'a'.repeat(200)}!.json`;
  const moves = { 'clap/1.json': hand(0), 'clap/2.json': hand(1), 'wave/1.json': hand(2), [long]: hand(3) };
  const described = (description: object) => read({ ...moves, 'dataset.json': JSON.stringify(description) });

  test.each(['(a+)+$', '(a|a)*b', '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x'])(
    'the pattern %s takes no time',
    async (pattern) => {
      await expect(described({ subject: { pattern } })).rejects.toThrow(/tells it of none of 4/);
    },
    2000,
  );

  test('many stars take no time, and leave out what they are like', async () => {
    const stars = `${'*a'.repeat(60)}*b`;
    expect((await described({ leaveOut: [stars] })).samples).toHaveLength(4);
    expect((await described({ leaveOut: [`${'*a'.repeat(60)}*!.json`] })).samples).toHaveLength(3);
    expect((await described({ leaveOut: ['*/1*1.json', 'wave/1'] })).samples).toHaveLength(4);
    expect((await described({ leaveOut: ['wave/1*1.json', 'wave/1*.json'] })).samples).toHaveLength(3);
  }, 2000);

  test.each<[object, RegExp]>([
    [{ subject: { pattern: '(?<=x)(y)' } }, /subject.pattern: expected a regular expression with a group/],
    [{ subject: { pattern: '(' } }, /subject.pattern: expected a regular expression with a group/],
    [{ subject: { pattern: 'a+' } }, /subject.pattern: expected a regular expression with a group/],
    [{ subject: { pattern: 3 } }, /subject.pattern: expected a text, found 3/],
    [{ subject: { folder: 'x' } }, /subject.folder: expected a number, found "x"/],
    [{ subject: 1 }, /subject: expected a place: \{"folder": 2\}/],
    [{ subject: { a: 1 } }, /subject: expected a place: /],
    [{ layout: 5 }, /layout: expected the name of a layout, or one written out, found 5/],
    [{ layout: { name: 'x', joints: 'y' } }, /layout.joints: expected a list, found "y"/],
    [{ splits: [{ name: 'a', test: 0 }] }, /splits\[0\].test: expected \{"subjects": \[...\]\} or/],
    [{ classes: ['clap', 'wave', 'wave'] }, /classes: expected every class once/],
    [{ mirrored: 'no' }, /mirrored: expected true or false, found "no"/],
    [{ title: 'x'.repeat(201) }, /title: expected at most 200 characters/],
  ])('%j is refused', async (description, message) => {
    await expect(described(description)).rejects.toThrow(message);
  });

  test('lists without end are refused by one error', async () => {
    const text = '['.repeat(5000) + ']'.repeat(5000);
    await expect(read({ ...moves, 'dataset.json': text })).rejects.toThrow(/dataset.json, top: expected an object/);
  });

  test('a name of a page is refused', async () => {
    const rows = Object.keys(moves).map((path) => `${path},${'x'.repeat(1001)}`);
    const table = { 'people.csv': ['file,subject', ...rows].join('\n') };
    const files = { ...moves, ...table, 'dataset.json': '{"subject": {"table": "people.csv"}}' };
    await expect(read(files)).rejects.toThrow(/subject: expected a name of 0 to 200 characters, found 1001/);
  });
});
