import { INTERRUPTED } from './failure.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Aborts a signal at the first Ctrl-C, or request to end, saying what happens, and quits at once at the second. */
export function onInterrupt(what: string): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const handle = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    console.error(`\n${what}; once more to quit at once.`);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, handle);
  const release = () => {
    for (const name of SIGNALS) process.off(name, handle);
  };
  return { signal: controller.signal, release };
}
