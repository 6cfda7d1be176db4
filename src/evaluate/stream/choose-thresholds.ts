/** Thresholds of a stream that find the most with few enough false alarms. */
import { CONFIDENCE, SMOOTHING } from '../../runtime/stream/options.js';
import type { StreamScore } from './score-streams.js';

/** What may be chosen. */
export interface Choice {
  readonly enter: number;
  /** As a part of `enter`. */
  readonly leave: number;
  readonly smoothing: number;
}

const TRIED: { readonly [Name in keyof Choice]: readonly number[] } = {
  enter: [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
  smoothing: [0.3, 0.5, 0.7, 0.85],
  leave: [1 / 3, 1 / 2, 2 / 3, 5 / 6],
};
/** What the recogniser does unless it is told otherwise. */
const USUAL: Choice = { enter: CONFIDENCE, smoothing: SMOOTHING, leave: 2 / 3 };
/** One after the other, of those that are tried together: what the later ones choose may move the first. */
const ROUNDS: readonly (readonly (keyof Choice)[])[] = [['enter', 'smoothing'], ['leave'], ['enter']];

/** What a choice is judged by. */
type Found = Pick<StreamScore, 'segments' | 'found' | 'falsePositives' | 'alarmsPerMinute'>;

/**
 * Of the choices that have at most so many false alarms a minute, the one with the greatest 2 · found / (found + segments + false
 * positives); where none has as few, of all choices: silence would have the fewest alarms. Not all are tried: those that depend on one another together, the
 * others one after the other, from what the recogniser does unless it is told otherwise, which stays where nothing is better.
 * @param isFixed what is not chosen
 */
export function chooseThresholds<Score extends Found>(
  scoreOf: (choice: Choice) => Score,
  isFixed: { readonly [Name in keyof Choice]: boolean },
  alarms: number,
): { readonly choice: Choice; readonly score: Score } {
  let best = { choice: USUAL, score: scoreOf(USUAL) };
  for (const names of ROUNDS) {
    const open = names.filter((name) => !isFixed[name]);
    for (const choice of variants(best.choice, open)) {
      const score = scoreOf(choice);
      if (isBetter(score, best.score, alarms)) best = { choice, score };
    }
  }
  return best;
}

/** All settings of the named choices. */
function variants(choice: Choice, names: readonly (keyof Choice)[]): Choice[] {
  return names.reduce<Choice[]>(
    (all, name) => all.flatMap((one) => TRIED[name].map((value) => ({ ...one, [name]: value }))),
    names.length === 0 ? [] : [choice],
  );
}

/** Few enough alarms first, then what is found. */
function isBetter(a: Found, b: Found, alarms: number): boolean {
  const [isQuiet, wasQuiet] = [a, b].map(({ alarmsPerMinute }) => alarmsPerMinute <= alarms);
  return isQuiet === wasQuiet ? shareFound(a) > shareFound(b) : isQuiet;
}

function shareFound({ found, segments, falsePositives }: Found): number {
  return (2 * found) / (found + segments + falsePositives);
}
