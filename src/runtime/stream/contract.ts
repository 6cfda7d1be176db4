import { need, type StreamContract } from '../file/header.js';
import { MOST_SHARES } from '../file/limits.js';

/** Checks the rule that a file states; the rest of what it says to a stream is checked as options are. @throws FormatError */
export function checkContract({ rejection }: StreamContract, classes: number): void {
  if (!rejection) return;
  const { means = [], refused = [], thresholds = [], alarms = refused } = rejection;
  const rows = [refused, alarms].concat(thresholds);
  const areNumbers = (lists: readonly ArrayLike<unknown>[], length: number) =>
    lists.every((list) => list?.length === length && Array.from(list).every(Number.isFinite));
  const isRule =
    Math.min(refused.length, thresholds.length) > 0 &&
    Math.max(refused.length, thresholds.length) <= MOST_SHARES &&
    areNumbers(rows, refused.length) &&
    [0, classes].includes(means.length) &&
    areNumbers(means, classes);
  need(isRule, 'rejection', 'finite numbers, as many as shares and classes', 'others');
}
