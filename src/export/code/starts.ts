/** What the sums of a network's products begin with, to the bit as in the runtime: what is constant is in them. */

import { runtimeOf } from '../../model/file/runtime-of.js';
import type { Model } from '../../model/model.js';
import { activate, type SparseNetwork, type Stage } from '../../runtime/network/sparse-network.js';
import type { ProgramLayer } from './program.js';

/** What the outputs of a product begin with. Those that depend on no feature are 0: what reads them begins with their share. */
export interface ProductStart {
  readonly outputs: number;
  /** 1 for each output that depends on features; undefined where the others come out as 0 anyway. */
  readonly varying: Uint8Array | undefined;
  /** Biases are those of so many channels; or 0, and there is one for each output that varies, or none at all. */
  readonly channels: number;
  readonly biases: readonly number[];
}

/** Of a network without time, product by product; and each logit that is constant, NaN where it is not, if there is one. */
export function startsOf(model: Model, layers: readonly ProgramLayer[]) {
  const network = runtimeOf(model).view().network as SparseNetwork;
  const stages = network.stages.values();
  const starts = layers.flatMap(({ plan, products, bias }) =>
    products.map((_, i) => {
      const stage = stages.next().value as Stage;
      const { nodes, channels } = plan.output;
      return i < products.length - 1 ? startOf(stage, plan.scratchRows) : startOf(stage, nodes * channels, bias);
    }),
  );
  const { places } = network.stages.at(-1)!;
  const logits = network.run(new Float32Array(network.needed.length));
  const constants = Array.from(logits, (logit, label) => (places.includes(label) ? Number.NaN : logit));
  return { starts, constantLogits: places.length < constants.length ? constants : undefined };
}

const NONE: Float32Array = new Float32Array();

/** @param biases of every channel, if there are some */
function startOf(stage: Stage, outputs: number, biases = NONE): ProductStart {
  const channels = biases.length;
  const biasOf = (place: number) => (channels > 0 ? biases[place % channels] : 0);
  const varying = new Uint8Array(outputs);
  for (const place of stage.places) varying[place] = 1;
  const isBare = stage.places.every((place, i) => stage.bias[i] === biasOf(place));
  const isQuiet = varying.every((one, place) => one === 1 || activate(biasOf(place), stage.fold) === 0);
  if (isBare) return { outputs, varying: isQuiet ? undefined : varying, channels, biases: [...biases] };
  const found = new Map(stage.places.map((place, i) => [place, stage.bias[i]]));
  const inOrder = [...varying.keys()].filter((place) => varying[place] === 1).map((place) => found.get(place)!);
  return { outputs, varying, channels: 0, biases: inOrder };
}
