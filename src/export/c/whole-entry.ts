import type { Program } from '../code/program.js';
import { spreadOf } from '../code/spread.js';
import type { IntegerNetwork } from './integers.js';
import { type Entry, NOTHING, storedTable } from './network.js';
import { constant, integerType } from './text.js';

/**
 * How features enter a network of whole numbers: filters first are used up node by node, else features are kept.
 * @param rank where each channel of a node is written
 */
export function wholeEntry(program: Program, network: IntegerNetwork, rank: readonly number[]): Entry {
  return network.isByNode ? spreadEntry(program, network, rank) : keptEntry(network, rank);
}

function keptEntry({ kept }: IntegerNetwork, rank: readonly number[]): Entry {
  return {
    ...NOTHING,
    tables: [storedTable(kept), constant('uint16_t', 'written_at', rank)],
    lines: [
      'value_t *x = even;',
      'start_standardising();',
      'for (int node = 0; node < NODES; node++) {',
      '  describe(node, scratch_features);',
      '  x = keep(node, scratch_features, x);',
      '}',
    ],
    parts: ['int-keep.c'],
  };
}

/** Steps of attention have a byte. */
const MOST_STEP = 255;

function spreadEntry(program: Program, network: IntegerNetwork, rank: readonly number[]): Entry {
  const { run, filters, filter, attention, places, filtersAt } = spreadOf(program, network, rank, MOST_STEP);
  const [first, second] = network.products;
  const { bias } = program.layers[0];
  const biases = shortBiases(places.map((value) => bias[value] / second.sumScale));
  const last = 2 ** Math.max(7, Math.ceil(Math.log2(run)));
  const isLast = (i: number) =>
    i + 1 === places.length || Math.floor(places[i] / run) < Math.floor(places[i + 1] / run);
  const filtersOf = filtersAt.map((at, i) => at + (isLast(i) ? last : 0));
  const numbers = {
    FILTERS: filters,
    RUN: run,
    LAST: last,
    GIVEN: Math.max(1, places.length),
    FILTER_SHIFT: first.shift,
    SPREAD_SHIFT: second.shift,
    SPREAD_RECTIFIES: +second.rectify,
    BIAS_SHIFT: biases.shift,
  };
  return {
    types: [
      `typedef ${integerType(filter.columns)} column_t;`,
      `typedef ${integerType([...filter.counts, ...attention.counts])} few_t;`,
      'typedef uint8_t step_t;',
      `typedef ${integerType(filtersOf)} filter_t;`,
      `typedef ${integerType(attention.wanted)} wanted_t;`,
      'typedef struct { weight_t weight; column_t column; } tap;',
    ],
    tables: [
      constant('tap', 'filters', [...filter.weights.keys()], (i) => `{${filter.weights[i]}, ${filter.columns[i]}}`),
      constant('few_t', 'filter_counts', filter.counts),
      constant('uint16_t', 'filter_starts', startsOf(filter.counts, run)),
      constant('weight_t', 'attention', attention.weights),
      constant('step_t', 'attention_steps', attention.steps),
      constant('few_t', 'attention_counts', attention.counts),
      constant('wanted_t', 'wanted_filters', attention.wanted),
      constant('filter_t', 'filters_of', filtersOf),
      constant('int8_t', 'spread_biases', biases.values),
    ],
    lines: [
      'start_standardising();',
      'start_spreading();',
      'for (int node = 0; node < NODES; node++) {',
      '  describe(node, scratch_features);',
      '  spread(scratch_features);',
      '}',
      'finish_spreading(even);',
    ],
    parts: ['int-spread.c'],
    numbers,
    bytes: 2 * run + 4 * numbers.GIVEN + 16,
    done: 2,
    apart: 2,
  };
}

/** Where the weights of each run of filters begin. */
function startsOf(counts: readonly number[], run: number): number[] {
  let next = 0;
  return counts.flatMap((count, i) => {
    next += count;
    return i % run === 0 ? [next - count] : [];
  });
}

/** Biases of 8 bits, and how many bits those leave out. */
function shortBiases(biases: readonly number[]): { readonly values: readonly number[]; readonly shift: number } {
  const most = biases.reduce((greatest, bias) => Math.max(greatest, Math.abs(bias)), 1);
  const shift = Math.max(0, Math.ceil(Math.log2(most / 127)));
  return { values: biases.map((bias) => Math.round(bias / 2 ** shift)), shift };
}
