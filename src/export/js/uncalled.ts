import type { Model } from '../../model/model.js';
import { channelSteps } from '../../runtime/skeleton/channels.js';
import type { pieces } from './pieces.js';

/** A function, class or constant of the runtime. */
export type PieceName = keyof typeof pieces;

/** Functions of the runtime that are called for some models only, and not for this one. */
export function uncalled({ description, precision }: Model): PieceName[] {
  const { pose, channels } = description.preprocessing;
  const steps = new Set<string>([...pose, ...channels].map(({ step }) => step));
  const isCalled: Partial<Record<PieceName, boolean>> = {
    orderPersons: steps.has('order-persons'),
    center: steps.has('center'),
    bodyFrame: steps.has('body-frame'),
    heading: steps.has('heading'),
    fillDifferences: steps.has('bone-statistics'),
    fillDistances: steps.has('distances'),
    writeMeans: channels.some((step) => 'chunks' in step),
    writeStatistics: channels.some(({ step }) => channelSteps[step][0] > 0),
    graphConvolution: description.layers.some(({ kind }) => kind === 'graph-convolution'),
    float32Of: precision === 'float32',
  };
  return (Object.keys(isCalled) as PieceName[]).filter((name) => isCalled[name] === false);
}
