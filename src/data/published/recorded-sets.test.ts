import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { memoryFile } from '../formats/format.js';
import { formatSequenceJson } from '../sequence-json.js';
import { msrAction3d, nwUcla, utdMhad } from './kinect-sets.js';
import { ntu } from './ntu.js';
import { shrec17 } from './shrec.js';

/** A recording of two frames; its format is told by its content, whatever its name. */
const recording = (path: string, joints: number, persons = 1) => {
  const positions = Float32Array.from({ length: 2 * persons * joints * 3 }, (_, i) => i + 1);
  const text = formatSequenceJson({ frames: 2, persons, joints, positions });
  return memoryFile(path, text.replace('{', `{"persons": ${persons}, `));
};

const named = (splits: readonly { name: string; test: readonly number[] }[], ...names: string[]) =>
  names.map((name) => splits.find((split) => split.name === name)?.test);

describe('ntu', () => {
  const names = ['S001C001P001R001A001', 'S001C002P003R001A060', 'S002C003P002R002A010'];
  const files = names.map((name) => recording(`nturgb+d_skeletons/${name}.skeleton`, 25));

  test('60 actions: cross-subject and cross-view', async () => {
    const { name, samples, splits, classes } = await ntu.read(files);
    expect([name, classes.length, samples.map(({ label }) => label)]).toEqual(['ntu60', 60, [0, 59, 9]]);
    expect(named(splits, 'xsub', 'xview')).toEqual([[1], [0]]);
  });

  test('one person of two is lost throughout', async () => {
    const [{ positions, persons }] = (await ntu.read(files)).samples;
    expect(persons).toBe(2);
    expect(positions.slice(72, 78)).toEqual(new Float32Array([73, 74, 75, Number.NaN, Number.NaN, Number.NaN]));
  });

  test('a file in which nobody was found is skipped', async () => {
    const { samples, skipped } = await ntu.read([
      ...files,
      memoryFile('S001C002P006R001A008.skeleton', '3\r\n0\r\n0\r\n0\r\n'),
    ]);
    expect([samples.length, skipped]).toEqual([3, [{ id: 'S001C002P006R001A008', reason: 'nobody is seen in it' }]]);
  });

  test('120 actions: cross-subject of both lists and cross-setup', async () => {
    const { name, splits, classes } = await ntu.read([
      ...files,
      recording('S018C001P045R001A061.skeleton', 25),
      recording('S017C001P044R001A120.skeleton', 25),
    ]);
    expect([name, classes.length]).toEqual(['ntu120', 120]);
    expect(named(splits, 'xsub', 'xset')).toEqual([
      [1, 3],
      [0, 1, 3],
    ]);
  });

  test('a file of other joints is refused by name', async () => {
    const file = recording('S001C001P001R001A001.skeleton', 20);
    await expect(ntu.read([file])).rejects.toThrow(InputError);
    await expect(ntu.read([file])).rejects.toThrow(/A001.skeleton: expected the 25 joints of kinect-v2, found 20/);
  });
});

test('utd-mhad: even subjects test', async () => {
  const files = ['a1_s1_t1', 'a27_s2_t4'].map((id) => recording(`Skeleton/${id}_skeleton.mat`, 20));
  const { samples, splits, classes } = await utdMhad.read(files);
  expect(samples.map(({ label }) => classes[label])).toEqual(['swipe-left', 'squat']);
  expect(named(splits, 'cross-subject')).toEqual([[1]]);
});

test('msr-action3d: the three subsets hold eight actions each', async () => {
  const ids = Array.from({ length: 20 }, (_, i) => `a${String(i + 1).padStart(2, '0')}_s02_e01`);
  const { splits } = await msrAction3d.read(ids.map((id) => recording(`${id}_skeleton3D.txt`, 20)));
  expect(named(splits, 'AS1', 'AS2', 'AS3')).toEqual([
    [1, 2, 4, 5, 9, 12, 17, 19],
    [0, 3, 6, 7, 8, 10, 11, 13],
    [5, 13, 14, 15, 16, 17, 18, 19],
  ]);
});

test('nw-ucla: the third camera tests; numbers that were not published are refused', async () => {
  const { samples, splits } = await nwUcla.read(
    ['a08_s01_e00_v01', 'a12_s01_e00_v03'].map((id) => recording(`${id}.json`, 20)),
  );
  expect(samples.map(({ label }) => label)).toEqual([6, 9]);
  expect(named(splits, 'cross-view')).toEqual([[1]]);
  await expect(nwUcla.read([recording('a07_s01_e00_v01.json', 20)])).rejects.toThrow(/one of the 10 classes/);
});

test('shrec17: the lists of the authors', async () => {
  const files = [1, 2].map((essai) =>
    recording(`gesture_14/finger_2/subject_3/essai_${essai}/skeletons_world.txt`, 22),
  );
  const lists = ['train', 'test'].map((part, i) => memoryFile(`${part}_gestures.txt`, `14 2 3 ${i + 1} 14 28 50\n`));
  const { samples, splits, classes } = await shrec17.read([...files, ...lists]);
  expect(classes[samples[0].label]).toBe('shake');
  expect(splits[0]).toMatchObject({ name: 'official', train: [0], test: [1] });
  await expect(shrec17.read(files)).rejects.toThrow(/train_gestures.txt: expected the list/);
});
