import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Studio } from './studio.js';
import { type TextKey, textOf } from './texts/texts.js';

export const StudioContext = createContext<Studio | undefined>(undefined);

/** The studio of the page. */
export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (studio === undefined) throw new TypeError('a view outside of StudioContext');
  return studio;
}

/** The studio, and texts in its language. */
export function useText() {
  const studio = useStudio();
  const language = studio.state.language.value;
  const text = (key: TextKey, values?: Readonly<Record<string, string | number>>) => textOf(language, key, values);
  return { studio, text, language };
}
