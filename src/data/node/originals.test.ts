import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith, sharedPath } from '../../../test/support/tools.js';
import { condense } from '../condense.js';
import type { Dataset } from '../dataset.js';
import { describeDataset } from '../describe.js';
import { loadDataset } from './load.js';

function describeOriginal(archive: string, folder: string, run: (load: () => Dataset) => void): void {
  const file = `../shared/data/${archive}` as const;
  describeWith(file, archive, () => {
    let dataset: Dataset;
    let root: string;
    beforeAll(async () => {
      root = mkdtempSync(join(tmpdir(), 'anyrate-original-'));
      execFileSync('tar', ['-xf', sharedPath(file), '-C', root]);
      dataset = await loadDataset(join(root, folder));
    }, 120_000);
    afterAll(() => rmSync(root, { recursive: true }));
    run(() => dataset);
  });
}

/** Largest error of a coordinate of the built-in set against the originals averaged in the same way. */
async function builtinError(original: Dataset): Promise<number> {
  const shipped = await loadDataset(original.name);
  const expected = condense(original, 64, '');
  expect(shipped.samples.map(({ id }) => id)).toEqual(expected.samples.map(({ id }) => id));
  return Math.max(
    ...expected.samples.map(({ positions }, s) => {
      return positions.reduce((max, value, i) => Math.max(max, Math.abs(value - shipped.samples[s].positions[i])), 0);
    }),
  );
}

describeOriginal('irds-original.tar.xz', 'irds', (load) => {
  test('2577 sequences and 12 skipped', () => {
    expect(describeDataset(load())).toMatchObject({ name: 'irds', sequences: 2577, skipped: [{ files: 12 }] });
  });

  test('the built-in set is within 2 mm of it', async () => {
    expect(await builtinError(load())).toBeLessThan(0.00201);
  });
});

describeOriginal('ui-prmd-vicon-original.tar.xz', 'Positions', (load) => {
  test('990 sequences', () => {
    expect(describeDataset(load())).toMatchObject({ name: 'ui-prmd', sequences: 990, skipped: [] });
  });

  test('the built-in set is within 1 mm of it', async () => {
    expect(await builtinError(load())).toBeLessThan(1.001);
  });
});

describeOriginal('sbu-original.tar.xz', 'sbu', (load) => {
  test('282 sequences in the official classes and folds', () => {
    const summary = describeDataset(load());
    expect(summary).toMatchObject({
      name: 'sbu',
      sequences: 282,
      persons: 2,
      frames: { min: 10, median: 23, max: 46 },
    });
    expect(summary.classes.map(({ sequences }) => sequences)).toEqual([42, 43, 40, 41, 18, 21, 39, 38]);
    expect(summary.splits.map(({ name, test }) => [name, test])).toEqual([
      ['fold5', 65],
      ['fold1', 55],
      ['fold2', 52],
      ['fold3', 56],
      ['fold4', 54],
    ]);
  });

  test('limb lengths are steady in the restored millimetres: the thighs are about 422', () => {
    const { samples, layout } = load();
    const [hip, knee] = ['LeftHip', 'LeftKnee'].map((joint) => layout.joints.indexOf(joint) * 3);
    const lengths = samples.map(({ positions: p }) =>
      Math.hypot(...[0, 1, 2].map((axis) => p[hip + axis] - p[knee + axis])),
    );
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(410);
    expect(mean).toBeLessThan(435);
  });
});

describeOriginal('utkinect-original.tar.xz', 'utkinect', (load) => {
  test('199 actions of ten subjects; the carrying that is annotated as NaN is skipped', () => {
    const summary = describeDataset(load());
    expect(summary).toMatchObject({ name: 'utkinect', sequences: 199, subjects: 10, frames: { min: 5 } });
    expect(summary.classes.map(({ sequences }) => sequences)).toEqual([20, 20, 20, 20, 19, 20, 20, 20, 20, 20]);
    expect(summary.skipped).toEqual([{ reason: 'annotated as NaN', files: 1, first: 's10_e02/carry' }]);
    expect(summary.splits.length).toBe(10 + 20);
  });
});

describeOriginal('sfinge3d-original.tar.xz', 'sfinge3d', (load) => {
  test('13 x 36 gestures in four folds, and 137 in the sequences', () => {
    const summary = describeDataset(load());
    expect(summary).toMatchObject({ name: 'sfinge3d', sequences: 13 * 36 + 137, skipped: [] });
    expect(summary.splits.map(({ train, test: tested }) => [train, tested])).toEqual([
      [351, 117],
      [351, 117],
      [351, 117],
      [351, 117],
      [468, 137],
    ]);
  });

  test('joints are those of the layout: a knuckle and the next joint are 2 to 6 cm apart', () => {
    const { samples, layout } = load();
    for (const [from, to] of [
      ['IndexMCP', 'IndexPIP'],
      ['LittleMCP', 'LittlePIP'],
    ]) {
      const [a, b] = [from, to].map((joint) => layout.joints.indexOf(joint) * 3);
      const lengths = samples.map(({ positions: p }) =>
        Math.hypot(...[0, 1, 2].map((axis) => p[a + axis] - p[b + axis])),
      );
      const middle = lengths.sort((x, y) => x - y)[lengths.length >> 1];
      expect(middle).toBeGreaterThan(0.02);
      expect(middle).toBeLessThan(0.06);
    }
  });
});

describeOriginal('jhmdb-original.tar.xz', 'jhmdb', (load) => {
  test('609 actions of 14 classes; both splits are made of the same recordings', () => {
    const summary = describeDataset(load());
    expect(summary).toMatchObject({ name: 'jhmdb', sequences: 609, layout: 'jhmdb-15', skipped: [] });
    expect(summary.classes.length).toBe(14);
    expect(summary.splits.map(({ name, train, test: tested }) => [name, train, tested])).toEqual([
      ['split1', 433, 176],
      ['split2', 433, 176],
    ]);
    for (const { train, test: tested } of load().splits) expect(new Set([...train, ...tested]).size).toBe(609);
  });

  test('coordinates are those that Python reads', () => {
    expect(Array.from(load().samples[0].positions.slice(0, 6), (value) => Number(value.toFixed(3)))).toEqual([
      0.016, -0.05, 0, 0.035, 0.271, 0,
    ]);
  });
});
