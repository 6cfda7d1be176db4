import { InputError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import { jointsOf } from '../../runtime/network/temporal-layers.js';
import { INVERSE_DEVIATION, MEAN } from './export-safetensors.js';
import type { Outline } from './outline.js';
import type { RawTensor } from './safetensors.js';

/** Checks that a file holds exactly the tensors of a network. @throws InputError on the first that does not fit */
export function checkTensors(tensors: ReadonlyMap<string, RawTensor>, outline: Outline, source: string): void {
  const shapes = shapesOf(outline);
  const [wanted, found] = [[...shapes.keys()], [...tensors.keys()]];
  const unknown = found.find((name) => !shapes.has(name));
  if (unknown !== undefined) throw unknownTensor(unknown, wanted, source);
  const missing = wanted.find((name) => !tensors.has(name));
  if (missing !== undefined) throw missingTensor(missing, found, source);
  for (const [name, shape] of shapes) checkShape(name, shape, tensors.get(name)!.shape, source);
}

function shapesOf({ network, weights }: Outline): Map<string, readonly number[]> {
  const [nodes, channels] = [jointsOf(network.input), network.input.channels];
  return new Map<string, readonly number[]>([
    [MEAN, [nodes, channels]],
    [INVERSE_DEVIATION, [nodes, channels]],
    ...weights.map(({ name, shape }) => [name, shape] as const),
    ...network.biases.map(({ fullName, size }) => [fullName, [size]] as const),
  ]);
}

function unknownTensor(name: string, wanted: readonly string[], source: string): InputError {
  return new InputError({
    source,
    place: `tensor "${name.slice(0, 100)}"`,
    expected: `the tensors ${wanted.join(', ')}`,
    found: 'this name',
    mend: suggest(name, wanted) ?? 'Leave it out, or give it the name that it had.',
  });
}

function missingTensor(name: string, found: readonly string[], source: string): InputError {
  return new InputError({
    source,
    place: `tensor "${name}"`,
    expected: 'this tensor',
    found: found.length === 0 ? 'no tensor' : `only ${found.join(', ')}`,
    mend: 'Save it with the others, changed or not.',
  });
}

function checkShape(name: string, wanted: readonly number[], found: readonly number[], source: string): void {
  if (found.length === wanted.length && found.every((length, i) => length === wanted[i])) return;
  throw new InputError({
    source,
    place: `tensor "${name}"`,
    expected: `the shape [${wanted.join(', ')}] of the network that the file, or --like, describes`,
    found: `[${found.join(', ')}]`,
    mend: 'Save it as it was exported, or describe the network that it belongs to with --like MODEL.',
  });
}
