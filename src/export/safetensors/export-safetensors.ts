import { float32Bytes } from '../../core/bytes.js';
import type { Model } from '../../model/model.js';
import { weightScale } from '../../runtime/network/rate.js';
import { describeModel } from '../description.js';
import type { Exported } from '../exporter.js';
import { type DenseTensor, denseLayers, denseMacs, denseNonzeros, weightsOf } from '../graph/dense-network.js';
import { encodeSafetensors, type RawTensor } from './safetensors.js';

/** Names of the tensors that standardise features. */
export const MEAN = 'features.mean';
export const INVERSE_DEVIATION = 'features.inverse-deviation';

/**
 * Plain tensors: `LAYER.attention` [heads][nodes out][nodes in] and `LAYER.filters` [heads][channels][filters], or
 * `LAYER.filters` [filters][channels][kernel] over time, or `LAYER.weight` [units][values]; of a residual between unlike
 * channels `LAYER.projection` [channels out][channels in]; `LAYER.bias`; `features.mean` and `features.inverse-deviation` [nodes][channels].
 */
export function exportSafetensors(model: Model): Exported {
  const layers = denseLayers(model);
  const tensors = new Map(tensorsOf(model).map(([name, tensor]) => [name, raw(tensor)]));
  return {
    files: [encodeSafetensors({ metadata: { ...describeModel(model), scales: describeScales(model) }, tensors })],
    nonzeros: denseNonzeros(layers),
    macs: denseMacs(layers),
  };
}

/** What the magnitudes of each weight tensor are measured in when weights are ranked for a cut, by the tensor's name. */
function describeScales({ network, parameters: { scales, gains }, rate }: Model): string {
  const entries = network.weights.map(({ fullName }, t) => [fullName, weightScale(scales[t], gains[t], rate)]);
  return JSON.stringify(Object.fromEntries(entries));
}

function tensorsOf(model: Model): [string, DenseTensor][] {
  const { mean, inverseDeviation } = model.parameters;
  const shape = [model.pipeline.nodes, model.pipeline.channels];
  return [
    [MEAN, { shape, values: mean }],
    [INVERSE_DEVIATION, { shape, values: inverseDeviation }],
    ...denseLayers(model).flatMap((layer) =>
      Object.entries({ ...weightsOf(layer), bias: layer.bias }).map(([name, tensor]): [string, DenseTensor] => [
        `${layer.name}.${name}`,
        tensor,
      ]),
    ),
  ];
}

function raw({ shape, values }: DenseTensor): RawTensor {
  return { dtype: 'F32', shape, bytes: float32Bytes(values) };
}
