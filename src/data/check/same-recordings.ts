/** Recordings that are there twice, by their positions. */
import type { Dataset, Sample } from '../dataset.js';
import { type Finding, finding } from './finding.js';

/** One finding for each recording whose positions an earlier one has too. */
export function sameRecordings({ name, samples }: Dataset): Finding[] {
  const known = new Map<string, Sample[]>();
  const found: Finding[] = [];
  for (const sample of samples) {
    const key = keyOf(sample);
    const candidates = known.get(key) ?? [];
    const same = candidates.find((other) => haveSamePositions(sample, other));
    known.set(key, [...candidates, sample]);
    if (same === undefined) continue;
    found.push(finding('error', 'same-recording', { set: name, recording: sample.id }, `the positions of ${same.id}`));
  }
  return found;
}

/** Numbers that a key is made of. */
const LOOKED_AT = 12;

/** Recordings of different keys are different. */
function keyOf({ positions }: Sample): string {
  const step = Math.max(1, Math.floor(positions.length / LOOKED_AT));
  const values = Array.from({ length: LOOKED_AT }, (_, i) => positions[i * step]);
  return `${positions.length} ${values.join(' ')}`;
}

function haveSamePositions({ positions: a }: Sample, { positions: b }: Sample): boolean {
  return a.every((value, i) => Object.is(value, b[i]) || value === b[i]);
}
