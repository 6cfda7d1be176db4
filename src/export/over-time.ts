import { InputError } from '../core/errors.js';
import type { Model } from '../model/model.js';
import { isLocal } from '../runtime/skeleton/frame-channels.js';
import type { Exporter } from './exporter.js';

/** Whether a network reads frames one by one. */
export function isOverTime({ network }: Model): boolean {
  return (network.input.frames ?? 1) > 1;
}

/** Whether a frame of a stream costs one frame of the network: its features are the same in every window. */
export function isContinual(model: Model): boolean {
  return isOverTime(model) && isLocal(model.description.preprocessing);
}

/** @throws InputError on a network over time where a format has no program for one; `knowing` are those that have */
export function requireFitting(model: Model, { name, overTime }: Exporter, knowing: readonly Exporter[]): void {
  if (overTime || !isOverTime(model)) return;
  const others = knowing.filter((exporter) => exporter.overTime).map((exporter) => exporter.name);
  throw new InputError({
    source: `format ${name}`,
    expected: 'a network without layers over time',
    found: `one over ${model.network.input.frames} frames`,
    mend: `Export to ${others.join(' or ')}, or run its file with anyrate/runtime-temporal.`,
  });
}
