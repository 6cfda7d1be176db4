import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { decodeAnyset } from '../src/data/anyset/anyset.js';
import { layouts } from '../src/skeleton/layouts/layouts.js';
import { anyrate, type Outcome, write } from './support/cli.js';
import { hand, LAYOUT, makeMoves, type Point } from './support/moves.js';
import { sharedPath, testWith } from './support/tools.js';

const root = mkdtempSync(join(tmpdir(), 'anyrate-data-'));
afterAll(() => rmSync(root, { recursive: true }));

const run = (...args: readonly string[]): Outcome => anyrate(root, 'data', ...args);
const json = (...args: readonly string[]) => JSON.parse(run(...args, '--json').stdout);

function describedMoves(folder: string, change?: Parameters<typeof hand>[1]): string {
  makeMoves(root, folder, ['ann', 'bob', 'cem', 'dia'], change);
  write(root, `${folder}/dataset.json`, JSON.stringify(LAYOUT));
  return folder;
}

const moves = describedMoves('moves');

function emptyFolder(): string {
  write(root, 'none/a/readme.txt', 'x');
  return 'none';
}

describe('data init', () => {
  test('its help lists the layouts, and says where each is described', () => {
    const { stdout } = run('init', '--help');
    expect(stdout).toMatch(/docs\/data\.md \(Built-in layouts\)/);
    for (const { name } of layouts) expect(stdout).toContain(`  ${name}\n`);
  });

  test('writes what it sees: the likeliest layout, and who performs by a pattern in the names', () => {
    const folder = makeMoves(root, 'fresh', ['ann', 'bob', 'cem']);
    const { code, stdout } = run('init', folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Joints as mediapipe-hand: the one layout with 21 joints that trackers write/);
    const described = JSON.parse(readFileSync(join(root, folder, 'dataset.json'), 'utf8'));
    expect(described.layout).toBe('mediapipe-hand');
    expect(new RegExp(described.subject.pattern).exec('push/ann_1.json')?.[1]).toBe('ann');
    expect(json('info', folder).people.map(({ name }: { name: string }) => name)).toEqual(['ann', 'bob', 'cem']);
  });

  test('takes people from the second level of folders', () => {
    for (const [i, path] of ['push/ann', 'push/bob', 'wave/ann', 'wave/bob'].entries()) {
      write(root, `levels/${path}/1.json`, hand(70 + i));
    }
    expect(run('init', 'levels', '--layout', 'mediapipe-hand').code).toBe(0);
    expect(JSON.parse(readFileSync(join(root, 'levels/dataset.json'), 'utf8'))).toEqual({
      layout: 'mediapipe-hand',
      subject: { folder: 2 },
    });
  });

  test('its JSON tells the file, what it says, and the folder as it is then', () => {
    const folder = makeMoves(root, 'told', ['ann', 'bob']);
    const told = json('init', folder);
    expect(told).toMatchObject({ file: `${folder}/dataset.json`, dataset: { sequences: expect.any(Number) } });
    expect(told.description).toEqual(JSON.parse(readFileSync(join(root, told.file), 'utf8')));
  });

  test('says of a published set that the description takes its splits', () => {
    const body = `1\n7 0 1 1 1 1 0 0 0 2\n25\n${'0.1 0.2 3 0 0 0 0 0 0 0 0 2\n'.repeat(25)}`;
    for (const name of ['S001C001P001R001A001', 'S001C001P002R001A002'])
      write(root, `ntu/${name}.skeleton`, `2\n${body}${body}`);
    expect(json('init', 'ntu').notes[0]).toMatch(
      /^Without this file the folder is read as published: NTU RGB\+D.*, with its splits\. Remove ntu\/dataset\.json /,
    );
    expect(json('init', makeMoves(root, 'unpublished', ['ann', 'bob'])).notes[0]).not.toMatch(/published/);
  });

  test('writes out a layout that nobody knows, as a draft that can be read', () => {
    const frames = (seed: number) =>
      JSON.stringify({ frames: JSON.parse(hand(seed)).frames.map((f: Point[]) => f.slice(0, 7)) });
    for (const [i, path] of ['push/a1', 'push/a2', 'wave/a3', 'wave/a4'].entries())
      write(root, `seven/${path}.json`, frames(90 + i));
    expect(run('init', 'seven').stdout).toMatch(/The layout is a draft[\s\S]*1 x 7 joints \(mine\)/);
  });

  test.each<[string, () => string[], RegExp]>([
    ['an existing description', () => ['init', moves], /dataset.json: expected a folder without a description/],
    [
      'an unknown layout',
      () => ['init', makeMoves(root, 'odd', ['ann']), '--layout', 'mediapipe-hands'],
      /Did you mean "mediapipe-hand"/,
    ],
    ['a folder without recordings', () => ['init', emptyFolder()], /none of which is one/],
  ])('%s is refused, and nothing is written', (_, args, message) => {
    const { code, stderr } = run(...args());
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(root, 'odd/dataset.json'))).toBe(false);
  });
});

describe('data check', () => {
  test('sound recordings have warnings at most, and exit code 0', () => {
    const { code, stdout } = run('check', moves);
    expect(code).toBe(0);
    expect(stdout).toMatch(/warning {2}class push: 6 to train with[\s\S]*moves: 0 errors, 2 warnings/);
  });

  test('errors have exit code 2, and say which recording, in words and in JSON', () => {
    const folder = describedMoves('copies');
    write(root, `${folder}/wave/dia_2.json`, readFileSync(join(root, folder, 'push/ann_1.json')));
    expect(run('check', folder)).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^error {4}recording wave\/dia_2.json: the positions of push\/ann_1.json/),
    });
    const { errors, findings } = json('check', folder);
    expect(errors).toBe(1);
    expect(findings[0]).toMatchObject({
      severity: 'error',
      kind: 'same-recording',
      place: { recording: 'wave/dia_2.json' },
    });
  });

  test('x, y and a confidence in place of x, y, z are suspicious', () => {
    const folder = describedMoves('pixels', ([x, y]) => [500 + 1000 * x, 500 + 1000 * y, 0.75 + 0.1 * Math.sin(x)]);
    expect(run('check', folder).stdout).toMatch(
      /third coordinate from 0\.\d+ to 0\.\d+, where the others are in hundreds/,
    );
  });

  test('a training refuses what the check calls an error, before anything is written', () => {
    write(
      root,
      'r.json',
      JSON.stringify({
        name: 'r',
        data: 'copies',
        preprocessing: { pose: [{ step: 'resample', frames: 8 }], channels: [{ step: 'positions', chunks: 2 }] },
        network: [{ kind: 'dense', units: 4 }],
        training: { epochs: 1, batch: 4 },
        report: [0],
      }),
    );
    const { code, stderr } = anyrate(root, 'train', 'r.json', '--out', 'bad-run');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/data set copies, recording wave\/dia_2.json: expected every recording once/),
    ]);
    expect(existsSync(join(root, 'bad-run'))).toBe(false);
  });
});

test('data info tells layout and how it was found, who tests, and what was skipped', () => {
  write(root, `${moves}/wave/notes.md`, 'x');
  const { stdout } = run('info', moves);
  expect(stdout).toMatch(/Joints as mediapipe-hand: named in dataset.json/);
  expect(stdout).toMatch(/split {6}by-subject: 12 \/ 4\. dia tests, the others train\./);
  expect(stdout).toMatch(/tests {6}by-subject: 4 recordings by dia test, 12 recordings by ann, bob and cem train/);
  expect(stdout).toMatch(/skipped {4}1, such as wave\/notes.md/);
  expect(stdout).toMatch(/\| push {2}\| +2 \| +2 \| +2 \| +2 \|/);
});

describe('data convert', () => {
  test('--packed writes a file from which the same recordings are read', () => {
    const { packed, sequences, step } = json('convert', moves, '-o', 'packed.anyset', '--packed');
    expect({ packed, sequences, step }).toEqual({ packed: true, sequences: 16, step: null });
    const [of, other] = [moves, 'packed.anyset'].map((name) => json('info', name));
    expect(other).toMatchObject({ sequences: of.sequences, frames: of.frames, classes: of.classes, splits: of.splits });
    expect(run('check', 'packed.anyset').code).toBe(0);
    writeFileSync(join(root, 'cut.anyset'), readFileSync(join(root, 'packed.anyset')).subarray(0, 5000));
    expect(run('info', 'cut.anyset')).toMatchObject({ code: 2, stderr: expect.stringContaining('damaged') });
  });

  test('lost joints and time stamps survive, and the file is taken wherever a folder is', () => {
    const folder = makeMoves(root, 'lossy', ['ann', 'bob'], (point, frame, joint) =>
      joint === 4 && frame < 3 ? [null, null, null] : point,
    );
    write(root, `${folder}/dataset.json`, JSON.stringify({ ...LAYOUT, framesPerSecond: 25 }));
    const { code, stdout } = run('convert', folder, '-o', 'lossy.anyset');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Written to lossy.anyset: 8 recordings, [\d,]+ bytes, positions in steps of /),
    ]);
    const { samples } = decodeAnyset(readFileSync(join(root, 'lossy.anyset')), 'x');
    const lost = [...samples[0].positions.keys()].filter((at) => Number.isNaN(samples[0].positions[at]));
    expect(lost).toEqual([0, 1, 2].flatMap((frame) => [0, 1, 2].map((axis) => frame * 63 + 12 + axis)));
    expect(samples[0].seconds![10]).toBeCloseTo(0.4, 9);
    expect(json('info', 'lossy.anyset')).toMatchObject({ sequences: 8, seconds: { min: 0.6 }, subjects: 2 });
    expect(run('check', 'lossy.anyset').code).toBe(0);
  });

  test('a built-in set is written as it is shipped', () => {
    expect(run('convert', 'ui-prmd', '-o', 'u.anyset', '--step', '1e-1000').stderr).toMatch(
      /--step: expected a number above 0/,
    );
    expect(existsSync(join(root, 'u.anyset'))).toBe(false);
  });

  test('a step that is coarse beside a skeleton is refused, since movements would be alike', () => {
    expect(run('convert', moves, '-o', 'coarse.anyset', '--step', '100')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /--step: expected at most [\d.]+ .*, a 50th of a skeleton, found 100\. Leave it out/,
      ),
    });
    expect(existsSync(join(root, 'coarse.anyset'))).toBe(false);
  });

  test('a file that is no data set is refused', () => {
    write(root, 'notes.txt', 'nothing');
    expect(run('convert', 'notes.txt', '-o', 'n.anyset')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/found a file/),
    });
    expect(run('convert', moves, '-o', moves)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/found a folder/),
    });
  });
});

test('data show writes one page that fetches nothing', () => {
  expect(JSON.parse(run('show', moves, '-o', 'sheet.html', '--each', '1', '--json').stdout)).toEqual({
    file: 'sheet.html',
    each: 1,
  });
  const page = readFileSync(join(root, 'sheet.html'), 'utf8');
  const recordings = JSON.parse(/id="recordings">([^<]*)</.exec(page)![1]).recordings;
  expect(recordings.map((one: { class: string }) => one.class)).toEqual(['push', 'wave']);
  expect(recordings[0]).toMatchObject({ frames: 16, joints: 21 });
  expect(page).toContain("default-src 'none'");
  expect(page).not.toContain('{{');
  expect(page).not.toMatch(/(src|href)="(?!data:)/);
});

describe('data features', () => {
  test('numpy reads features, labels, people and the split', ({ skip }) => {
    expect(run('features', moves, '-o', 'f.npz').code).toBe(0);
    expect(statSync(join(root, 'f.npz')).size).toBeGreaterThan(1000);
    const script = [
      'import numpy as np, json',
      "z = np.load('f.npz')",
      "print(json.dumps([list(z['features'].shape), str(z['features'].dtype), z['labels'].tolist(), z['subjects'].tolist(), z['classes'].tolist(), z['train'].tolist(), z['test'].tolist(), bool(np.isfinite(z['features']).all())]))",
    ].join('\n');
    const { status, stdout } = spawnSync('python3', ['-c', script], { cwd: root, encoding: 'utf8' });
    if (status !== 0) skip('python3 with numpy');
    const [shape, type, labels, subjects, classes, train, tested, finite] = JSON.parse(stdout);
    expect(shape.slice(0, 2)).toEqual([16, 21]);
    expect([type, classes, finite]).toEqual(['float32', ['push', 'wave'], true]);
    expect(labels).toEqual([...new Array(8).fill(0), ...new Array(8).fill(1)]);
    expect(subjects.slice(0, 4)).toEqual(['ann', 'ann', 'bob', 'bob']);
    expect(tested).toEqual([6, 7, 14, 15]);
    expect(train).toHaveLength(12);
  });

  test('a split that is not there is refused', () => {
    expect(run('features', moves, '--split', 'by-subjekt', '-o', 'g.npz')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Did you mean "by-subject"/),
    });
    expect(existsSync(join(root, 'g.npz'))).toBe(false);
  });
});

const PIXELS = '../shared/cases/data/05-same-count-other-joints/openpose_body25_75_columns.txt';

testWith(PIXELS, 'predict warns of x, y and a confidence in place of x, y, z', () => {
  const model = fileURLToPath(new URL('../examples/irds.anyrate', import.meta.url));
  const { code, stderr } = anyrate(root, 'predict', model, sharedPath(PIXELS), '--rate', '.98');
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^warning: .*third coordinate.*x, y and a confidence/)]);
});

test('names of classes do not reach the terminal as commands to it', () => {
  for (const [i, name] of ['a\x1b[2J', 'b'].entries()) {
    for (const take of [1, 2]) write(root, `colours/${name}/${take}.json`, hand(500 + 2 * i + take));
  }
  write(root, 'colours/dataset.json', '{"layout": "mediapipe-hand"}');
  for (const args of [
    ['info', 'colours'],
    ['check', 'colours'],
    ['show', 'col\x1b[2Jours', '-o', 'c.html'],
  ]) {
    const { stdout, stderr } = run(...args);
    expect(stdout + stderr).toContain('\\x1b[2J');
    expect(stdout + stderr).not.toContain('\x1b');
  }
});
