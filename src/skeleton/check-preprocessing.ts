import type { Layout } from './layouts/layout.js';
import type { Preprocessing } from './pipeline.js';

/** What is wrong with preprocessing steps that are each valid. */
export interface PreprocessingFault {
  /** Path of the key, as in a recipe. */
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

/** Finds the first step that does not fit the others or the layout. */
export function findPreprocessingFault(
  { pose, channels }: Preprocessing,
  layout?: Layout,
): PreprocessingFault | undefined {
  const [resampling, ...others] = pose.filter((step) => step.step === 'resample');
  if (resampling === undefined || others.length > 0) {
    return {
      place: 'preprocessing.pose',
      expected: 'one step "resample"',
      found: pose.map(({ step }) => step).join(', ') || 'no step',
    };
  }
  const { frames } = resampling;
  for (const [i, step] of channels.entries()) {
    const place = `preprocessing.channels[${i}]`;
    if ('chunks' in step && frames % step.chunks !== 0) {
      const expected = `a number of chunks that divides the ${frames} resampled frames`;
      return { place: `${place}.chunks`, expected, found: String(step.chunks) };
    }
    const unknown =
      'joints' in step ? step.joints.find((joint) => layout?.joints.includes(joint) === false) : undefined;
    if (layout !== undefined && unknown !== undefined) {
      return {
        place: `${place}.joints`,
        expected: `joints of ${layout.name}: ${layout.joints.join(', ')}`,
        found: unknown,
      };
    }
  }
  return undefined;
}
