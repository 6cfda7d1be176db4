import { type Program, packBits } from '../code/program.js';
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

function spreadEntry(program: Program, network: IntegerNetwork, rank: readonly number[]): Entry {
  const { run, filters, nodeRuns, live, filter, attention, starts, filtersOf } = spreadOf(program, network, rank);
  const [first, second] = network.products;
  const { bias } = program.layers[0];
  const numbers = {
    FILTERS: filters,
    RUN: run,
    RUNS: starts.length - 1,
    NODE_RUNS: nodeRuns,
    GIVEN: Math.max(1, filtersOf.length),
    FILTER_SHIFT: first.shift,
    SPREAD_SHIFT: second.shift,
    SPREAD_RECTIFIES: +second.rectify,
  };
  return {
    types: [
      `typedef ${integerType(filter.columns)} column_t;`,
      `typedef ${integerType([...filter.counts, ...attention.counts])} few_t;`,
      `typedef ${integerType(attention.steps)} step_t;`,
      `typedef ${integerType(starts)} start_t;`,
      `typedef ${integerType([run - 1])} filter_t;`,
    ],
    tables: [
      constant('weight_t', 'filters', filter.weights),
      constant('column_t', 'filter_columns', filter.columns),
      constant('few_t', 'filter_counts', filter.counts),
      constant('uint8_t', 'live_filters', packBits(live)),
      constant('weight_t', 'attention', attention.weights),
      constant('step_t', 'attention_steps', attention.steps),
      constant('few_t', 'attention_counts', attention.counts),
      constant('start_t', 'starts', starts),
      constant('filter_t', 'filters_of', filtersOf),
      constant(
        'bias_t',
        'spread_biases',
        Array.from(bias, (value) => Math.round(value / second.sumScale)),
      ),
    ],
    lines: [
      'start_standardising();',
      'start_spreading();',
      'for (int node = 0; node < NODES; node++) {',
      '  describe(node, scratch_features);',
      '  spread(node, scratch_features);',
      '}',
      'finish_spreading(even);',
    ],
    parts: ['int-spread.c'],
    numbers,
    bytes: 2 * filters + 4 * numbers.GIVEN + 12,
    done: 2,
    apart: 2,
  };
}
