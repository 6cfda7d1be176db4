import { InputError } from '../../core/errors.js';

const MOST_SEEDS = 10_000;
const LARGEST = 2 ** 31 - 1;
const RANGE = /^(\d+)(?:-(\d+))?$/;

/** `5`: 1 to 5; `4-6,9`: 4, 5, 6 and 9; `7,`: 7 alone. @throws InputError on anything else; `source` gave the text */
export function parseSeeds(text: string, source: string): number[] {
  const trimmed = text.trim();
  const seeds = /^\d+$/.test(trimmed) ? range(1, Number(trimmed), text, source) : listed(trimmed, text, source);
  return [...new Set(seeds)];
}

function listed(list: string, text: string, source: string): number[] {
  return list
    .replace(/,$/, '')
    .split(',')
    .flatMap((part) => {
      const [, first, last = first] = RANGE.exec(part.trim()) ?? [];
      if (first === undefined) throw wrong(text, source);
      return range(Number(first), Number(last), text, source);
    });
}

function range(first: number, last: number, text: string, source: string): number[] {
  if (first > last || last > LARGEST || last - first >= MOST_SEEDS) throw wrong(text, source);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function wrong(text: string, source: string): InputError {
  return new InputError({
    source,
    expected: `seeds from 0 to ${LARGEST}, at most ${MOST_SEEDS}: a number of them, or a list such as 4-6,9`,
    found: `"${text}"`,
    mend: 'Write 5 for seeds 1 to 5, and 5, (with a comma) for seed 5 alone.',
  });
}
