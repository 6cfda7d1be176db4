import { InputError } from '../../core/errors.js';
import type { PoseStep } from '../../runtime/steps/pose.js';

/** Pose steps around the one that resamples. @throws InputError if there are two of those */
export function splitPose(steps: readonly PoseStep[]): { before: readonly PoseStep[]; after: readonly PoseStep[] } {
  const at = steps.findIndex(({ step }) => step === 'resample');
  const [before, after] = [steps.slice(0, at), steps.slice(at + 1)];
  if (after.every(({ step }) => step !== 'resample')) return { before, after };
  throw new InputError({
    source: 'model',
    place: 'preprocessing.pose',
    expected: 'one step "resample"',
    found: 'more',
    mend: 'Train with one of them.',
  });
}
