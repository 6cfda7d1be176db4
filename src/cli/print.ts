/** Prints JSON, or else lines for a reader. */
export function printResult(json: boolean | undefined, value: unknown, lines: () => string): void {
  console.log(json ? JSON.stringify(value, null, 2) : lines());
}

/** Help text with examples below the flags. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
