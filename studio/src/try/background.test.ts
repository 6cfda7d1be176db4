import { expect, test } from 'vitest';
import { handClips } from '../../test/clips.js';
import { joinPieces } from './background.js';

const [first] = handClips(1, 1);
const piece = { ...first, label: 'rest', person: 'ada' };

test('pieces that one camera recorded one after the other are one recording again, 20 frames a second', () => {
  const pieces = ['0007', '0008', '0009'].map((id) => ({ ...piece, id }));
  const [whole, ...others] = joinPieces(pieces);
  expect(others).toEqual([]);
  expect(whole.frames).toBe(60);
  expect(whole.positions.slice(20 * 63, 40 * 63)).toEqual(piece.positions);
  for (let frame = 0; frame < 60; frame++) expect(whole.seconds![frame]).toBeCloseTo(frame / 20, 9);
});

test('what is of another person, from a file, or not next is apart; what does not count is left out', () => {
  const pieces = [
    { ...piece, id: '1' },
    { ...piece, id: '2', person: 'ben' },
    { ...piece, id: '3', person: 'ben', source: 'file' as const },
    { ...piece, id: '5', person: 'ben', start: 5, end: 15 },
  ];
  expect(joinPieces(pieces).map(({ frames }) => frames)).toEqual([20, 20, 20, 10]);
  const untimed = joinPieces([{ ...piece, id: '1', seconds: undefined }]);
  expect(untimed[0].seconds!.at(-1)).toBeCloseTo(20 / 30, 9);
});
