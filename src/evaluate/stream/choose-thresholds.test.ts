import { expect, test } from 'vitest';
import { type Choice, chooseThresholds } from './choose-thresholds.js';

const FREE = { enter: false, leave: false, smoothing: false };

/** Of ten movements: a lower `enter` finds more, false ones and alarms too. */
function scoreOf({ enter, smoothing, leave }: Choice) {
  return {
    segments: 10,
    found: enter <= 0.4 ? 10 : enter <= 0.5 ? 9 : enter <= 0.7 ? 7 : 3,
    falsePositives:
      (enter <= 0.4 ? 12 : enter <= 0.5 ? 4 : 2) - (smoothing === 0.7 ? 1 : 0) + (leave === 1 / 2 ? 0 : 1),
    alarmsPerMinute: (enter <= 0.4 ? 3 : enter <= 0.5 ? 1.5 : 0.5) - (leave === 5 / 6 ? 0.75 : 0),
  };
}

test('the most is found that the alarms allow', () => {
  // 0.55 and more: 7 of 10, 2 false ones with a smoothing of 0.7, 14 / 19. Left at a half there is one less, 14 / 18. At 0.5 or less there are
  // too many alarms, but if left at five sixths, which was not better.
  expect(chooseThresholds(scoreOf, FREE, 1)).toEqual({
    choice: { enter: 0.55, smoothing: 0.7, leave: 1 / 2 },
    score: { segments: 10, found: 7, falsePositives: 1, alarmsPerMinute: 0.5 },
  });
  // With 2 a minute 9 of 10, 3 false ones, 18 / 22; with 5, 10 of 10 and 11 false ones, 20 / 31, are no better.
  for (const alarms of [2, 5]) {
    expect(chooseThresholds(scoreOf, FREE, alarms).choice).toEqual({ enter: 0.45, smoothing: 0.7, leave: 1 / 2 });
  }
});

test('what is tried later may move what was tried first', () => {
  // Left at five sixths, 0.5 is quiet enough, which it was not before.
  const quiet = (choice: Choice) => ({ ...scoreOf(choice), falsePositives: choice.leave === 5 / 6 ? 0 : 5 });
  expect(chooseThresholds(quiet, FREE, 1).choice).toEqual({ enter: 0.45, smoothing: 0.5, leave: 5 / 6 });
});

test('where the alarms cannot be as few, the most is found all the same', () => {
  const loud = (one: Choice) => ({ ...scoreOf(one), alarmsPerMinute: 4 - one.enter });
  expect(chooseThresholds(loud, FREE, 1)).toEqual({
    choice: { enter: 0.45, smoothing: 0.7, leave: 1 / 2 },
    score: { segments: 10, found: 9, falsePositives: 3, alarmsPerMinute: 3.55 },
  });
});

test('what is fixed stays, and what is no better changes nothing', () => {
  const isFixed = { enter: true, leave: true, smoothing: true };
  const usual = { enter: 0.6, smoothing: 0.5, leave: 2 / 3 };
  expect(chooseThresholds(scoreOf, isFixed, 1).choice).toEqual(usual);
  const same = { segments: 2, found: 1, falsePositives: 0, alarmsPerMinute: 0 };
  expect(chooseThresholds(() => same, FREE, 1)).toEqual({ choice: usual, score: same });
  expect(chooseThresholds(scoreOf, { ...FREE, enter: true }, 2).choice).toEqual({
    ...usual,
    smoothing: 0.7,
    leave: 1 / 2,
  });
});

test('75 choices are tried', () => {
  const tried: Choice[] = [];
  const noting = (choice: Choice) => {
    tried.push(choice);
    return scoreOf(choice);
  };
  chooseThresholds(noting, FREE, 1);
  expect(tried).toHaveLength(75);
});
