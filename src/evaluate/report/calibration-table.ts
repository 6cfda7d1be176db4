import { markdownTable } from 'markdown-table';
import type { RowCalibration } from './report.js';
import { formatRate } from './table.js';

/** Calibration at each rate as a Markdown table, in per cent and nats. */
export function calibrationTable(
  rows: readonly { readonly rate: number; readonly calibration?: RowCalibration | undefined }[],
): string {
  const head = ['rate', 'temperature', 'ECE at 1', 'ECE', 'loss at 1', 'loss'];
  const body = rows.flatMap(({ rate, calibration }) => {
    if (calibration === undefined) return [];
    const { temperature, raw, own } = calibration;
    const errors = [raw.error, own.error].map((error) => `${(100 * error).toFixed(1)} %`);
    return [[formatRate(rate), temperature.toFixed(3), ...errors, raw.loss.toFixed(3), own.loss.toFixed(3)]];
  });
  const note = 'ECE: expected calibration error, 15 bins; loss: negative log-likelihood; at 1: without a temperature.';
  return `${markdownTable([head, ...body], { align: head.map(() => 'r') })}\n\n${note}`;
}
