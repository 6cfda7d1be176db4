import { describe, expect, test } from 'vitest';
import { toyDataset, toyModel } from '../../../test/support/toy.js';
import { formatRate } from '../../core/format.js';
import { renderReport } from './render.js';
import { createReport, type Report, type ReportRow } from './report.js';
import { reportTable } from './table.js';

function row(rate: number, accuracy: number, trained = false, emptied: string[] = []): ReportRow {
  const size = { nonzeros: 1234567, effective: 1234, macs: 2, bytes: 3 };
  return { rate, ...size, correct: accuracy * 200, total: 200, accuracy, classMean: accuracy / 2, trained, emptied };
}

const report: Report = {
  dataset: 'irds',
  split: 'patients',
  part: 'test',
  sequences: 200,
  seen: 0,
  classes: 9,
  weights: 1234567,
  notes: [],
  rates: [row(0, 0.965, true), row(0.98, 0.95), row(0.999, 0.1, false, ['a.attention', 'b.filters'])],
};

describe('the table', () => {
  test('has a line a rate, with commas between thousands', () => {
    const lines = reportTable(report).split('\n');
    expect(lines[2]).toBe('|     0 |   yes   | 1,234,567 |     1,234 |    2 |     3 |   96.5 % |     48.3 % |');
    expect(lines[3]).toBe('|  0.98 |    –    | 1,234,567 |     1,234 |    2 |     3 |   95.0 % |     47.5 % |');
  });

  test('names the layers that a rate emptied', () => {
    expect(reportTable(report)).toMatch(/\n\nAt rate 0\.999 no weight is left in a\.attention, b\.filters\.$/);
  });

  test('rates are short', () => {
    expect([0.98, 1 - 1 / 3, 0.9999999].map(formatRate)).toEqual(['0.98', '0.666667', '1']);
  });
});

describe('the files', () => {
  const { md, json, svg } = renderReport(report);

  test('JSON is the report', () => {
    expect(JSON.parse(json)).toEqual(report);
  });

  test('Markdown has the title, the table and the picture', () => {
    expect(md).toMatch(/^# irds, patients\n/);
    expect(md).toContain(reportTable(report));
    expect(md).toContain('(report.svg)');
  });

  test('the plot tells trained from never trained rates and names data, split and weights', () => {
    expect(svg.match(/<circle [^>]*fill="white"/g)).toHaveLength(2);
    expect(svg).toContain('irds, patients: one network of 1,234,567 weights');
    expect(svg).toContain('never trained');
  });

  test('the plot is the picture beside this test', async () => {
    await expect(svg).toMatchFileSnapshot('snapshots/report.svg');
  });

  test('one rate, and no accuracy at all, are drawn too', () => {
    expect(renderReport({ ...report, rates: [row(0.5, 0)] }).svg).toContain('<circle');
  });
});

/**
 * Five subjects of six training sequences each are dealt to four parts: the first has two of them. Of the three subjects
 * that are left then, sequences are dealt: one of the second subject's goes to part 2.
 */
test.each([
  ['quarter', 'quarter', 0],
  ['quarter', 'quarter/validation-1', 12],
  ['quarter/validation-1', 'quarter/validation-1', 0],
  ['quarter/validation-1', 'quarter/validation-2', 6],
  ['quarter/validation-1', 'quarter', 0],
  ['quarter/validation-1/validation-2', 'quarter/validation-2', 5],
])('a model of %s has seen, of what %s tests on, %d sequences', (trained, split, seen) => {
  const model = toyModel((random) => random.normal());
  const { provenance } = model.description;
  const described = model.describedBy({ provenance: { ...provenance, dataset: 'toy', split: trained } });
  expect(createReport(described, toyDataset(), { split, rates: [0] }).seen).toBe(seen);
});
