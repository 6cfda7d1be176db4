import type { Model } from '../../model/model.js';
import { streamSettings } from '../code/stream-settings.js';
import { type FunctionPart, withCalled } from './functions.js';
import { CLAMP, curveTables, softmaxNumbers } from './integers.js';
import type { PreprocessingText } from './preprocessing.js';
import { commonValues, ordersPersons } from './program-text.js';
import { type Constant, constantBytes } from './text.js';
import type { StandardisationText } from './whole-standardisation.js';

/** What programs of whole numbers are made of beside their preprocessing. */
export interface WholeProgram {
  readonly standardisation: StandardisationText;
  /** What means are counted in, in eighths of a deviation. */
  readonly meanParts: number;
  /** Bits of features after the point, and what a logit's unit is worth. */
  readonly featureBits: number;
  readonly logitScale: number;
  readonly types: readonly string[];
  readonly tables: readonly Constant[];
  readonly scratch: readonly string[];
  readonly parts: readonly FunctionPart[];
  /** Constants of an enumeration. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** What is alike in programs of whole numbers, and the bytes of their constants. */
export function wholeText(model: Model, preprocessing: PreprocessingText, program: WholeProgram) {
  const { bits, tables } = program.standardisation;
  const parts = partsOf(model, preprocessing, program);
  const hasRoot = withCalled(parts).includes('int-root.c');
  const constants = [...preprocessing.constants, ...tables, ...program.tables, ...curveTables(hasRoot)];
  const values = commonValues(program.types, constants, [...program.scratch, ...SCRATCH], parts);
  return {
    values: {
      ...values,
      feature_bits: `${program.featureBits}`,
      track_bits: `${bits}`,
      numbers: numbersText(model, program),
      way: wayText(model, program),
    },
    constants: constantBytes(constants, program.types),
  };
}

const SCRATCH = [
  'static uint16_t shares[CLASSES];',
  'static int16_t scratch_clip[FRAMES * NODES * 3];',
  'static const int16_t *clip;',
];

function partsOf(model: Model, preprocessing: PreprocessingText, { parts }: WholeProgram): FunctionPart[] {
  const hasLikeness = streamSettings(model).means.length > 0;
  return [
    'int-pairs.c',
    ...preprocessing.parts,
    'int-softmax.c',
    ...parts,
    ...(hasLikeness ? (['int-root.c'] as const) : []),
  ];
}

function numbersText(model: Model, { numbers, featureBits, meanParts }: WholeProgram): string {
  const { pose } = model.description.preprocessing;
  const isCentered = pose.some(({ step }) => step === 'center' || step === 'body-frame');
  return [
    ...Object.entries(numbers).map(([name, value]) => `  ${name} = ${value},`),
    `  IS_CENTERED = ${+isCentered},     /* the origin of positions does not matter */`,
    `  MEAN_UNIT = ${meanParts * 2 ** (featureBits - 3)},    /* what means are counted in */`,
    `  MOST = ${CLAMP * 2 ** featureBits}        /* six deviations */`,
  ].join('\n');
}

function wayText(model: Model, { logitScale }: WholeProgram): string {
  const { factor, bits } = softmaxNumbers(logitScale, model.temperatureAt(model.rate));
  return [`static const uint32_t way_factor = ${factor}u;`, `static const int way_bits = ${bits};`].join('\n');
}

/** Of the grid, poses, probabilities, and what fills lost joints and orders persons. */
export function wholeBytes(model: Model): number {
  const { persons, layout, classes } = model.description;
  const isOrdered = ordersPersons(model);
  return 76 + 2 * persons * layout.joints.length + 60 * persons + 2 * classes.length + (isOrdered ? 4 * persons : 0);
}
