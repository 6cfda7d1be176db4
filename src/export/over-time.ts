import { InputError } from '../core/errors.js';
import type { Model } from '../model/model.js';

/** @throws InputError on a network over time, which no exporter has a program for */
export function requireStill({ network }: Model, format: string): void {
  const { frames = 1 } = network.input;
  if (frames === 1) return;
  throw new InputError({
    source: `format ${format}`,
    expected: 'a network without layers over time',
    found: `one over ${frames} frames`,
    mend: 'Run its file with anyrate/runtime-temporal.',
  });
}
