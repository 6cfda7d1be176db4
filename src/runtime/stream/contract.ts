import { check, checkWords, isNumber, need, type Rejection, type StreamContract } from '../file/header.js';
import { MOST_FRAMES_A_SECOND, MOST_SECONDS, MOST_SHARES } from '../file/limits.js';

/** Checks what a file says to a stream of frames; partners, thresholds of movements and cutoffs are checked where they are used. @throws FormatError */
export function checkContract(
  { seconds = 1, framesPerSecond = 1, nothing = [], rejection }: StreamContract,
  classes: readonly string[],
): void {
  for (const [value, most] of [
    [seconds, MOST_SECONDS],
    [framesPerSecond, MOST_FRAMES_A_SECOND],
  ]) {
    need(isNumber(value, Number.MIN_VALUE, most), 'stream', `seconds and frames a second, at most ${most}`, value);
  }
  checkWords('nothing', classes, ...nothing);
  if (rejection) checkRejection(rejection, classes.length);
}

function checkRejection({ means = [], refused, thresholds, alarms = refused }: Rejection, classes: number): void {
  const shares = refused.length;
  check('rejection', 1, MOST_SHARES, shares, thresholds.length);
  check('rejection', shares, shares, alarms.length, ...thresholds.map(({ length }) => length));
  if (means.length > 0) check('rejection', classes, classes, means.length, ...means.map(({ length }) => length));
  for (const value of [refused, alarms, ...thresholds, ...means].flat()) {
    need(isNumber(value, -Number.MAX_VALUE, Number.MAX_VALUE), 'rejection', 'finite numbers', value);
  }
}
