import { loadSequence } from '../data/node/load-sequence.js';
import type { Model } from '../model/model.js';
import type { SkeletonSequence } from '../runtime/skeleton/sequence.js';

/** Reads a recorded sequence of what a model was trained on. */
export function loadRecording(file: string, { description }: Model): Promise<SkeletonSequence> {
  const { layout, persons, provenance } = description;
  return loadSequence(file, { persons, joints: layout.joints.length, format: provenance.dataset });
}
