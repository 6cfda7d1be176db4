import type { Model } from '../../model/model.js';
import { planNetwork } from '../../runtime/plan.js';
import type { pieces } from './pieces.js';

/** A function, class or constant of the runtime. */
export type PieceName = keyof typeof pieces;

/** Functions of the runtime that are called for some models only, and not for this one. */
export function uncalled({ description, network, precision }: Model): PieceName[] {
  const { pose, channels } = description.preprocessing;
  const steps = new Set<string>([...pose, ...channels].map(({ step }) => step));
  const products = planNetwork(description.layers, network.input, network.classes).map((layer) => layer.products);
  const hasPair = (first: string) => products.some((own) => own.length > 1 && own[0].name === first);
  const isCalled: Partial<Record<PieceName, boolean>> = {
    orderPersons: steps.has('order-persons'),
    centers: steps.has('center'),
    bodyAxes: steps.has('body-frame'),
    bones: steps.has('bone-statistics'),
    distances: steps.has('distances'),
    targetsOf: steps.has('distances'),
    writeMeans: channels.some((step) => 'chunks' in step),
    writeStatistics: [...steps].some((step) => /statistics|distances/.test(step)),
    graphConvolution: products.some((own) => own.length > 1),
    aggregateThenFilter: hasPair('attention'),
    filterThenAggregate: hasPair('filters'),
    multiply: products.some((own) => own.length > 1),
    float32: precision === 'float32',
    float32Of: precision === 'float32',
  };
  return (Object.keys(isCalled) as PieceName[]).filter((name) => isCalled[name] === false);
}
