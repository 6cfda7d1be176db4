/** Options of all kinds of layers; apart from their classes, so that reading a recipe or a model needs not load them. */
import * as v from 'valibot';
import { MOST_LAYERS } from '../runtime/file/limits.js';
import type { ActivationName, Combine, LayerKind, LayerOf, PoolOver } from '../runtime/network/products.js';
import { extend, int, number, strictObject, variant } from '../skeleton/shapes.js';

const activations: Readonly<Record<ActivationName, true>> = { relu: true, none: true };
const combines: Readonly<Record<Combine, true>> = { sum: true, concatenate: true };
/** All that a pool can be over. */
const overs: Readonly<Record<PoolOver, true>> = { time: true, joints: true, both: true };

const activation = v.picklist(Object.keys(activations) as ActivationName[]);

/** Options of what follows a layer's product. */
const activationSchema = strictObject({
  activation: v.optional(activation, 'relu'),
  /** Probability that dropout sets an output to zero in training; needs `relu`. */
  dropout: v.optional(v.pipe(number, v.minValue(0), v.ltValue(1)), 0),
});

/** Adds what enters so many layers, this one the last, before the activation; over time only. */
const residual = v.optional(v.pipe(int, v.minValue(1), v.maxValue(16)));

const graphConvolutionSchema = extend(activationSchema, {
  kind: v.literal('graph-convolution'),
  heads: v.pipe(int, v.minValue(1), v.maxValue(256)),
  /** Filters a head. */
  filters: v.pipe(int, v.minValue(1), v.maxValue(4096)),
  combine: v.picklist(Object.keys(combines) as Combine[]),
  residual,
});

const denseSchema = extend(activationSchema, {
  kind: v.literal('dense'),
  units: v.pipe(int, v.minValue(1), v.maxValue(65536)),
  /**
   * Deals the units out to so many networks in one, each of which reads filters of its own and learns to answer alone; the
   * logits are the mean of theirs.
   */
  members: v.optional(v.pipe(int, v.minValue(2), v.maxValue(64))),
});

const temporalConvolutionSchema = extend(activationSchema, {
  kind: v.literal('temporal-convolution'),
  filters: v.pipe(int, v.minValue(1), v.maxValue(4096)),
  /** Frames that a filter reads. */
  kernel: v.pipe(int, v.minValue(1), v.maxValue(256)),
  stride: v.optional(v.pipe(int, v.minValue(1), v.maxValue(256)), 1),
  dilation: v.optional(v.pipe(int, v.minValue(1), v.maxValue(256)), 1),
  /** Each filter reads one channel. */
  depthwise: v.optional(v.boolean(), false),
  residual,
});

const poolSchema = extend(activationSchema, {
  kind: v.literal('pool'),
  over: v.optional(v.picklist(Object.keys(overs) as PoolOver[]), 'both'),
  activation: v.optional(activation, 'none'),
});

const layerSchemas = {
  'graph-convolution': graphConvolutionSchema,
  dense: denseSchema,
  'temporal-convolution': temporalConvolutionSchema,
  pool: poolSchema,
} satisfies { readonly [Kind in LayerKind]: v.GenericSchema<unknown, LayerOf<Kind>> };

type LayerSchema = (typeof layerSchemas)[LayerKind];

const layerSchema = variant('kind', Object.values(layerSchemas) as [LayerSchema, ...LayerSchema[]]);

/** The hidden layers, first to last; a dense layer with one unit a class is added after them. */
export const networkSchema = v.pipe(v.array(layerSchema), v.minLength(1), v.maxLength(MOST_LAYERS));

export type LayerOptions = v.InferOutput<typeof layerSchema>;

/** The options of one kind of layer. */
export type OptionsOf<Kind extends LayerKind> = Extract<LayerOptions, { kind: Kind }>;
