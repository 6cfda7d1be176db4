import type { Model } from '../../model/model.js';
import { type Program, packBits, programOf, type Standardisation } from '../code/program.js';
import { slotNetwork } from '../code/slots.js';
import { streamSettings } from '../code/stream-settings.js';
import { type FunctionPart, functionsText, withCalled } from './functions.js';
import { curveTables, integerNetwork, integers, softmaxNumbers, standardisationOf } from './integers.js';
import { floats, type NetworkText, networkText } from './network.js';
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
  const text = networkText(stored, floats);
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
    ...scratchBytes(text, model, false),
  };
}

function nodeValues({ products, lines }: NetworkText, { channels }: PreprocessingText) {
  return { products, features: indent(channels), layers: indent(lines) };
}

/** Room for a recording that steps before `resample` change. */
export function recordingText(name: string, { limited }: PreprocessingText): string[] {
  return limited ? [`static float scratch_recording[${name.toUpperCase()}_MAX_FRAMES * PERSONS * PERSON];`] : [];
}

function costOf({ nonzeros, macs }: Program) {
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

/** Whole numbers alone. */
export function integerText(_: string, model: Model, preprocessing: PreprocessingText): ProgramText {
  const program = programOf(model, 'int8');
  const network = integerNetwork(program);
  const text = networkText(network, integers);
  const { values, constants } = wholeText(model, preprocessing, {
    standardisation: program.standardisation,
    featureBits: network.featureBits,
    logitScale: network.logitScale,
    types: text.types,
    tables: [constant('uint8_t', 'used', packBits(program.standardisation.used)), ...text.tables],
    scratch: ['static int16_t scratch_track[FRAMES];', ...scratchText(text)],
    parts: ['int-standardise.c', 'int-narrow.c', ...text.parts],
  });
  return {
    template: 'int-model.c',
    values: {
      ...values,
      scratched: 'a number of a node in each frame, the features of a node, what products read and write in turn',
      network: fill(cParts['int-by-node.c'], nodeValues(text, preprocessing)),
    },
    constants,
    ...costOf(program),
    ...scratchBytes(text, model, true),
  };
}

/** What programs of whole numbers are made of beside their preprocessing. */
export interface WholeProgram {
  readonly standardisation: Standardisation;
  /** Bits of features after the point, and what a logit's unit is worth. */
  readonly featureBits: number;
  readonly logitScale: number;
  readonly types: readonly string[];
  readonly tables: readonly Constant[];
  readonly scratch: readonly string[];
  readonly parts: readonly FunctionPart[];
}

/** What is alike in programs of whole numbers, and the bytes of their constants. */
export function wholeText(model: Model, preprocessing: PreprocessingText, program: WholeProgram) {
  const { featureBits, logitScale } = program;
  const { bits, tables, types, inverse } = standardisationOf(program.standardisation, featureBits);
  const typedefs = [...program.types, ...types];
  const way = softmaxNumbers(logitScale, model.temperatureAt(model.rate));
  const scratch = [
    ...program.scratch,
    'static uint16_t shares[CLASSES];',
    'static int16_t scratch_clip[FRAMES * NODES * 3];',
    'static const int16_t *clip;',
  ];
  const hasLikeness = streamSettings(model).means.length > 0;
  const parts = [
    ...preprocessing.parts,
    'int-softmax.c' as const,
    ...program.parts,
    ...(hasLikeness ? (['int-root.c'] as const) : []),
  ];
  const hasRoot = withCalled(parts).includes('int-root.c');
  const constants = [...preprocessing.constants, ...tables, ...program.tables, ...curveTables(hasRoot)];
  const isCentered = model.description.preprocessing.pose.some(
    ({ step }) => step === 'center' || step === 'body-frame',
  );
  const values = commonValues(typedefs, constants, scratch, parts);
  return {
    values: {
      ...values,
      functions: fill(values.functions, { inverse, NAME: '{{NAME}}' }),
      feature_bits: `${featureBits}`,
      track_bits: `${bits}`,
      numbers: [
        `  IS_CENTERED = ${+isCentered},     /* the origin of positions does not matter */`,
        `  MEAN_UNIT = ${2 ** (featureBits - 3)},    /* an eighth of a deviation */`,
        `  MOST = ${6 * 2 ** featureBits}        /* six deviations */`,
      ].join('\n'),
      way: [`static const uint32_t way_factor = ${way.factor}u;`, `static const int way_bits = ${way.bits};`].join(
        '\n',
      ),
    },
    constants: constantBytes(constants, typedefs),
  };
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

function scratchText({ sizes: { even, odd, sums } }: NetworkText): string[] {
  return [
    `static value_t scratch_features[CHANNELS], even[${even}], odd[${odd}];`,
    `static sum_t sums[${sums}], logits[CLASSES];`,
  ];
}

/** Bytes of scratch: of products, whose values have so many, and of what fills lost joints and orders persons. */
function scratchBytes({ sizes: { even, odd, sums } }: NetworkText, model: Model, isWhole: boolean) {
  const { description, pipeline } = model;
  const { persons, classes, preprocessing } = description;
  const value = isWhole ? 2 : 4;
  const clip = isWhole ? clipBytes(model) / 2 : 0;
  const products = value * (pipeline.channels + even + odd + pipeline.frames) + 4 * (sums + classes.length);
  const isApart = persons > 1 && preprocessing.channels.some(({ step }) => step === 'distances');
  const rest = isWhole ? wholeBytes(model) + (isApart ? 6 * pipeline.frames : 0) : lostBytes(model) + clipBytes(model);
  return { scratch: Math.ceil((products + rest) / 4) * 4, clip };
}

/** In whole numbers: of the grid, poses, probabilities, and what fills lost joints and orders persons. */
export function wholeBytes(model: Model): number {
  const { persons, layout, classes } = model.description;
  const isOrdered = ordersPersons(model);
  return 52 + 2 * persons * layout.joints.length + 60 * persons + 2 * classes.length + (isOrdered ? 4 * persons : 0);
}

/** Of a clip in floats, where a stream's window is brought to features, too. */
export function clipBytes({ description: { persons, layout }, pipeline }: Model): number {
  return pipeline.frames * persons * layout.joints.length * 12;
}

function ordersPersons({ description: { persons, preprocessing } }: Model): boolean {
  return persons > 1 && preprocessing.pose.some(({ step }) => step === 'order-persons');
}

/** Bytes in floats of what fills lost joints and orders persons. */
export function lostBytes(model: Model): number {
  const { persons, layout } = model.description;
  return 4 + persons * layout.joints.length * (ordersPersons(model) ? 36 : 24);
}
