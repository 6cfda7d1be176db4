import type * as Jax from '@jax-js/jax';
import type { Layer } from '../../src/model/layer.js';

// jax-js asks for this class, which Node 20 lacks.
(globalThis as { Float16Array?: unknown }).Float16Array ??= class {};
const jax: typeof Jax = await import('@jax-js/jax');
await jax.init('cpu');
jax.defaultDevice('cpu');

export const np: typeof Jax.numpy = jax.numpy;
export const nn: typeof Jax.nn = jax.nn;
export const grad: typeof Jax.grad = jax.grad;
export const valueAndGrad: typeof Jax.valueAndGrad = jax.valueAndGrad;
export type JaxArray = Jax.numpy.Array;

/** A float64 array of jax-js. */
export function array(values: ArrayLike<number>, shape: number[] = [values.length]): JaxArray {
  return np.array(Array.from(values), { dtype: np.float64 }).reshape(shape);
}

/** np.einsum of `ab,bc->ac`; its own parser needs a newer Node. */
export function einsum(subscripts: string, ...operands: JaxArray[]): JaxArray {
  const [inputs, output] = subscripts.split('->').map((part) => part.split(',').map(numbers));
  return np.einsum(...inputs.flatMap((indices, i) => [operands[i], indices]), output[0]);
}

function numbers(letters: string): number[] {
  return Array.from(letters, (letter) => letter.charCodeAt(0) - 97);
}

/** What a layer is given, as jax-js arrays. */
export interface LayerTensors {
  readonly input: JaxArray;
  readonly weights: readonly JaxArray[];
  readonly bias: JaxArray;
}

/** A layer's output [rows][n] by the textbook formula over the reshaped tensors. */
export type LayerFormula = (layer: Layer, tensors: LayerTensors, n: number) => JaxArray;

export interface Forms {
  readonly heads: number;
  readonly filters: number;
  readonly combine: 'sum' | 'concatenate';
  readonly activation: 'relu' | 'none';
}

/** Σ_k A_k U W_k or [A_k U W_k]_k, then bias and activation (docs/method.md). */
export function graphConvolution({ heads, filters, combine, activation }: Forms): LayerFormula {
  return ({ input: { nodes, channels }, output, weights }, tensors, n) => {
    const aggregateFirst = weights[0].name === 'attention';
    const [first, second] = tensors.weights;
    const [attention, filter] = aggregateFirst ? [first, second] : [second, first];
    const summed = combine === 'sum';
    const attentionIndex = aggregateFirst ? 'vku' : summed ? 'vuk' : 'kvu';
    const filterIndex = aggregateFirst && summed ? 'fkc' : 'kfc';
    const size: Record<string, number> = { v: nodes, u: nodes, k: heads, f: filters, c: channels };
    const shaped = (tensor: JaxArray, index: string) => tensor.reshape(Array.from(index, (letter) => size[letter]));
    const a = shaped(attention, attentionIndex);
    const w = shaped(filter, filterIndex);
    const u = tensors.input.reshape([nodes, channels, n]);
    const product = einsum(`${attentionIndex},ucn,${filterIndex}->${summed ? 'vfn' : 'vkfn'}`, a, u, w);
    const y = product.reshape([nodes, output.channels, n]).add(tensors.bias.reshape([1, output.channels, 1]));
    return activate(y, activation).reshape([nodes * output.channels, n]);
  };
}

/** W x + b, then the activation. */
export function dense({ activation }: Pick<Forms, 'activation'>): LayerFormula {
  return ({ output, weights }, { weights: [weight], input, bias }) => {
    const y = einsum('ur,rn->un', weight.reshape([weights[0].rows, weights[0].columns]), input);
    return activate(y.add(bias.reshape([output.channels, 1])), activation);
  };
}

/** W_m x_m + b of each member m of M, x_m the inputs m, m + M, m + 2 M …; the units are ordered likewise, or member by member. */
export function denseMembers(forms: Pick<Forms, 'activation'>, members: number, apart: boolean): LayerFormula {
  return ({ output, weights }, { weights: [weight], input, bias }, n) => {
    const [units, inputs] = [weights[0].rows / members, weights[0].columns];
    const product = einsum(
      `mui,imn->${apart ? 'mun' : 'umn'}`,
      weight.reshape([members, units, inputs]),
      input.reshape([inputs, members, n]),
    );
    const y = product.reshape([output.channels, n]).add(bias.reshape([output.channels, 1]));
    return activate(y, forms.activation);
  };
}

function activate(y: JaxArray, activation: Forms['activation']): JaxArray {
  return activation === 'relu' ? nn.relu(y) : y;
}
