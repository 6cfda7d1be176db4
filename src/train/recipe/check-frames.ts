/** Recordings of one frame: a still pose is enough for a recipe without a step over time, and for no other. */

import { assertNever } from '../../core/errors.js';
import { finding, findingError } from '../../data/check/finding.js';
import type { Dataset, Split } from '../../data/dataset.js';
import type { ChannelStep } from '../../runtime/skeleton/channels.js';
import type { Recipe } from './recipe.js';

/** @throws InputError that names the first recording of one frame, and the recipe's step over time */
export function checkFrames(recipe: Recipe, { name, samples }: Dataset, splits: readonly Split[]): void {
  const step = stepOverTime(recipe);
  if (step === undefined) return;
  const used = splits.flatMap(({ train, test }) => [...train, ...test]);
  const still = used.find((index) => samples[index].frames < 2);
  if (still === undefined) return;
  const place = { set: name, recording: samples[still].id };
  throw findingError(finding('error', 'one-frame', place, `1 frame, and ${step} in recipe ${recipe.name}`));
}

/** The first step that means nothing for a still pose, in words. */
function stepOverTime({ preprocessing, augmentation }: Recipe): string | undefined {
  const channel = preprocessing.channels.find(isOverTime);
  if (channel !== undefined)
    return 'chunks' in channel ? `"${channel.step}" in ${channel.chunks} chunks` : `"${channel.step}"`;
  const changed = augmentation.find(({ step }) => step === 'time-warp' || step === 'amplitude');
  return changed === undefined ? undefined : `"${changed.step}"`;
}

function isOverTime(channel: ChannelStep): boolean {
  switch (channel.step) {
    case 'positions':
      return channel.chunks > 1;
    case 'velocities':
    case 'statistics':
    case 'bone-statistics':
    case 'distances':
    case 'frame-positions':
    case 'frame-relative':
    case 'frame-bones':
    case 'frame-velocities':
      return true;
    default:
      return assertNever(channel);
  }
}
