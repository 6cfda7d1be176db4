import { expect, test } from 'vitest';
import { pairsByName } from './mirrored-names.js';

const pairsOf = (...classes: string[]) => Object.fromEntries(pairsByName(classes));

test('sides are exchanged, in whatever case', () => {
  expect(pairsOf('Swipe left', 'swipe Right', 'bright', 'left', 'other')).toEqual({
    'Swipe left': 'swipe Right',
    'swipe Right': 'Swipe left',
  });
});

test.each([
  ['Rotation CW', 'Rotation CCW'],
  ['circle_cw', 'circle_acw'],
  ['turn clockwise', 'turn counter-clockwise'],
  ['Clockwise', 'AntiClockwise'],
  ['draw clockwise circle', 'draw counter clockwise circle'],
])('a turn is the other way round in a mirror: %s and %s', (one, other) => {
  expect(pairsOf(one, 'wave', other)).toEqual({ [one]: other, [other]: one });
});

test('a turn of one hand is that of the other hand, the other way round', () => {
  expect(pairsOf('left-cw', 'left-ccw', 'right-cw', 'right-ccw')).toEqual({
    'left-cw': 'right-ccw',
    'right-ccw': 'left-cw',
    'left-ccw': 'right-cw',
    'right-cw': 'left-ccw',
  });
});

test('where only one way is known, it is the same way of the other hand, and nothing where one hand turns both ways', () => {
  expect(pairsOf('left-cw', 'right-cw')).toEqual({ 'left-cw': 'right-cw', 'right-cw': 'left-cw' });
  expect(pairsOf('right arm circle (clockwise)', 'right arm circle (counter clockwise)')).toEqual({});
});

test('pairs are mutual', () => {
  expect(pairsOf('left-cw', 'left-ccw', 'right-cw')).toEqual({ 'left-ccw': 'right-cw', 'right-cw': 'left-ccw' });
});

test('letters within a word are no turn', () => {
  expect(pairsOf('ccws', 'cws', 'acwx')).toEqual({});
});
