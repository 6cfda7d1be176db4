/** Options of all kinds of layers; apart from their classes, so that reading a recipe or a model needs not load them. */
import * as z from 'zod/mini';
import { MOST_LAYERS } from '../runtime/file/limits.js';
import type { ActivationName, Combine, LayerKind, LayerOf, PoolOver } from '../runtime/network/products.js';

const activations: Readonly<Record<ActivationName, true>> = { relu: true, none: true };
const combines: Readonly<Record<Combine, true>> = { sum: true, concatenate: true };
/** All that a pool can be over. */
const overs: Readonly<Record<PoolOver, true>> = { time: true, joints: true, both: true };

const activation = z.enum(Object.keys(activations) as ActivationName[]);

/** Options of what follows a layer's product. */
const activationSchema = z.strictObject({
  activation: z._default(activation, 'relu'),
  /** Probability that dropout sets an output to zero in training; needs `relu`. */
  dropout: z._default(z.number().check(z.minimum(0), z.lt(1)), 0),
});

/** Adds what enters so many layers, this one the last, before the activation; over time only. */
const residual = z.optional(z.int().check(z.minimum(1), z.maximum(16)));

const graphConvolutionSchema = z.extend(activationSchema, {
  kind: z.literal('graph-convolution'),
  heads: z.int().check(z.minimum(1), z.maximum(256)),
  /** Filters a head. */
  filters: z.int().check(z.minimum(1), z.maximum(4096)),
  combine: z.enum(Object.keys(combines) as Combine[]),
  residual,
});

const denseSchema = z.extend(activationSchema, {
  kind: z.literal('dense'),
  units: z.int().check(z.minimum(1), z.maximum(65536)),
  /**
   * Deals the units out to so many networks in one, each of which reads filters of its own and learns to answer alone; the
   * logits are the mean of theirs.
   */
  members: z.optional(z.int().check(z.minimum(2), z.maximum(64))),
});

const temporalConvolutionSchema = z.extend(activationSchema, {
  kind: z.literal('temporal-convolution'),
  filters: z.int().check(z.minimum(1), z.maximum(4096)),
  /** Frames that a filter reads. */
  kernel: z.int().check(z.minimum(1), z.maximum(256)),
  stride: z._default(z.int().check(z.minimum(1), z.maximum(256)), 1),
  dilation: z._default(z.int().check(z.minimum(1), z.maximum(256)), 1),
  /** Each filter reads one channel. */
  depthwise: z._default(z.boolean(), false),
  residual,
});

const poolSchema = z.extend(activationSchema, {
  kind: z.literal('pool'),
  over: z._default(z.enum(Object.keys(overs) as PoolOver[]), 'both'),
  activation: z._default(activation, 'none'),
});

const layerSchemas = {
  'graph-convolution': graphConvolutionSchema,
  dense: denseSchema,
  'temporal-convolution': temporalConvolutionSchema,
  pool: poolSchema,
} satisfies { readonly [Kind in LayerKind]: z.ZodMiniType<LayerOf<Kind>> };

type LayerSchema = (typeof layerSchemas)[LayerKind];

const layerSchema = z.discriminatedUnion('kind', Object.values(layerSchemas) as [LayerSchema, ...LayerSchema[]]);

/** The hidden layers, first to last; a dense layer with one unit a class is added after them. */
export const networkSchema = z.array(layerSchema).check(z.minLength(1), z.maxLength(MOST_LAYERS));

export type LayerOptions = z.output<typeof layerSchema>;

/** The options of one kind of layer. */
export type OptionsOf<Kind extends LayerKind> = Extract<LayerOptions, { kind: Kind }>;
