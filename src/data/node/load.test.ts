import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.js';
import { encodeAnyset } from '../anyset/anyset.js';
import type { Sample } from '../dataset.js';
import { describeDataset } from '../describe.js';
import { loadDataset, loadSequence } from './load.js';

const root = mkdtempSync(join(tmpdir(), 'anyrate-load-'));
afterAll(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** The hand that a gesture of one arm moves, and the other: the sensor's left is the person's right. */
function armsOf(name: string): string[] {
  const side = /^(?:elbow|shoulder).*-(left|right)$/.exec(name)?.[1];
  if (side === undefined) return [];
  return side === 'left' ? ['HandRight', 'HandLeft'] : ['HandLeft', 'HandRight'];
}

/** Diagonal of the box that a joint moves in, seen from the top of the spine, in metres. */
function travel({ frames, joints, positions }: Sample, names: readonly string[], joint: string): number {
  const [limb, spine] = [names.indexOf(joint), names.indexOf('SpineShoulder')];
  const spans = [0, 1, 2].map((axis) => {
    const places = Array.from({ length: frames }, (_, frame) => {
      const at = frame * joints * 3 + axis;
      return positions[at + limb * 3] - positions[at + spine * 3];
    });
    return Math.max(...places) - Math.min(...places);
  });
  return Math.hypot(...spans);
}

const FRAME = Array(75).fill('1').join(',');
const TWO_FRAMES = `${FRAME}\n${FRAME}`;

describe('built-in sets', () => {
  test('irds: 2577 sequences, 12 left out', async () => {
    const summary = describeDataset(await loadDataset('irds'));
    expect(summary).toMatchObject({
      sequences: 2577,
      subjects: 30,
      layout: 'kinect-v2',
      unit: 'metre',
      licence: 'CC BY 4.0',
      frames: { min: 13, max: 64 },
      recordedFrames: { min: 13, median: 64, max: 1586 },
      splits: [
        { name: 'cross-subject', train: 1159, test: 1418 },
        { name: 'patients', train: 1406, test: 1171 },
      ],
      skipped: [{ files: 12 }],
    });
    expect(summary.classes.map(({ sequences }) => sequences)).toEqual([258, 279, 375, 317, 275, 257, 258, 271, 287]);
  });

  test('irds: 38 sequences of two patients are done with the other arm than their label says', async () => {
    const { samples, classes, layout } = await loadDataset('irds');
    const contradicted = samples.filter((sample) => {
      const [used, other] = armsOf(classes[sample.label]);
      return used !== undefined && travel(sample, layout.joints, other) > 2 * travel(sample, layout.joints, used);
    });
    expect(contradicted.filter(({ subject }) => subject === '202')).toHaveLength(23);
    expect(contradicted.filter(({ subject }) => subject === '203')).toHaveLength(15);
    expect(contradicted).toHaveLength(38);
  });

  test('ui-prmd: 990 sequences, 90 of the inline lunge', async () => {
    const summary = describeDataset(await loadDataset('ui-prmd'));
    expect(summary).toMatchObject({
      sequences: 990,
      subjects: 10,
      layout: 'vicon-plug-in-gait',
      unit: 'millimetre',
      licence: 'PDDL 1.0',
      recordedFrames: { min: 105, max: 546 },
      splits: [{ name: 'cross-subject', train: 490, test: 500 }],
      skipped: [],
    });
    expect(summary.classes.map(({ sequences }) => sequences)).toEqual([100, 100, 90, ...Array(7).fill(100)]);
  });
});

describe('folders and files', () => {
  test('a folder, and the .anyset made of it, give the same data set', async () => {
    write('irds/Simplified/101_18_0_1_1_sit.txt', TWO_FRAMES);
    write('irds/Simplified/.hidden_18_0_1_1_sit.txt', 'x');
    const dataset = await loadDataset(join(root, 'irds'));
    expect(dataset.samples.map(({ id }) => id)).toEqual(['101_18_0_1_1_sit']);
    const file = join(root, 'own.anyset');
    writeFileSync(file, encodeAnyset(dataset, 1));
    expect((await loadDataset(file)).samples[0].positions).toEqual(dataset.samples[0].positions);
  });

  test('a fpha folder', async () => {
    const frame = Array(64).fill('1').join(' ');
    const skeleton = `${frame}\n${frame}`;
    write('fpha/Hand_pose_annotation_v1/Subject_1/prick/1/skeleton.txt', skeleton);
    write('fpha/Hand_pose_annotation_v1/Subject_2/prick/1/skeleton.txt', skeleton);
    write('fpha/data_split_action_recognition.txt', 'Training 1\nSubject_1/prick/1 0\nTest 1\nSubject_2/prick/1 0\n');
    expect((await loadDataset(join(root, 'fpha'))).splits[0]).toMatchObject({ train: [0], test: [1] });
  });

  test.each<[string, () => string, RegExp]>([
    ['a misspelt name', () => 'irsd', /built-in name \(irds, ui-prmd\).*Did you mean "irds"\?/],
    ['a missing path', () => join(root, 'nowhere'), /Check the name or the path/],
    ['an archive', () => write('irds.tar.xz', ''), /found an archive. Unpack it/],
    ['a plain file', () => write('a.txt', ''), /found a file/],
    ['a damaged .anyset', () => write('b.anyset', 'anyset'), /b.anyset, byte 0: .*only 6 bytes/],
    [
      'a link to itself',
      () => dirname(link('loop/101_18_0_1_1_sit.txt', '101_18_0_1_1_sit.txt')),
      /found too many symbolic links encountered \(ELOOP\)/,
    ],
    [
      'a link to a folder',
      () => dirname(link('linked/101_18_0_1_1_sit.txt', root)),
      /files and folders, found a link to a folder/,
    ],
    ['a device', () => '/dev/zero', /found a pipe, a socket or a device/],
    ['folders without end', () => deep(1000), /folders at most 50 levels deep, found more/],
    ['a dangling link', () => dirname(link('dangling/101_18_0_1_1_sit.txt')), /a readable file, found nothing/],
  ])('refuses %s', async (_, path, message) => {
    const given = path();
    await expect(loadDataset(given)).rejects.toThrow(InputError);
    await expect(loadDataset(given)).rejects.toThrow(message);
  });

  test.skipIf(process.platform !== 'linux')('refuses a name that is not UTF-8, and says so', async () => {
    const folder = dirname(write('bytes/a/1.txt', ''));
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9)]), '');
    await expect(loadDataset(join(root, 'bytes'))).rejects.toThrow('expected names in UTF-8, found other bytes');
  });

  function link(path: string, target = join(root, 'nowhere')): string {
    const file = write(`${path}.keep`, '');
    rmSync(join(root, path), { force: true });
    symlinkSync(target, join(root, path));
    return file;
  }

  function deep(levels: number): string {
    const top = join(root, 'deep');
    rmSync(top, { recursive: true, force: true });
    mkdirSync(join(top, ...new Array(levels).fill('d')), { recursive: true });
    return top;
  }
});

describe('loadSequence', () => {
  const shape = { persons: 1, joints: 25, format: 'irds' };

  test('reads one file', async () => {
    expect(await loadSequence(write('one.txt', FRAME), shape)).toMatchObject({ frames: 1, joints: 25 });
  });

  test.each<[string, () => string, RegExp]>([
    ['a missing file', () => join(root, 'nowhere.csv'), /nowhere.csv: .*found nothing. Check the path/],
    ['a folder', () => root, /found a folder/],
    ['an archive', () => write('one.zip', ''), /found an archive/],
    ['a device', () => '/dev/zero', /a regular file, found a pipe, a socket or a device/],
    ['an empty file', () => write('empty.csv', ''), /empty.csv: .*an empty file/],
  ])('refuses %s', async (_, path, message) => {
    await expect(loadSequence(path(), shape)).rejects.toThrow(message);
  });
});
