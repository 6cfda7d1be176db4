// rate-statistics.js RUN DATA: what it does to a trained network's cuts if the mean, or mean and deviation, of every channel before
// its activation are made those of the whole network, estimated on the training sequences layer by layer. Accuracy on what the
// run's report is of, in per cent, one run folder a training.
import { markdownTable } from 'markdown-table';
import { evaluationFeatures } from '../dist/evaluate/evaluate.js';
import { inferenceOf } from '../dist/model/inference.js';
import { cut, labelledSequences, loadDataset, RunFolder, selectSplit } from '../dist/node.js';

const COLUMNS = 64;
/** Sequences that statistics are estimated on, at most about so many. */
const MOST_SEQUENCES = 256;
const RATES = [0.9, 0.98, 0.99];
const LEAST_DEVIATION = 1e-6;

const [run, data] = process.argv.slice(2);
const model = RunFolder.open(run).model();
const dataset = await loadDataset(data);
const { train, test } = selectSplit(dataset, model.description.provenance.split);
const stride = Math.max(1, Math.floor(train.length / MOST_SEQUENCES));
const estimated = featuresOf(train.filter((_, i) => i % stride === 0));
const asked = featuresOf(test);

const whole = prepare(0);
const targets = whole.hidden.map((layer) => whole.statistics(layer));
const rows = RATES.map((rate) => {
  const corrected = (change) => {
    const network = prepare(rate);
    for (const [i, layer] of network.hidden.entries()) {
      network.corrections.set(layer, change(network.statistics(layer), targets[i], network.biases[layer]));
    }
    return network.accuracy();
  };
  return [`${rate}`, prepare(rate).accuracy(), corrected(meansAlone), corrected(meansAndDeviations)];
});
console.log(markdownTable([['rate', 'as it was cut', 'means', 'means and deviations'], ...rows]));

function featuresOf(indices) {
  const sequences = labelledSequences(model, dataset, indices);
  return { labels: sequences.map(({ label }) => label), features: evaluationFeatures(model, sequences) };
}

/** y becomes factor · y + bias, of channels before their activation without their bias. */
function meansAlone({ mean }, target, bias) {
  return { factor: bias.map(() => 1), bias: bias.map((value, c) => value + target.mean[c] - mean[c]) };
}

function meansAndDeviations({ mean, deviation }, target, bias) {
  const factor = deviation.map((value, c) => (value < LEAST_DEVIATION ? 1 : target.deviation[c] / value));
  return { factor, bias: bias.map((value, c) => target.mean[c] - factor[c] * (mean[c] - value)) };
}

/** The network at a rate, whose hidden layers can be corrected. */
function prepare(rate) {
  const small = cut(model, { rate });
  const parameters = small.atRate(rate);
  const inference = inferenceOf(small, rate, COLUMNS);
  const corrections = new Map();
  const probe = { layer: undefined, columns: 0, sums: undefined };
  const { layers } = inference.network;
  const hidden = [...layers.keys()].filter((i) => i < layers.length - 1 && layers[i].biases.length > 0);
  for (const i of hidden) watch(layers[i].activation, i, corrections, probe);
  const answer = (features) => {
    const logits = [];
    for (let start = 0; start < features.length; start += COLUMNS) {
      const part = features.slice(start, start + COLUMNS);
      probe.columns = part.length;
      logits.push(...inference.run(part));
    }
    return logits;
  };
  return {
    hidden,
    corrections,
    biases: parameters.biases,
    statistics(layer) {
      const size = parameters.biases[layer].length;
      probe.layer = layer;
      probe.sums = { count: 0, first: new Float64Array(size), second: new Float64Array(size) };
      answer(estimated.features);
      probe.layer = undefined;
      const { count, first, second } = probe.sums;
      const mean = first.map((sum) => (sum * size) / count);
      return { mean, deviation: second.map((sum, c) => Math.sqrt(Math.max(0, (sum * size) / count - mean[c] ** 2))) };
    },
    accuracy() {
      const right = answer(asked.features).filter(
        (logits, i) => logits.indexOf(Math.max(...logits)) === asked.labels[i],
      );
      return ((100 * right.length) / asked.labels.length).toFixed(1);
    },
  };
}

/** Corrects what a layer's activation reads, and adds it up where its statistics are wanted. */
function watch(activation, layer, corrections, probe) {
  const forward = activation.forward.bind(activation);
  activation.forward = (pass, y, bias) => {
    const { floats } = pass.kernels.heap;
    const { n } = pass;
    const { size, count } = activation;
    const trained = floats.slice(bias >> 2, (bias >> 2) + size);
    const { factor, bias: added = trained } = corrections.get(layer) ?? {};
    for (let row = 0; row < size * count; row++) {
      const c = row % size;
      const values = floats.subarray((y >> 2) + row * n, (y >> 2) + (row + 1) * n);
      if (factor !== undefined) for (let i = 0; i < n; i++) values[i] *= factor[c];
      if (probe.layer === layer) addUp(probe, values, added[c], c);
    }
    floats.set(added, bias >> 2);
    forward(pass, y, bias);
    floats.set(trained, bias >> 2);
  };
}

function addUp({ sums, columns }, values, bias, c) {
  for (let i = 0; i < columns; i++) {
    const value = values[i] + bias;
    sums.first[c] += value;
    sums.second[c] += value ** 2;
  }
  sums.count += columns;
}
