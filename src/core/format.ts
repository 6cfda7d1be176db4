/** How numbers are written for a reader, in reports, tables, pictures and on the command line alike; and read of one. */

/** A whole number with commas between the thousands: 113,732. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** So many of something: 1 recording, 1,203 recordings. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A share from 0 to 1 as a percentage with one decimal: 93.3 %. */
export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A pruning rate in as few digits as tell it apart, at most six: 0.98. */
export function formatRate(rate: number): string {
  return String(Number(rate.toFixed(6)));
}

/** A time that is left or taken, in the unit that suits it: 12 s, 5 min, 1.5 h. */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** A text as one word of a command line that somebody copies into a shell. */
export function shellWord(text: string): string {
  const whole = text.startsWith('-') ? `./${text}` : text;
  return /^[\w@%+=:,./-]+$/.test(whole) ? whole : `'${whole.replaceAll("'", "'\\''")}'`;
}

/** A text without what moves a terminal's cursor or changes its colours: control characters by their codes, \\x1b. */
export function withoutControls(text: string): string {
  return text.replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that are looked for.
    /[\0-\x08\x0b-\x1f\x7f-\x9f]/g,
    (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

const BREAKS: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** The same in one line: line breaks and tabs by their codes, too. */
export function inOneLine(text: string): string {
  return withoutControls(text).replaceAll(/[\t\n\u2028\u2029]/g, (sign) => BREAKS[sign]);
}

/** A text as it stands in HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number that a text is in decimal digits; undefined of anything else, as `0x10`, `Infinity` and nothing at all. */
export function parseDecimal(text: string): number | undefined {
  const trimmed = text.trim();
  return DECIMAL.test(trimmed) ? Number(trimmed) : undefined;
}
