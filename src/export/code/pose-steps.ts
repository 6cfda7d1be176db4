import type { PoseStep } from '../../runtime/steps/pose.js';

/** Pose steps before and after the one that resamples. */
export function splitPose(steps: readonly PoseStep[]): { before: readonly PoseStep[]; after: readonly PoseStep[] } {
  const at = steps.findIndex(({ step }) => step === 'resample');
  return { before: steps.slice(0, at), after: steps.slice(at + 1) };
}
