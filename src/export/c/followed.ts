import type { Preprocessing } from '../../runtime/skeleton/pipeline.js';
import type { Layout } from '../../skeleton/layouts/layout.js';
import { type Signal, signalOf } from '../code/signals.js';

/** Signals of a kind, which several steps may describe, and where the channels of each begin. */
export interface Followed {
  readonly signal: Signal;
  readonly described: { readonly signal: Signal; readonly offset: number }[];
}

/** What is followed through the frames of a node, each once. */
export function followedOf({ channels, dimensions }: Preprocessing, layout: Layout, persons: number): Followed[] {
  let offset = 0;
  const followed = new Map<string, Followed>();
  for (const step of channels) {
    const signal = signalOf(step, layout, persons, dimensions);
    const key = `${signal.kind} ${signal.targets}`;
    const found = followed.get(key) ?? { signal, described: [] };
    found.described.push({ signal, offset });
    followed.set(key, found);
    offset += channelsOf(signal) * signal.width;
  }
  return [...followed.values()];
}

/** Channels of each number that a signal follows. */
export function channelsOf({ statistics, chunks, isSteps }: Signal): number {
  return statistics + chunks - +isSteps;
}
