// The products of src/runtime/network/sparse-network.ts, to the bit: sums in float64 and in its order, values in float32. What does
// not depend on the features is 0 here, since the biases of what reads it have it already.

import { exp } from './exponential';
import { address, float, integer, Word, word } from './memory';

/** Words of a product: its tables, then sizes and steps in values; see src/export/wasm/image.ts. */
const enum Product {
  weights, gaps, gapsWidth, counts, countsWidth, scale,
  rows, groupRows, xGroup, xColumn, yGroup, yRow, repeat, xStride, yStride,
  outputs, varying, bias, channels, rectify, words,
}

const enum Precision { float32, float16, int8 }

@inline
function field(product: usize, at: Product): i32 {
  return load<i32>(product + (<usize>at << 2));
}

/** Runs all products from `even` to `odd` and back; returns where the logits are. */
export function infer(): usize {
  let x = address(Word.even), y = address(Word.odd);
  let product = address(Word.products);
  for (let left = word(Word.productCount); left > 0; --left) {
    start(product, y);
    multiply(product, x, y);
    activate(product, y);
    const next = x;
    x = y;
    y = next;
    product += <usize>Product.words << 2;
  }
  setConstants(x);
  return x;
}

/** What every output begins with: its channel's bias, float32; or, float64, that of each output which varies; else 0. */
function start(product: usize, y: usize): void {
  const outputs = field(product, Product.outputs), channels = field(product, Product.channels);
  const varying = <usize>field(product, Product.varying);
  let bias = <usize>field(product, Product.bias);
  for (let i = 0; i < outputs; ++i) {
    let value: f64 = 0;
    if (bias != 0 && (varying == 0 || bit(varying, i))) {
      value = channels ? <f64>float(bias, i % channels) : load<f64>(bias);
      if (channels == 0) bias += 8;
    }
    store<f64>(y + (<usize>i << 3), value);
  }
}

/** Of flags, eight a byte. */
@inline
export function bit(flags: usize, i: i32): bool {
  return ((load<u8>(flags + (<usize>i >> 3)) >> (<u8>i & 7)) & 1) != 0;
}

function activate(product: usize, y: usize): void {
  const outputs = field(product, Product.outputs), isRectified = field(product, Product.rectify);
  for (let i = 0; i < outputs; ++i, y += 8) {
    const value = load<f64>(y);
    store<f64>(y, <f64><f32>(isRectified ? max<f64>(value, 0) : value));
  }
}

/** The logits that depend on nothing; the others are NaN in the table, if there is one. */
function setConstants(logits: usize): void {
  const constants = address(Word.constantLogits);
  if (constants == 0) return;
  for (let i = 0; i < word(Word.classes); ++i) {
    const logit = at(constants, i);
    if (!isNaN(logit)) store<f64>(logits + (<usize>i << 3), logit);
  }
}

/** y += W x. */
function multiply(product: usize, x: usize, y: usize): void {
  const gaps = <usize>field(product, Product.gaps), gapsWidth = field(product, Product.gapsWidth);
  const counts = <usize>field(product, Product.counts), countsWidth = field(product, Product.countsWidth);
  const weights = <usize>field(product, Product.weights), scale = reinterpret<f32>(field(product, Product.scale));
  const groupRows = field(product, Product.groupRows), repeat = field(product, Product.repeat);
  const xStride = <usize>field(product, Product.xStride) << 3, yStride = <usize>field(product, Product.yStride) << 3;
  for (let row = 0, entry = 0; row < field(product, Product.rows); ++row) {
    const group = row / groupRows;
    const to = group * field(product, Product.yGroup) + (row % groupRows) * field(product, Product.yRow);
    let from = group * field(product, Product.xGroup);
    for (let left = integer(counts, countsWidth, row); left > 0; --left, ++entry) {
      from += integer(gaps, gapsWidth, entry) * field(product, Product.xColumn);
      addTimes(<f64>(latent(weights, entry) * scale), x + (<usize>from << 3), y + (<usize>to << 3), repeat, xStride, yStride);
    }
  }
}

/** y += w x, over and over. */
@inline
function addTimes(w: f64, x: usize, y: usize, repeat: i32, xStride: usize, yStride: usize): void {
  for (; repeat > 0; --repeat, x += xStride, y += yStride) store<f64>(y, load<f64>(y) + w * load<f64>(x));
}

@inline
function latent(weights: usize, i: i32): f32 {
  const precision = word(Word.precision);
  if (precision == Precision.float32) return float(weights, i);
  if (precision == Precision.float16) return half(load<u16>(weights + (<usize>i << 1)));
  return <f32>load<i8>(weights + <usize>i) * reinterpret<f32>(word(Word.quantum));
}

/** A float16, normal or not, neither infinite nor NaN. */
@inline
function half(code: u32): f32 {
  const magnitude = reinterpret<f32>((code & 0x7fff) << 13) * reinterpret<f32>(0x77800000);
  return code >> 15 ? -magnitude : magnitude;
}

/** Writes the probabilities of the classes; returns the most probable one. */
export function softmax(logits: usize): i32 {
  const classes = word(Word.classes), out = address(Word.probabilities);
  let best = 0;
  for (let i = 1; i < classes; ++i) if (at(logits, i) > at(logits, best)) best = i;
  const temperature = <f64>reinterpret<f32>(word(Word.temperature));
  let sum: f64 = 0;
  for (let i = 0; i < classes; ++i) {
    const power = exp((at(logits, i) - at(logits, best)) / temperature);
    store<f64>(out + (<usize>i << 3), power);
    sum += power;
  }
  for (let i = 0; i < classes; ++i) store<f64>(out + (<usize>i << 3), at(out, i) / sum);
  return best;
}

@inline
function at(values: usize, i: i32): f64 {
  return load<f64>(values + (<usize>i << 3));
}
