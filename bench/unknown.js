// How well a network refuses what it was never taught: each class (and its twin on the other side) is left out once, a network
// is trained on the others, and its test sequences are told from those of the class left out, with and without synthetic
// negatives in training. Half of the test subjects fit temperatures and the rule, the other half is measured.
//
//   node bench/unknown.js MODELS NAME=DATA ... [--variants plain,negatives] > docs/results/unknown.md
//
// MODELS is a folder where trained networks are kept: who runs it again trains only what is missing.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import { runCuts } from '../dist/evaluate/evaluate.js';
import { auroc, shareRefused, thresholdFor } from '../dist/evaluate/rejection/detection.js';
import { fitRejection } from '../dist/evaluate/rejection/fit.js';
import { compareRates, REFUSED } from '../dist/evaluate/rejection/unknown.js';
import {
  automaticRecipe,
  calibrate,
  createTraining,
  evaluate,
  labelledSequences,
  loadDataset,
  loadModel,
  loadRecipe,
  parseRecipe,
  saveModel,
} from '../dist/node.js';

const STEPS = 1000;
const RATES = [0, 0.9, 0.98];
/** What a recipe's `negatives` are; docs/results/unknown.md has the twists of irds. */
const VARIANTS = { plain: undefined, negatives: {}, twists: { kinds: ['twist'] } };

/** Classes that differ in the side alone are left out together where the skeleton has two sides. */
function groupsOf({ classes, layout }) {
  const isTwoSided = layout.mirror.some((image, joint) => image !== joint);
  const stemOf = (name) => (isTwoSided ? name.replace(/-(left|right)$/, '') : name);
  return [...new Set(classes.map(stemOf))].map((stem) => classes.filter((name) => stemOf(name) === stem));
}

/** The data set without a group of classes, and the sequences of those that the split tests with. */
function without(dataset, group) {
  const [split] = dataset.splits;
  const classes = dataset.classes.filter((name) => !group.includes(name));
  const isOut = (index) => group.includes(dataset.classes[dataset.samples[index].label]);
  const kept = [...dataset.samples.keys()].filter((index) => !isOut(index));
  const places = new Map(kept.map((index, place) => [index, place]));
  const part = (indices) => indices.filter((index) => places.has(index)).map((index) => places.get(index));
  const samples = kept.map((index) => {
    const sample = dataset.samples[index];
    return { ...sample, label: classes.indexOf(dataset.classes[sample.label]) };
  });
  const splits = [{ ...split, train: part(split.train), test: part(split.test) }];
  const unknown = split.test.filter(isOut).map((index) => dataset.samples[index]);
  return { known: { ...dataset, classes, samples, splits }, unknown };
}

function recipeFor(dataset, negatives) {
  const json = JSON.parse(JSON.stringify(dataset.name === 'irds' ? loadRecipe('irds') : automaticRecipe(dataset)));
  const { batch } = json.training;
  json.training.epochs = Math.ceil(STEPS / Math.floor(dataset.splits[0].train.length / batch));
  const mirror = json.augmentation.find(({ step }) => step === 'mirror');
  if (mirror) {
    mirror.classes = Object.fromEntries(
      Object.entries(mirror.classes).filter(([name]) => dataset.classes.includes(name)),
    );
  }
  return parseRecipe({ ...json, ...(negatives && { negatives }) }, 'bench');
}

function trained(dataset, negatives, file) {
  if (existsSync(file)) return loadModel(file);
  const training = createTraining(recipeFor(dataset, negatives), dataset);
  while (!training.done) training.runEpoch();
  const model = training.model();
  training.close();
  saveModel(model, file);
  return model;
}

/** Figures of one group: [rate] of each score, and the accuracy. */
function measure(model, known, unknown) {
  const { samples, splits } = known;
  const subjects = [...new Set(splits[0].test.map((index) => samples[index].subject))].sort();
  const half = (parity) =>
    labelledSequences(
      model,
      known,
      splits[0].test.filter((index) => subjects.indexOf(samples[index].subject) % 2 === parity),
    );
  const [fitting, measured] = [half(0), half(1)];
  const warm = calibrate(model, fitting);
  const ruled = fitRejection(warm, fitting);
  const energies = (sequences) => runCuts(model, sequences, RATES).map(({ logits }) => logits.map(energyOf));
  const [sure, unsure] = [energies(measured), energies(unknown)];
  return {
    accuracy: evaluate(model, measured, RATES).map(({ accuracy }) => accuracy),
    probability: compareRates(warm, measured, unknown, RATES),
    energy: RATES.map((_, i) => ({
      auroc: auroc(sure[i], unsure[i]),
      refused: shareRefused(unsure[i], thresholdFor(sure[i], REFUSED)),
    })),
    likeness: compareRates(ruled, measured, unknown, RATES),
  };
}

/** ln Σ exp, as in Liu et al., "Energy-based Out-of-distribution Detection", 2020. */
function energyOf(logits) {
  const most = Math.max(...logits);
  return most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function summaryTable(results) {
  const head = ['training', 'rate', 'accuracy'];
  const scores = ['probability', 'energy', 'likeness'];
  const rows = Object.entries(results).flatMap(([variant, groups]) =>
    RATES.map((rate, i) => [
      variant,
      String(rate),
      percent(mean(groups.map(({ accuracy }) => accuracy[i]))),
      ...scores.flatMap((score) => [
        mean(groups.map((group) => group[score][i].auroc)).toFixed(3),
        percent(mean(groups.map((group) => group[score][i].refused))),
      ]),
      percent(mean(groups.map(({ likeness }) => likeness[i].rule.known))),
      percent(mean(groups.map(({ likeness }) => likeness[i].rule.unknown))),
    ]),
  );
  const columns = [...scores.flatMap((score) => [score, 'refused']), 'rule: known refused', 'unknown refused'];
  return markdownTable([[...head, ...columns], ...rows], {
    align: ['l', ...Array(head.length + columns.length - 1).fill('r')],
  });
}

function groupTable(results) {
  const last = RATES.length - 1;
  const head = ['left out', ...Object.keys(results).flatMap((variant) => [`${variant}: AUROC`, 'refused'])];
  const rows = Object.values(results)[0].map(({ name }, g) => [
    name,
    ...Object.values(results).flatMap((groups) => [
      groups[g].likeness[last].auroc.toFixed(3),
      percent(groups[g].likeness[last].refused),
    ]),
  ]);
  return markdownTable([head, ...rows], { align: ['l', ...Array(head.length - 1).fill('r')] });
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { variants: { type: 'string', default: 'plain,negatives' } },
});
const [models, ...sets] = positionals;
const variants = values.variants.split(',');
const isKnown = (variant) => Object.hasOwn(VARIANTS, variant);
if (!variants.every(isKnown)) throw new Error(`--variants: some of ${Object.keys(VARIANTS)}`);
if (models === undefined || sets.length === 0)
  throw new Error('usage: node bench/unknown.js MODELS NAME=DATA ... [--variants plain,negatives]');
console.log(`# Unknown movements

\`node bench/unknown.js MODELS ${sets.map((set) => set.replace(/=.*/, '=DATA')).join(' ')} --variants ${variants}\`: each class is left out once, with its twin on the other side where it has one; a network is
trained on the others in ${STEPS.toLocaleString('en-US')} optimiser steps (one seed), and the test sequences of the classes left out are told from those of the others. Half of the test subjects fit the
temperatures and the rule, the other half is measured. Means over what was left out.

Of each score: the area under the receiver operating characteristic, and the share of unknown movements refused where 5 % of the known ones of the
measured half are. \`probability\`: of the most probable class, at the fitted temperature; \`energy\`: ln Σ exp of the logits; \`likeness\`: the rule that a
file keeps ([nothing](../live.md#nothing)). \`rule\`: what its threshold for 5 %, fitted on the other half, refuses. \`negatives\`: with the recipe's key
\`negatives\`; \`twists\`: with \`"negatives": {"kinds": ["twist"]}\`.`);
for (const set of sets) {
  const [name, data = name] = set.split('=');
  const dataset = await loadDataset(data);
  const results = Object.fromEntries(variants.map((variant) => [variant, []]));
  for (const group of groupsOf(dataset)) {
    const { known, unknown } = without(dataset, group);
    for (const variant of variants) {
      const folder = join(models, name, variant);
      mkdirSync(folder, { recursive: true });
      const model = trained(known, VARIANTS[variant], join(folder, `${group.join('+')}.anyrate`));
      results[variant].push({ name: group.join(', '), ...measure(model, known, unknown) });
      console.error(`${name}, ${variant}, without ${group.join(', ')}`);
    }
  }
  console.log(
    `\n## ${name}\n\n${summaryTable(results)}\n\nAt rate ${RATES.at(-1)}, by likeness:\n\n${groupTable(results)}`,
  );
}
