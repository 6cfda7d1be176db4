import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layerLists, randomModel } from '../../test/support/random-model.js';
import { Network } from './network.js';

test('the outline of a network tells what the network that runs has', () => {
  const property = fc.property(layerLists, fc.nat(1000), (layers, seed) => {
    const { description, network: outline } = randomModel(layers, seed);
    const { layers: passes, ...network } = new Network(description.layers, outline.input, outline.classes);
    const { layers: outlines, ...facts } = outline;
    expect(network).toMatchObject(facts);
    expect(passes.map(({ name, output }) => ({ name, output }))).toEqual(
      outlines.map(({ name, output }) => ({ name, output })),
    );
  });
  fc.assert(property, { numRuns: 50, seed: 1 });
});
