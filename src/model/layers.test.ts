import { describe, expect, test } from 'vitest';
import { backends, distance, reference } from '../../test/support/backends.js';
import {
  array,
  dense,
  denseMembers,
  type Forms,
  grad,
  graphConvolution,
  type JaxArray,
  type LayerFormula,
} from '../../test/support/oracle.js';
import { Rig, type Tensors } from '../../test/support/rig.js';
import type { Layer, Shape } from './layer.js';
import { Dense } from './layers/dense.js';
import { GraphConvolution } from './layers/graph-convolution.js';

const ORACLE_BOUND = 2e-5;
const DIFFERENCE_BOUND = 5e-3;
const STEP = 1e-3;

interface Case {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly formulas: readonly LayerFormula[];
}

function convolution(forms: Forms, input: Shape): { layer: Layer; formula: LayerFormula } {
  const options = { kind: 'graph-convolution', dropout: 0, ...forms } as const;
  const layer = new GraphConvolution(options, { name: 'layer', input, inputGradient: true });
  return { layer, formula: graphConvolution(forms) };
}

function convolutionCase(combine: Forms['combine'], channels: number, activation: Forms['activation']): Case {
  const { layer, formula } = convolution({ heads: 3, filters: 4, combine, activation }, { nodes: 5, channels });
  const order = layer.weights[0].name === 'attention' ? 'aggregate first' : 'filter first';
  return { name: `graph convolution, ${combine}, ${order}, ${activation}`, layers: [layer], formulas: [formula] };
}

function denseCase(activation: Forms['activation']): Case {
  const options = { kind: 'dense', units: 5, activation, dropout: 0 } as const;
  const layer = new Dense(options, { name: 'layer', input: { nodes: 3, channels: 3 }, inputGradient: true });
  return { name: `dense, ${activation}`, layers: [layer], formulas: [dense({ activation })] };
}

function membersCase(members: number, apart: boolean): Case {
  const options = { kind: 'dense', units: 6, members, activation: 'relu', dropout: 0 } as const;
  const layer = new Dense(options, { name: 'layer', input: { nodes: 2, channels: 6 }, inputGradient: true }, apart);
  const formula = denseMembers({ activation: 'relu' }, members, apart);
  return { name: `dense of ${members} members, ${apart ? 'apart' : 'in turn'}`, layers: [layer], formulas: [formula] };
}

function stackedCase(first: Forms['combine'], second: Forms['combine']): Case {
  const forms = { heads: 2, filters: 3, activation: 'relu' } as const;
  const one = convolution({ ...forms, combine: first }, { nodes: 4, channels: 3 });
  const two = convolution({ ...forms, combine: second, filters: 4 }, one.layer.output);
  const options = { kind: 'dense', units: 3, activation: 'none', dropout: 0 } as const;
  const last = new Dense(options, { name: 'last', input: two.layer.output, inputGradient: true });
  return {
    name: `two graph convolutions, ${first} then ${second}, and dense`,
    layers: [one.layer, two.layer, last],
    formulas: [one.formula, two.formula, dense({ activation: 'none' })],
  };
}

const CASES: Case[] = [
  ...(['sum', 'concatenate'] as const).flatMap((combine) =>
    [3, 6].flatMap((channels) =>
      (['none', 'relu'] as const).map((activation) => convolutionCase(combine, channels, activation)),
    ),
  ),
  denseCase('none'),
  denseCase('relu'),
  membersCase(2, false),
  membersCase(3, false),
  membersCase(3, true),
  stackedCase('concatenate', 'sum'),
  stackedCase('sum', 'concatenate'),
];

/** Gradients of ⟨output, outer⟩ by jax-js. */
function oracle({ layers, formulas }: Case, { tensors, outer, n }: Rig): Tensors {
  type Tree = { input: JaxArray; weights: JaxArray[][]; biases: JaxArray[] };
  const loss = (tree: Tree) => {
    const output = formulas.reduce(
      (input, formula, i) => {
        return formula(layers[i], { input, weights: tree.weights[i], bias: tree.biases[i] }, n);
      },
      tree.input.reshape([tensors.input.length / n, n]),
    );
    return output.reshape([outer.length]).mul(array(outer)).sum();
  };
  const tree: Tree = {
    input: array(tensors.input),
    weights: tensors.weights.map((group) => group.map((tensor) => array(tensor))),
    biases: tensors.biases.map((bias) => array(bias)),
  };
  const gradients = grad(loss)(tree) as Tree;
  const read = (values: JaxArray) => Float32Array.from(values.dataSync());
  return {
    input: read(gradients.input),
    weights: gradients.weights.map((group) => group.map(read)),
    biases: gradients.biases.map(read),
  };
}

/** A tensor's gradient by central differences; NaN where a rectifier switches on the way. */
function differences(rig: Rig, sparse: boolean, tensor: Float32Array): Float64Array {
  const patternOf = (outputs: readonly Float32Array[]) =>
    outputs.map((y) => Array.from(y, (v) => +(v > 0)).join('')).join();
  const pattern = patternOf(rig.run(reference, sparse).outputs);
  return Float64Array.from(tensor, (value, i) => {
    if (value === 0) return 0;
    const losses = [value + STEP, value - STEP].map((moved) => {
      tensor[i] = moved;
      const { outputs } = rig.run(reference, sparse);
      return isRectified(rig) && patternOf(outputs) !== pattern ? Number.NaN : rig.loss(outputs);
    });
    const width = Math.fround(value + STEP) - Math.fround(value - STEP);
    tensor[i] = value;
    return (losses[0] - losses[1]) / width;
  });
}

function isRectified({ layers }: Rig): boolean {
  return layers.length > 1 || (layers[0] as unknown as { activation: { rectify: boolean } }).activation.rectify;
}

function flatten({ input, weights, biases }: Tensors): Float32Array[] {
  return [...weights.flat(), ...biases, input];
}

/** Where a weight is stored. */
function onSupport(gradients: readonly ArrayLike<number>[], of: readonly Float32Array[]): Float64Array[] {
  return gradients.map((gradient, t) => Float64Array.from(gradient, (slope, i) => (of[t][i] === 0 ? 0 : slope)));
}

describe.each(CASES)('$name', (each) => {
  const full = new Rig(each.layers, 8, 3, 1);
  const pruned = new Rig(each.layers, 8, 4, 0.5);

  test.each([
    { form: 'dense', sparse: false, rig: full },
    { form: 'sparse', sparse: true, rig: pruned },
    { form: 'sparse but full', sparse: true, rig: full },
  ])(`$form: every gradient on every backend is jax-js's within ${ORACLE_BOUND} · (1 + |jax|)`, ({ sparse, rig }) => {
    const tensors = flatten(rig.tensors);
    const expected = onSupport(flatten(oracle(each, rig)), tensors);
    expect(expected.every((gradient) => gradient.some((slope) => slope !== 0))).toBe(true);
    for (const backend of backends) {
      const found = onSupport(flatten(rig.run(backend, sparse).gradients), tensors);
      const apart = found.map((gradient, t) => distance(gradient, expected[t]));
      expect(Math.max(...apart), `${backend.name}: ${apart}`).toBeLessThan(ORACLE_BOUND);
    }
  });

  test.each([
    { form: 'dense', sparse: false, rig: full },
    { form: 'sparse', sparse: true, rig: pruned },
  ])(`$form: gradients are central differences of the reference's forward pass within ${DIFFERENCE_BOUND}`, (of) => {
    const tensors = flatten(of.rig.tensors);
    const found = flatten(of.rig.run(reference, of.sparse).gradients);
    let skipped = 0;
    for (const [t, tensor] of tensors.entries()) {
      const numeric = differences(of.rig, of.sparse, tensor);
      skipped += numeric.filter(Number.isNaN).length;
      const slopes = found[t].map((slope, i) => (tensor[i] === 0 || Number.isNaN(numeric[i]) ? 0 : slope));
      expect(
        distance(
          slopes,
          numeric.map((slope) => (Number.isNaN(slope) ? 0 : slope)),
        ),
      ).toBeLessThan(DIFFERENCE_BOUND);
    }
    expect(skipped).toBeLessThan(0.2 * tensors.reduce((sum, { length }) => sum + length, 0));
  });
});

test('a convolution whose nodes are worked on in three blocks has the gradients of jax-js', () => {
  const forms = { heads: 6, filters: 9, combine: 'sum', activation: 'relu' } as const;
  const { layer, formula } = convolution(forms, { nodes: 5, channels: 8 });
  const rig = new Rig([layer], 512, 7, 0.5);
  const tensors = flatten(rig.tensors);
  const expected = onSupport(flatten(oracle({ name: 'blocks', layers: [layer], formulas: [formula] }, rig)), tensors);
  for (const sparse of [false, true]) {
    const found = onSupport(flatten(rig.run(backends[1], sparse).gradients), tensors);
    for (const [t, gradient] of found.entries()) expect(distance(gradient, expected[t])).toBeLessThan(ORACLE_BOUND);
  }
});

describe('dropout', () => {
  const input = { nodes: 4, channels: 3 };
  const options = { kind: 'graph-convolution', heads: 2, filters: 5, combine: 'concatenate' } as const;
  const layer = new GraphConvolution(
    { ...options, activation: 'relu', dropout: 0.4 },
    { name: 'layer', input, inputGradient: true },
  );
  const rig = new Rig([layer], 8, 5, 1, 1234);

  test(`gradients under a mask are central differences under the same mask, within ${DIFFERENCE_BOUND}`, () => {
    const found = flatten(rig.run(reference, false).gradients);
    for (const [t, tensor] of flatten(rig.tensors).entries()) {
      const numeric = differences(rig, false, tensor);
      const known = (values: ArrayLike<number>) => Array.from(values).filter((_, i) => !Number.isNaN(numeric[i]));
      expect(known(numeric).length).toBeGreaterThan(0.7 * tensor.length);
      expect(distance(known(found[t]), known(numeric))).toBeLessThan(DIFFERENCE_BOUND);
    }
  });

  test(`every backend drops the same outputs; gradients within ${ORACLE_BOUND} · (1 + |reference|)`, () => {
    const expected = rig.run(reference, false);
    const undropped = new Rig([layer], 8, 5, 1).run(reference, false);
    const kept = (run: typeof expected) => Array.from(run.outputs[0], (y) => y > 0);
    expect(kept(undropped).filter(Boolean).length).toBeGreaterThan(1.3 * kept(expected).filter(Boolean).length);
    for (const backend of backends) {
      const run = rig.run(backend, false);
      expect(kept(run)).toEqual(kept(expected));
      const gradients = flatten(expected.gradients);
      for (const [t, found] of flatten(run.gradients).entries()) {
        expect(distance(found, gradients[t])).toBeLessThan(ORACLE_BOUND);
      }
    }
  });
});

test('the four forms of graph convolution are all there', () => {
  const names = new Set(CASES.slice(0, 8).map(({ name }) => name));
  expect(names.size).toBe(8);
});
