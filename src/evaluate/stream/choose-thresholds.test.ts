import { expect, test } from 'vitest';
import { type Choice, chooseThresholds } from './choose-thresholds.js';

const FREE = { enter: false, leave: false, smoothing: false, share: false };

/** Of ten movements: a lower `enter` finds more, false ones and alarms too. */
function scoreOf({ enter, smoothing, share, leave }: Choice) {
  return {
    segments: 10,
    found: enter <= 0.4 ? 10 : enter <= 0.5 ? 9 : enter <= 0.7 ? 7 : 3,
    falsePositives:
      (enter <= 0.4 ? 12 : enter <= 0.5 ? 4 : 2) - (smoothing === 0.7 ? 1 : 0) + (leave === 1 / 2 ? 0 : 1),
    alarmsPerMinute: (enter <= 0.4 ? 3 : enter <= 0.5 ? 1.5 : 0.5) - (share === 0.1 ? 0.75 : 0),
  };
}

test('the most is found that the alarms allow', () => {
  // At first 0.55 and more: 7 of 10, 2 false ones with a smoothing of 0.7, 14 / 19. With a share of 0.1, 0.45 has 0.75 alarms: 9 of 10,
  // 4 false ones, 18 / 23. Left at a half, there are 3, 18 / 22.
  expect(chooseThresholds(scoreOf, FREE, 1)).toEqual({
    choice: { enter: 0.45, smoothing: 0.7, leave: 1 / 2, share: 0.1 },
    score: { segments: 10, found: 9, falsePositives: 3, alarmsPerMinute: 0.75 },
  });
  // With fewer than 0.75: 7 of 10 and a false one, 14 / 18; of equal choices the first that was tried.
  expect(chooseThresholds(scoreOf, FREE, 0.6).choice).toEqual({
    enter: 0.55,
    smoothing: 0.7,
    leave: 1 / 2,
    share: 0.05,
  });
  // With 2 a minute, no share has to be refused for that; with 5, 10 of 10 and 11 false ones, 20 / 31, are no better.
  for (const alarms of [2, 5]) {
    expect(chooseThresholds(scoreOf, FREE, alarms).choice).toEqual({
      enter: 0.45,
      smoothing: 0.7,
      leave: 1 / 2,
      share: 0.05,
    });
  }
});

test('where the alarms cannot be as few, they are the fewest', () => {
  const { choice, score } = chooseThresholds((one) => ({ ...scoreOf(one), alarmsPerMinute: 4 - one.share }), FREE, 1);
  expect(choice.share).toBe(0.2);
  expect(score.alarmsPerMinute).toBe(3.8);
});

test('what is fixed stays, and what is no better changes nothing', () => {
  const isFixed = { enter: true, leave: true, smoothing: true, share: true };
  const usual = { enter: 0.6, smoothing: 0.5, leave: 2 / 3, share: 0.05 };
  expect(chooseThresholds(scoreOf, isFixed, 1).choice).toEqual(usual);
  const same = { segments: 2, found: 1, falsePositives: 0, alarmsPerMinute: 0 };
  expect(chooseThresholds(() => same, FREE, 1)).toEqual({ choice: usual, score: same });
  expect(chooseThresholds(scoreOf, { ...FREE, enter: true }, 2).choice).toEqual({
    ...usual,
    smoothing: 0.7,
    leave: 1 / 2,
  });
});
