import type { Reporter, TestModule } from 'vitest/node';

/** Prints after a run, in one line, how many tests were skipped, and for want of what: see tools.ts. */
export class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const titles = modules.flatMap((module) => [...module.children.allTests('skipped')].map((one) => one.fullName));
    const line = skippedLine(titles);
    if (line) console.log(line);
  }
}

/** The line for the full titles of skipped tests; none if there are none. */
export function skippedLine(titles: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const title of titles) {
    const reason = /\[without (.*?)\]/.exec(title)?.[1] ?? 'what their titles say';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const parts = [...counts].sort().map(([reason, count]) => `${reason} (${count})`);
  const tests = titles.length === 1 ? '1 test' : `${titles.length} tests`;
  return titles.length > 0 ? `Skipped ${tests} for want of ${parts.join(', ')}.` : '';
}
