import { markdownTable } from 'markdown-table';
import { formatPercent, formatRate } from '../../core/format.js';
import type { RowCalibration } from './report.js';

/** Calibration at each rate as a Markdown table, in per cent and nats. */
export function calibrationTable(
  rows: readonly { readonly rate: number; readonly calibration?: RowCalibration | undefined }[],
): string {
  const head = ['rate', 'temperature', 'ECE at 1', 'ECE', 'loss at 1', 'loss'];
  const body = rows.flatMap(({ rate, calibration }) => {
    if (calibration === undefined) return [];
    const { temperature, raw, own: fitted } = calibration;
    const errors = [raw.error, fitted.error].map(formatPercent);
    return [[formatRate(rate), temperature.toFixed(3), ...errors, raw.loss.toFixed(3), fitted.loss.toFixed(3)]];
  });
  const note = 'ECE: expected calibration error, 15 bins; loss: negative log-likelihood; at 1: without a temperature.';
  return `${markdownTable([head, ...body], { align: head.map(() => 'r') })}\n\n${note}`;
}
