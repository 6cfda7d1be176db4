import { aText, checkArguments, optionsOf, someBytes } from '../../core/arguments.js';
import { InputError } from '../../core/errors.js';
import { countNonzeros } from '../../core/math.js';
import { asFiled } from '../../model/file/rounding.js';
import { Model, type ModelParameters } from '../../model/model.js';
import { evaluateCurve, type RateCurve, rateOf, weightScale } from '../../runtime/network/rate.js';
import { FEATURE_LIMIT } from '../../runtime/skeleton/pipeline.js';
import { fromPlain, type PlainWeight } from '../graph/plain-weights.js';
import { checkTensors } from './check-tensors.js';
import { INVERSE_DEVIATION, MEAN } from './export-safetensors.js';
import { type Outline, outlineFrom, outlineOf } from './outline.js';
import { decodeSafetensors, type RawTensor } from './safetensors.js';
import { tensorNumbers } from './tensor-numbers.js';

/** What may be chosen of an import. */
export interface ImportOptions {
  /** Describes the network in place of the metadata, and tells how gains and biases go on at higher rates. */
  readonly like?: Model;
}

/** A model made of weights from elsewhere. */
export interface Imported {
  readonly model: Model;
  /** Tensors that were read. */
  readonly tensors: number;
  /**
   * The most that a standardised feature changes because a model file holds means and deviations in steps; 0 for those of
   * an export.
   */
  readonly rounding: number;
}

const anyImportOptions = optionsOf<ImportOptions>({ like: true });

/**
 * Makes a model of the tensors that `exportModel` writes, whatever their numbers are by now. Weights that are zero are
 * pruned: the model's rate is their share. It states no accuracy and no temperatures, which were those of other weights.
 * @param source name of the file, for errors
 * @throws InputError on a file that is damaged or not described, on tensors that are missing, unknown or of another type
 * or shape, and on numbers that are not finite
 * @example
 * const { files: [bytes] } = await exportModel(model, 'safetensors');
 * const { model: same, rounding } = importSafetensors(bytes, 'model.safetensors', { like: model });
 */
export function importSafetensors(bytes: Uint8Array, source: string, options: ImportOptions = {}): Imported {
  checkArguments('importSafetensors', {
    bytes: [someBytes, bytes],
    source: [aText, source],
    options: [anyImportOptions, options],
  });
  const { like } = options;
  const { metadata, tensors } = decodeSafetensors(bytes, source);
  const outline = like === undefined ? outlineFrom(metadata, source) : outlineOf(like);
  checkTensors(tensors, outline, source);
  const { rate, parameters } = readParameters(tensors, outline, source);
  // As its file has it: what is given back is what will be loaded again.
  const model = asFiled(new Model(outline.description, parameters, rate));
  return { model, tensors: tensors.size, rounding: roundingOf(parameters, model.parameters) };
}

function readParameters(
  tensors: ReadonlyMap<string, RawTensor>,
  outline: Outline,
  source: string,
): { rate: number; parameters: ModelParameters } {
  const { network, scales, gains } = outline;
  const read = (name: string) => tensorNumbers(tensors.get(name)!, name, source);
  const weights = outline.weights.map((plain, t) => {
    const { rows, columns } = network.weights[t];
    return fromPlain(plain, checkMembers(plain, read(plain.name), source), rows * columns);
  });
  const rate = rateOf(countNonzeros(weights), network.weightCount);
  const latents = weights.map((tensor, t) => {
    const scale = weightScale(scales[t], gains[t], rate);
    const latents = tensor.map((weight) => latentOf(weight, scale));
    return checkLatents(latents, tensor, network.weights[t].fullName, source);
  });
  const biases = outline.biases.map((curve, b) => {
    const { fullName } = network.biases[b];
    return checkBiases(movedTo(curve, rate, read(fullName)), fullName, source);
  });
  const [mean, inverseDeviation] = [read(MEAN), checkDeviations(read(INVERSE_DEVIATION), source)];
  return { rate, parameters: { latents, scales, gains, biases, mean, inverseDeviation } };
}

function checkMembers({ name, placeOf }: PlainWeight, values: Float32Array, source: string): Float32Array {
  const bad = values.findIndex((value, entry) => value !== 0 && placeOf(entry) === undefined);
  if (bad < 0) return values;
  throw new InputError({
    source,
    place: `tensor "${name}", number ${bad}`,
    expected: '0 between the units of one member and the values of another',
    found: String(values[bad]),
    mend: 'When training elsewhere, set these entries to zero after each step.',
  });
}

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The latent that gives a weight, to the bit for weights as they were exported: dividing can miss it by one float32. */
function latentOf(weight: number, scale: number): number {
  float[0] = weight / scale;
  const [nearest, bits] = [float[0], word[0]];
  for (const candidate of [bits, bits - 1, bits + 1]) {
    word[0] = candidate;
    if (Math.fround(float[0] * scale) === weight) return float[0];
  }
  return nearest;
}

/** The curve, moved by one amount at all rates so that it gives these numbers at one. */
function movedTo(curve: RateCurve, rate: number, numbers: Float32Array): RateCurve {
  const before = evaluateCurve(curve, rate);
  const shift = numbers.map((number, i) => number - Math.fround(before[i]));
  return { ...curve, values: curve.values.map((value, i) => value + shift[i % curve.size]) };
}

/** No weight may overflow in units of its scale, and none vanish. */
function checkLatents(latents: Float32Array, weights: Float32Array, name: string, source: string): Float32Array {
  const bad = latents.findIndex((latent, i) => !Number.isFinite(latent) || (latent === 0) !== (weights[i] === 0));
  if (bad < 0) return latents;
  throw new InputError({
    source,
    place: `tensor "${name}"`,
    expected: 'weights that float32 can hold in units of their scale',
    found: String(weights[bad]),
    mend: 'Save a state from before the training diverged, or set weights as small as this to zero.',
  });
}

/** What a model beside the weights adds at other rates must not lead beyond float32. */
function checkBiases(curve: RateCurve, name: string, source: string): RateCurve {
  const bad = curve.values.find((value) => !Number.isFinite(Math.fround(value)));
  if (bad === undefined) return curve;
  throw new InputError({
    source,
    place: `tensor "${name}"`,
    expected: 'biases that float32 can hold at every rate',
    found: String(bad),
    mend: 'Save a state from before the training diverged.',
  });
}

function checkDeviations(inverse: Float32Array, source: string): Float32Array {
  const bad = inverse.findIndex((value) => !(value > 0));
  if (bad < 0) return inverse;
  throw new InputError({
    source,
    place: `tensor "${INVERSE_DEVIATION}", number ${bad}`,
    expected: 'a number above 0',
    found: String(inverse[bad]),
    mend: 'Save it as it was exported.',
  });
}

type Standardisation = Pick<ModelParameters, 'mean' | 'inverseDeviation'>;

/** Over all features, and all values that are not clamped. */
function roundingOf(before: Standardisation, after: Standardisation): number {
  return after.mean.reduce((most, mean, i) => {
    const inverse = after.inverseDeviation[i];
    const stretched = FEATURE_LIMIT * Math.abs(inverse / before.inverseDeviation[i] - 1);
    return Math.max(most, stretched + Math.abs(mean - before.mean[i]) * inverse);
  }, 0);
}
