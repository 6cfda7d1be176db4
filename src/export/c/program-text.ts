import type { Model } from '../../model/model.js';
import { type Program, packBits, programOf, type Standardisation } from '../code/program.js';
import { slotNetwork } from '../code/slots.js';
import { type FunctionPart, functionsText, withCalled } from './functions.js';
import { floatEntry, floats, type NetworkText, networkText } from './network.js';
import { parts as cParts } from './parts.js';
import type { PreprocessingText } from './preprocessing.js';
import { type Constant, constant, constantBytes, constantText, fill, float, indent, integerType } from './text.js';

/** The C text of a program that depends on its arithmetic. */
export interface ProgramText {
  readonly template: 'model.c' | 'int-model.c';
  readonly values: Readonly<Record<string, string>>;
  /** Bytes of constant tables, and of scratch that a recording or a stream needs. */
  readonly constants: number;
  readonly scratch: number;
  /** Of kept frames. */
  readonly rings: number;
  /** Of the clip of a recording, which a stream does not need. */
  readonly clip: number;
  /** Stored weights, and multiply-accumulates for one sequence. */
  readonly nonzeros: number;
  readonly macs: number;
}

/** Floats; sums of preprocessing in `real`. */
export function floatText(name: string, model: Model, preprocessing: PreprocessingText): ProgramText {
  const program = programOf(model, 'float');
  const { standardisation } = program;
  const network = slotNetwork(program, program.live);
  const stored = { ...network, products: network.products.map((product) => ({ ...product, shift: 0 })) };
  const text = networkText(stored, floats, floatEntry(network));
  const types = [...text.types, meansType(standardisation)];
  const constants = [
    ...preprocessing.constants,
    constant('uint8_t', 'used', packBits(standardisation.used)),
    ...floatStandardisation(standardisation),
    ...text.tables,
  ];
  const scratch = [
    'static float scratch_clip[FRAMES * NODES * 3], scratch_track[FRAMES];',
    ...scratchText(text),
    ...recordingText(name, preprocessing),
  ];
  const parts = [...preprocessing.parts, 'standardise.c', 'narrow.c', 'softmax.c', ...text.parts] as const;
  return {
    template: 'model.c',
    values: {
      ...commonValues(types, constants, scratch, parts),
      temperature: float(model.temperatureAt(model.rate)),
      scratched:
        'a number of a node in each of them, the features of a node, and what products read\n * and write in turn',
      network: fill(cParts['by-node.c'], nodeValues(text, preprocessing)),
    },
    constants: constantBytes(constants, types),
    ...costOf(program),
    scratch: productBytes(text, model, 4) + 4 * model.pipeline.frames + lostBytes(model) + clipBytes(model),
    clip: 0,
  };
}

export function nodeValues({ products, lines }: NetworkText, { channels }: PreprocessingText) {
  return { products, features: indent(channels), layers: indent(lines) };
}

/** Room for a recording that steps before `resample` change. */
export function recordingText(name: string, { limited }: PreprocessingText): string[] {
  return limited ? [`static float scratch_recording[${name.toUpperCase()}_MAX_FRAMES * PERSONS * PERSON];`] : [];
}

export function costOf({ nonzeros, macs }: Program) {
  return { nonzeros, macs, rings: 0 };
}

export function meansType({ means }: Standardisation): string {
  return `typedef ${integerType(means)} mean_t;`;
}

export function floatStandardisation({ inverseDeviations, inverses, means }: Standardisation): Constant[] {
  return [
    constant('float', 'inverse_deviations', inverseDeviations, float),
    constant('uint8_t', 'inverses', inverses),
    constant('mean_t', 'means', means),
  ];
}

/** What is alike in programs of every arithmetic. */
export function commonValues(
  types: readonly string[],
  constants: readonly Constant[],
  scratch: readonly string[],
  parts: readonly FunctionPart[],
) {
  return {
    types: types.join('\n'),
    tables: constants.map(constantText).join('\n\n'),
    scratch: scratch.join('\n'),
    functions: functionsText(withCalled(parts)),
  };
}

export function scratchText({ sizes: { even, odd, sums } }: NetworkText): string[] {
  const values = Object.entries({ even, odd }).flatMap(([side, size]) => (size > 0 ? [`, ${side}[${size}]`] : []));
  return [
    `enum { WIDEST = ${Math.max(1, sums)} }; /* values of a row */`,
    `static value_t scratch_features[CHANNELS]${values.join('')};`,
    `static sum_t ${sums > 0 ? `sums[${sums}], ` : ''}logits[CLASSES];`,
  ];
}

/** Bytes of a node's features and of products, whose values have so many. */
export function productBytes(
  { bytes, sizes: { even, odd, sums } }: NetworkText,
  { pipeline, description }: Model,
  value: number,
): number {
  return bytes + value * (pipeline.channels + even + odd) + 4 * (sums + description.classes.length);
}

/** Of a clip in floats, where a stream's window is brought to features, too. */
export function clipBytes({ description: { persons, layout }, pipeline }: Model): number {
  return pipeline.frames * persons * layout.joints.length * 12;
}

export function ordersPersons({ description: { persons, preprocessing } }: Model): boolean {
  return persons > 1 && preprocessing.pose.some(({ step }) => step === 'order-persons');
}

/** Bytes in floats of what fills lost joints and orders persons. */
export function lostBytes(model: Model): number {
  const { persons, layout } = model.description;
  return 4 + persons * layout.joints.length * (ordersPersons(model) ? 36 : 24);
}
