// TensorFlow.js in WebAssembly, one thread; a file is a .safetensors model of graph convolutions and dense layers.
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import { readNetwork } from '../../infer/read-network.js';

export async function load(bytes, { nodes, channels, assets }) {
  if (assets !== undefined) setWasmPaths(assets);
  setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
  const { standardisation, layers } = readNetwork(bytes);
  const [mean, inverseDeviation] = standardisation.map(({ values, shape }) => tf.tensor(values, shape));
  const steps = layers.map((layer) => (layer.weight ? dense(layer) : graphConvolution(layer)));
  const network = (features) => {
    const x = tf.tensor(features, [nodes, channels]).sub(mean).mul(inverseDeviation).clipByValue(-6, 6);
    return steps.reduce((value, step) => step(value), x);
  };
  return (features) => tf.tidy(() => network(features).dataSync());
}

function dense({ weight, bias, rectify }) {
  const [units, values] = weight.shape;
  const transposed = tf.tensor(weight.values, weight.shape).transpose();
  const b = tf.tensor(bias.values);
  return (x) => activate(x.reshape([1, values]).matMul(transposed).add(b).reshape([units]), rectify);
}

/** Σ_k A_k X W_k, or side by side: heads under one another first, then one product with their filters. */
function graphConvolution({ attention, filters, bias, combine, rectify }) {
  const [heads, out, into] = attention.shape;
  const [, channels, width] = filters.shape;
  const a = tf.tensor(attention.values, [heads * out, into]);
  const b = tf.tensor(bias.values);
  if (combine === 'sum') {
    const w = tf.tensor(filters.values, [heads * channels, width]);
    return (x) => {
      const z = a
        .matMul(x)
        .reshape([heads, out, channels])
        .transpose([1, 0, 2])
        .reshape([out, heads * channels]);
      return activate(z.matMul(w).add(b), rectify);
    };
  }
  const w = tf.tensor(filters.values, filters.shape);
  return (x) => {
    const y = a.matMul(x).reshape([heads, out, channels]).matMul(w).transpose([1, 0, 2]);
    return activate(y.reshape([out, heads * width]).add(b), rectify);
  };
}

const activate = (x, rectify) => (rectify ? x.relu() : x);
