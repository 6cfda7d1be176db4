import { CommanderError } from 'commander';
import { DivergenceError, InputError, InterruptedError } from '../core/errors.js';
import { withoutControls } from '../core/format.js';
import { JobsFailedError } from '../run/jobs/run-jobs.js';

const INTERNAL = 1;
export const BAD_INPUT = 2;
const DIVERGED = 3;
const INTERRUPTED = 130;

/** Says something on stderr; names in it may be anybody's. */
export function tell(text: string): void {
  console.error(withoutControls(text));
}

/** Says what went wrong, in one line unless it is a bug in anyrate itself, and sets the exit code. */
export function failWith(error: unknown): void {
  process.exitCode = exitCodeOf(error);
  if (error instanceof CommanderError) return; // commander has printed it
  const { message, stack } = error as Error;
  if (error instanceof JobsFailedError) tell(`error: ${message}`);
  else if (process.exitCode === INTERNAL) console.error(`anyrate failed; this is a bug in anyrate.\n${stack}`);
  else tell((process.exitCode === INTERRUPTED ? message : `error: ${message}`).replaceAll('\n', '\\n'));
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : BAD_INPUT;
  if (error instanceof InputError) return BAD_INPUT;
  if (error instanceof DivergenceError) return DIVERGED;
  return error instanceof InterruptedError ? INTERRUPTED : INTERNAL;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Aborts a signal at the first Ctrl-C, or request to end, saying what happens, and quits at once at the second. */
export function onInterrupt(what: string): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const handle = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    console.error(`\n${what}; interrupt once more to quit at once.`);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, handle);
  const release = () => {
    for (const name of SIGNALS) process.off(name, handle);
  };
  return { signal: controller.signal, release };
}
