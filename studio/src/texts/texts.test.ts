import { expect, test } from 'vitest';
import { allTexts, LANGUAGES, textOf } from './texts.js';

test('every text is there in every language, with the same values', () => {
  const valuesIn = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();
  for (const [key, texts] of Object.entries(allTexts)) {
    expect([key, texts.length]).toEqual([key, Object.keys(LANGUAGES).length]);
    for (const text of texts) expect([key, valuesIn(text)]).toEqual([key, valuesIn(texts[0])]);
    expect([key, texts.filter((text) => text.trim() === '')]).toEqual([key, []]);
  }
});

test('values are filled in', () => {
  expect(textOf('de', 'adviceMore', { count: 3, name: 'Winken' })).toBe('Nimm noch 3 von Winken auf.');
});
