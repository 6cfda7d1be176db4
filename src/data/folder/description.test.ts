import { describe, expect, test } from 'vitest';
import { folder, hand, read } from '../../../test/support/moves-folder.js';
import { readRecordingFolder } from './read-folder.js';

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

  test('long recordings without people test whole, so that no segment of a recording that trains does', async () => {
    const names = ['friday', 'monday', 'thursday', 'tuesday'];
    const rows = names.flatMap((name) => [`${name},0,1,wave`, `${name},3,4,clap`]);
    const dataset = await read({
      ...Object.fromEntries(names.map((name, i) => [`${name}.json`, hand(10 * i, 6)])),
      'segments.csv': ['file,start,end,class', ...rows].join('\n'),
      'dataset.json': JSON.stringify({ segments: { table: 'segments.csv', unit: 'frames' } }),
    });
    const [{ name, description, test: tested }] = dataset.splits;
    expect(description).toBe('The sitting tuesday.json tests, the others train.');
    expect([name, tested.map((index) => dataset.samples[index].id)]).toEqual([
      'by-sitting',
      ['tuesday.json#0-1', 'tuesday.json#3-4'],
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

  test('where surroundings begin in a recording without time stamps is kept, by its frame rate or 30 a second', async () => {
    const rows = 'long,5,5,wave\n'; // and two frames before
    const beginOf = async (more: object) =>
      (await long(rows, 'frames', more)).samples.map(({ within }) => within!.begin);
    expect(await beginOf({ framesPerSecond: 10 })).toEqual([0, 0.3]);
    expect(await beginOf({})).toEqual([0, 0.1]);
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
