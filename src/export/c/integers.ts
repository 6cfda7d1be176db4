import type { Program } from '../code/program.js';
import { type SlotNetwork, type SlotProduct, slotNetwork } from '../code/slots.js';
import type { Arithmetic, StoredProduct } from './network.js';
import { type Constant, constant, integerType } from './text.js';

/**
 * A network in whole numbers. A value is a number of 16 bits times a scale that all values of its activation share; weights
 * have 8 bits. Sums have 32 bits, and lose as many bits as the greatest of them may have too much: the bound is that of
 * features all at their limits, so that no recording can overflow it, and none is needed to find it.
 */
export interface IntegerNetwork extends SlotNetwork {
  readonly products: readonly WholeProduct[];
  /** Bits of features after the point. */
  readonly featureBits: number;
  /** What a logit's unit is worth. */
  readonly logitScale: number;
}

/** A product, and what a unit of its sums is worth. */
type WholeProduct = StoredProduct & { readonly sumScale: number };

export const integers: Arithmetic = {
  weight: ['int8_t', 1, String],
  value: ['int16_t', 2],
  sum: ['int32_t', 4, String],
  bias: (values) => integerType([...values, -1]),
};

/** Where features end, in deviations. */
export const CLAMP = 6;
const MOST_FEATURE_BITS = 12;
/** Of numbers of a node: those that are not used go through filters as they are, to where nothing is read. */
const MOST_NUMBER = 2 ** 14;
const MOST_VALUE = 2 ** 15 - 1;
/** Less what rounding adds to biases of 8 bits. */
const MOST_SUM = 2 ** 31 - 2 ** 23;

export function integerNetwork(program: Program): IntegerNetwork {
  const network = slotNetwork(program, program.live);
  const spare = network.products.map(() => 0);
  for (;;) {
    const attempt = shifted(network, spare);
    if (attempt.overflow === undefined) return attempt.network;
    spare[attempt.overflow.product] += attempt.overflow.bits;
  }
}

/** Where a sum overflows, and by how many bits. */
interface Overflow {
  readonly product: number;
  readonly bits: number;
}

type Attempt = { readonly network: IntegerNetwork; readonly overflow: undefined } | { readonly overflow: Overflow };

/** @param spare bits that the input of each product gives up besides */
function shifted(network: SlotNetwork, spare: readonly number[]): Attempt {
  const featureBits = MOST_FEATURE_BITS - spare[0];
  const most = CLAMP * 2 ** featureBits;
  const bound = network.isByNode ? Math.max(most, MOST_NUMBER) : most;
  let bounds = Array.from({ length: inputSize(network) }, () => bound);
  let scale = 2 ** -featureBits;
  const products: WholeProduct[] = [];
  for (const [i, product] of network.products.entries()) {
    const sumScale = scale * product.scale;
    const bias = product.bias.map((value) => Math.round(value / sumScale));
    const sums = sumBounds({ ...product, bias }, bounds);
    const greatest = Math.max(...sums, 1);
    if (greatest > MOST_SUM) return { overflow: { product: i, bits: Math.ceil(Math.log2(greatest / MOST_SUM)) } };
    const isLast = i === network.products.length - 1;
    const shift = isLast ? 0 : Math.max(0, Math.ceil(Math.log2(greatest / MOST_VALUE))) + spare[i + 1];
    products.push({ ...product, bias, shift, sumScale });
    bounds = [...sums.map((sum) => Math.ceil(sum / 2 ** shift)).filter((_, value) => product.kept[value] === 1)];
    scale = sumScale * 2 ** shift;
  }
  return { network: { ...network, products, featureBits, logitScale: scale }, overflow: undefined };
}

function inputSize({ isByNode, products, sizes, kept }: SlotNetwork): number {
  return isByNode ? kept[0].length / products[0].units : sizes[0];
}

/** The greatest magnitude of each value of all units, stored or not. */
function sumBounds(product: SlotProduct, inputs: readonly number[]): number[] {
  const { units, widths, isShared, step, counts, columns, weights, bias } = product;
  const bounds: number[] = [];
  let [row, entry] = [0, 0];
  for (let unit = 0; unit < units; unit++) {
    if (isShared) [row, entry] = [0, 0];
    let value = 0;
    for (const width of widths) {
      const end = entry + counts[row++];
      for (let i = 0; i < width; i++, value++) {
        let bound = Math.abs(bias[value] ?? 0);
        for (let at = entry; at < end; at++) bound += Math.abs(weights[at]) * inputAt(columns[at] + i + unit * step);
        bounds.push(bound);
      }
      entry = end;
    }
  }
  return bounds;

  /** Features that are used up node by node have the same bounds at each. */
  function inputAt(slot: number): number {
    return inputs[slot < inputs.length ? slot : slot % inputs.length];
  }
}

/**
 * What the powers of two look up, and the square root, if there is one: of a sixteenth of a power of four each, the root in the
 * lower half of a word, the way to the next one in the upper. The seventeenth power is the first root.
 */
export function curveTables(hasRoot: boolean): Constant[] {
  const range = (count: number) => [...Array(count).keys()];
  const roots = range(49).map((i) => Math.min(65535, Math.round(Math.sqrt((i + 16) * 2 ** 26))));
  const ways = range(48).map((i) => roots[i] + 2 ** 16 * (roots[i + 1] - roots[i]));
  const powers = range(16).map((i) => Math.round(2 ** (16 - i / 16)));
  return [constant('uint32_t', 'curves', [...powers, ...(hasRoot ? ways : roots.slice(0, 1))])];
}

/** From the difference of two logits to a power of two with 27 bits after the point: see `behind` in int-softmax.c. */
export function softmaxNumbers(logitScale: number, temperature: number) {
  const worth = logitScale / (temperature * Math.LN2);
  const bits = Math.max(0, Math.ceil(Math.log2(32 / worth / 2 ** 16)));
  return { bits, factor: Math.min(2 ** 32 - 1, Math.round(worth * 2 ** (bits + 27))) };
}
