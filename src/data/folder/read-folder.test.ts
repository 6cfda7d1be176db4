import { describe, expect, test } from 'vitest';
import { mediapipeHand } from '../../skeleton/layouts/hands.js';
import type { RecordingFile } from '../formats/format.js';
import { memoryFile } from '../formats/format.js';
import { readRecordingFolder } from './read-folder.js';

/** A hand whose joints lie on a line, `frames` frames, moved by `offset`. */
function hand(offset: number, frames = 3, extra: object = {}): string {
  const frame = (t: number) => mediapipeHand.joints.map((_, joint) => [joint + offset, t, 0]);
  return JSON.stringify({
    layout: 'mediapipe-hand',
    frames: Array.from({ length: frames }, (_, t) => frame(t)),
    ...extra,
  });
}

function folder(files: Readonly<Record<string, string>>): RecordingFile[] {
  return Object.entries(files).map(([path, content]) => memoryFile(path, content));
}

const read = (files: Readonly<Record<string, string>>) => readRecordingFolder(folder(files), 'moves');

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

describe('dataset.json', () => {
  const files = { 'day1/s01_wave_1.json': hand(0), 'day1/s02_wave_1.json': hand(1), 'day2/s01_clap_1.json': hand(2) };
  const described = (description: object) => read({ ...files, 'dataset.json': JSON.stringify(description) });

  test('says where class and performer are written', async () => {
    const dataset = await described({
      class: { pattern: '_(\\w+)_\\d' },
      subject: { pattern: '(s\\d+)_' },
      name: 'mine',
    });
    expect(dataset.name).toBe('mine');
    expect(dataset.classes).toEqual(['clap', 'wave']);
    expect(dataset.samples.map(({ subject }) => subject)).toEqual(['s01', 's02', 's01']);
  });

  test('names a table of performers', async () => {
    const table = 'file;subject\nday1/s01_wave_1.json;Ann\ns02_wave_1.json;"Bob; the second"\nday2/s01_clap_1;Ann\n';
    const dataset = await readRecordingFolder(
      folder({ ...files, 'people.csv': table, 'dataset.json': JSON.stringify({ subject: { table: 'people.csv' } }) }),
      'moves',
    );
    expect(dataset.samples.map(({ subject }) => subject)).toEqual(['Ann', 'Bob; the second', 'Ann']);
  });

  test('cuts segments out of long recordings', async () => {
    const table = 'file,start,end,class\nlong.json,1,3,wave\nlong,4,4,clap\n';
    const dataset = await read({
      'long.json': hand(0, 6),
      'segments.csv': table,
      'dataset.json': JSON.stringify({ segments: { table: 'segments.csv', unit: 'frames' } }),
    });
    expect(dataset.samples.map(({ id, frames, positions }) => [id, frames, positions[1]])).toEqual([
      ['long.json#1-3', 3, 1],
      ['long.json#4-4', 1, 4],
    ]);
  });

  const long = (rows: string, unit = 'frames', more: object = {}) =>
    read({
      'long.json': hand(0, 6),
      'segments.csv': `file,start,end,class\nlong.json,0,1,clap\n${rows}`,
      'dataset.json': JSON.stringify({ segments: { table: 'segments.csv', unit }, ...more }),
    });

  test('segments keep what was recorded around them, up to the length of the longest', async () => {
    const { samples } = await long('long,3,5,wave\n');
    const around = samples.map(({ within }) => [within!.first, within!.sequence.frames, within!.sequence.positions[1]]);
    expect(around).toEqual([
      [0, 5, 0], // 0 to 1, and three frames more
      [3, 6, 0], // 3 to 5, and three frames before
    ]);
  });

  test('what lies between segments is a class, in pieces about as long as the median segment', async () => {
    const dataset = await read({
      'long.json': hand(0, 30),
      'segments.csv': 'file,start,end,class\nlong,2,5,wave\nlong,14,17,clap\nlong,19,22,wave\n',
      'dataset.json': JSON.stringify({ segments: { table: 'segments.csv', unit: 'frames', between: 'rest' } }),
    });
    const pieces = dataset.samples.filter(({ label }) => dataset.classes[label] === 'rest');
    // 0 to 1 is half as long as the median of 4 frames; 6 to 13 are two pieces, 23 to 29 two; frame 18 is too short.
    expect(pieces.map(({ id, frames }) => [id, frames])).toEqual([
      ['long.json#0-1', 2],
      ['long.json#10-13', 4],
      ['long.json#23-26', 4],
      ['long.json#27-29', 3],
      ['long.json#6-9', 4],
    ]);
    expect(dataset.nothing).toEqual(['rest']);
  });

  test('a segment that goes on after its recording is cut there, and a warning names file, row and frames', async () => {
    const { samples, warnings } = await long('long,3,6,wave\n');
    expect(samples[1].frames).toBe(3);
    expect(warnings).toMatchObject([{ severity: 'warning', kind: 'segment-end', place: { recording: 'long.json' } }]);
    expect(warnings![0].what).toBe('segments.csv, line 3: 3 to 6 frames, where the recording ends at 5');
  });

  test.each([
    ['after its recording', 'long,6,9,wave\n', /line 3: .*6 frames, which are 0 to 5, found 6 to 9/],
    ['of which more than half is after its recording', 'long,4,9,wave\n', /line 3: .*0 to 5, found 4 to 9/],
    ['without an end', 'long,4,Infinity,wave\n', /line 3: .*found 4 to Infinity/],
    ['of no recording', 'lang,4,5,wave\n', /line 3, file: .*found "lang"/],
  ])('a segment %s is refused', async (_, rows, message) => {
    await expect(long(rows)).rejects.toThrow(message);
  });

  test('seconds of segments go by the frames a second that dataset.json says, and are refused without', async () => {
    const { samples, warnings } = await long('long,1.5,3,wave\n', 'seconds', { framesPerSecond: 2 });
    expect(samples.map(({ frames }) => frames)).toEqual([3, 3]); // frames at 0, 0.5 and 1 s; at 1.5, 2 and 2.5 s
    expect(warnings).toEqual([]); // the last frame, at 2.5 s, lasts until 3 s
    await expect(long('long,1.5,3,wave\n', 'seconds')).rejects.toThrow(
      /long.json: expected time stamps.*framesPerSecond/,
    );
  });

  test.each([
    ['a pattern', { subject: { pattern: '(person\\d+)' } }, /subject: .*found \{"pattern":"\(person/],
    ['a level of folders', { sitting: { folder: 3 } }, /sitting: .*found \{"folder":3\}, which tells it of none of 3/],
    ['a pattern of classes', { class: { pattern: '(\\d+)kg' } }, /class: .*none of 3: day1\/s01_wave_1.json, /],
  ])('%s that tells nothing of any recording is refused', async (_, description, message) => {
    await expect(described(description)).rejects.toThrow(message);
  });

  test('a pattern that tells nothing of some recordings gives a warning with their number and names', async () => {
    const { warnings } = await described({ class: { pattern: '_(\\w+)_\\d' }, subject: { pattern: '(s02)' } });
    expect(warnings).toMatchObject([{ severity: 'warning', kind: 'unnamed' }]);
    expect(warnings![0].what).toBe(
      '"subject" tells nothing of 2 of 3 files: day1/s01_wave_1.json, day2/s01_clap_1.json',
    );
  });

  test('a recording without a class is refused by where dataset.json looks for it', async () => {
    await expect(described({ class: { pattern: '_(wave)_' } })).rejects.toThrow(
      /day2\/s01_clap_1.json: expected a class.*\{"pattern":"_\(wave\)_"\} tells none/,
    );
  });

  test('a pattern of files to leave out that no file is like gives a warning', async () => {
    const { warnings } = await described({
      class: { pattern: '_(\\w+)_\\d' },
      leaveOut: ['day1\\*s02*', '*/trial*'],
    });
    expect(warnings?.map(({ what }) => what)).toEqual(['"*/trial*", which no file is like']);
  });

  test('what readers say of single recordings is kept', async () => {
    const { remarks } = await read({ 'clap/1.json': hand(0), 'wave/1.json': hand(1).replace('[4,1,0]', 'null') });
    expect(remarks).toEqual([{ id: 'wave/1.json', remark: '1 of 63 joints lost (null)' }]);
  });

  test('a mirrored picture is turned back: x from the other side', async () => {
    const dataset = await described({ class: { pattern: '_(\\w+)_\\d' }, mirrored: true });
    expect([...dataset.samples[0].positions.slice(3, 6)]).toEqual([-1, 0, 0]);
  });

  test("a layout of one's own, written out", async () => {
    const point = (x: number) =>
      JSON.stringify({
        frames: [
          [
            [x, 0, 0],
            [x, 1, 0],
          ],
          [
            [x, 0, 0],
            [x, 2, 0],
          ],
        ],
      });
    const layout = {
      name: 'stick',
      joints: [
        ['foot', null],
        ['head', 'foot'],
      ],
      anchors: { root: ['foot'], top: ['head'], left: ['head'], right: ['foot'] },
    };
    const dataset = await read({
      'a/1.json': point(0),
      'b/1.json': point(1),
      'dataset.json': JSON.stringify({ layout }),
    });
    expect(dataset.layout).toMatchObject({ name: 'stick', joints: ['foot', 'head'], bones: [[1, 0]], mirror: [0, 1] });
  });

  test.each([
    [
      'a misspelt key',
      { layuot: 'mediapipe-hand' },
      /dataset\.json, layuot: expected one of the keys .*Did you mean "layout"/,
    ],
    [
      'a pattern without a group',
      { subject: { pattern: 's\\d+' } },
      /subject\.pattern: expected a regular expression with a group/,
    ],
    ['a table that is not there', { subject: { table: 'x.csv' } }, /found "x\.csv", which is not there/],
    ['an unknown layout', { layout: 'mediapipe-hnad' }, /expected a layout: .*found "mediapipe-hnad"/],
    ['another layout', { layout: 'kinect-v2' }, /expected all joints of kinect-v2/],
    [
      'an unknown subject of a split',
      { splits: [{ name: 'mine', test: { subjects: ['nobody'] } }] },
      /split mine: .*found "nobody"/,
    ],
    [
      'a circle of parents',
      {
        layout: {
          name: 'x',
          joints: [
            ['a', 'b'],
            ['b', 'a'],
            ['c', null],
          ],
          anchors: { root: ['a'], top: ['a'], left: ['a'], right: ['a'] },
        },
      },
      /a cycle at "a"/,
    ],
  ])('%s is refused', async (_, description, message) => {
    await expect(described(description)).rejects.toThrow(message);
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
