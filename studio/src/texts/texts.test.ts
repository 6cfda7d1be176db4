import { expect, test } from 'vitest';
import { allTexts, LANGUAGES, textOf } from './texts.js';

test('every text is there in every language, with the same values', () => {
  const valuesIn = (text: string) => [...new Set(text.match(/(?<=\{)\w+/g))].toSorted();
  for (const [key, texts] of Object.entries(allTexts)) {
    expect([key, texts.length]).toEqual([key, Object.keys(LANGUAGES).length]);
    for (const text of texts) expect([key, valuesIn(text)]).toEqual([key, valuesIn(texts[0])]);
    expect([key, texts.filter((text) => text.trim() === '')]).toEqual([key, []]);
  }
});

test('values are filled in', () => {
  expect(textOf('de', 'adviceMore', { count: 3, name: 'Winken' })).toBe('Nimm noch 3 von Winken auf.');
});

test('one recording is not called several', () => {
  expect([0, 1, 2].map((count) => textOf('en', 'recordingsCount', { count }))).toEqual([
    '0 recordings',
    '1 recording',
    '2 recordings',
  ]);
  expect(textOf('en', 'importedSome', { count: 1, skipped: 2 })).toBe('1 recording was read, 2 files left out.');
  expect(textOf('de', 'imported', { count: 1 })).toBe('1 Aufnahme wurde gelesen.');
});
