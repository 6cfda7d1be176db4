// Every text of the page, in every language, a file a step: a line a text. {name} stands for a value,
// {name|word|words} for the one word where the value is 1, else for the other.
import { actTexts } from './act.js';
import { checkTexts } from './check.js';
import { pageTexts } from './page.js';
import { recordTexts } from './record.js';
import { shipTexts } from './ship.js';
import { trainTexts } from './train.js';
import { tryTexts } from './try.js';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof LANGUAGES;

const texts = { ...pageTexts, ...recordTexts, ...checkTexts, ...trainTexts, ...tryTexts, ...actTexts, ...shipTexts };

export type TextKey = keyof typeof texts;

const COLUMN: Readonly<Record<Language, number>> = { en: 0, de: 1 };

/** A text in a language, its values filled in. */
export function textOf(
  language: Language,
  key: TextKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[key][COLUMN[language]].replaceAll(
    /\{(\w+)(?:\|([^|}]+)\|([^|}]+))?\}/g,
    (whole, name, one?: string, others?: string) => {
      const value = values[name];
      return String((value === 1 ? one : others) ?? value ?? whole);
    },
  );
}

/** All texts by their keys, for tests. */
export const allTexts: Readonly<Record<string, readonly string[]>> = texts;
