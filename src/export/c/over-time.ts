import type { Model } from '../../model/model.js';
import { inWholeSteps } from '../code/encoding.js';
import { type FrameCode, frameCodeOf, stageNumbers } from '../code/frame-code.js';
import type { WrittenStage } from '../code/kept-frames.js';
import { type WholeFrames, type WholeStage, wholeFrames } from '../code/whole-frames.js';
import { isContinual } from '../over-time.js';
import { parts } from './parts.js';
import type { PreprocessingText } from './preprocessing.js';
import {
  clipBytes,
  commonValues,
  floatStandardisation,
  lostBytes,
  meansType,
  type ProgramText,
  recordingText,
} from './program-text.js';
import { constant, constantBytes, fill, float, integerType } from './text.js';
import { type WholeProgram, wholeBytes, wholeText } from './whole-program.js';
import { wholeStandardisation } from './whole-standardisation.js';

/** A network over time as the runtime runs it: kept frames, the links of their values, and the ring of the pool. */
export function overTimeText(name: string, model: Model, preprocessing: PreprocessingText): ProgramText {
  const code = frameCodeOf(model);
  const { standardisation, stages, origins, kept, shares, nonzeros, macs } = code;
  const { biases, weights, codes } = code.links;
  const places = placeConstants(code, codes);
  const types = [...places.types, meansType(standardisation)];
  const constants = [
    ...preprocessing.constants,
    ...floatStandardisation(standardisation),
    ...places.constants,
    constant('float', 'biases', biases, float),
    constant('float', 'weights', weights, float),
    constant('float', 'pool_biases', code.poolBiases, float),
    constant('float', 'constant_logits', code.constantLogits, float),
  ];
  const scratch = [...scratchText(kept, shares), ...recordingText(name, preprocessing)];
  const continual = isContinual(model);
  return {
    template: 'model.c',
    values: {
      ...commonValues(types, constants, scratch, [...preprocessing.parts, 'standardised.c', 'softmax.c']),
      temperature: float(code.temperature),
      scratched:
        'values of the last frames that are read again,\n * and the share of each frame in the pool over time, a ring',
      network: fill(parts['over-time.c'], {
        stages: stages.map(stageText).join('\n'),
        numbers: numbersText({ ...code.numbers, NO_ORIGIN: origins.none }),
        ...(continual ? FOLLOWED : { followed: '', forget: '' }),
      }),
    },
    constants: constantBytes(constants, types),
    scratch: 4 * (code.classes + 1 + +continual) + clipBytes(model) + lostBytes(model),
    rings: 4 * (kept + shares),
    clip: 0,
    nonzeros,
    macs,
  };
}

const FOLLOWED = {
  followed:
    '/* Complete cells of the stream when the network took its last frame; -1 if that was of a recording. */\n' +
    'static int32_t followed = -1;\n\n',
  forget: '  followed = -1;\n',
};

function scratchText(kept: number, shares: number): string[] {
  return [
    'static float scratch_clip[FRAMES * NODES * 3], logits[CLASSES];',
    `static float kept[${kept}], shares[${shares}];`,
    'static int oldest_share;',
  ];
}

/** The same in whole numbers, whose weights have 8 bits; each answer takes a whole window. */
export function wholeOverTimeText(_: string, model: Model, preprocessing: PreprocessingText): ProgramText {
  const code = frameCodeOf(inWholeSteps(model));
  const { stages, origins, kept, shares, nonzeros, macs } = code;
  const whole = wholeFrames(code, model.pipeline.frames);
  const { values, constants } = wholeText(model, preprocessing, wholeProgram(code, whole));
  return {
    template: 'int-model.c',
    values: {
      ...values,
      scratched:
        'coordinates of two frames, values of the last frames that are read again, the share of each in the\n * pool over time, a ring',
      network: fill(parts['int-over-time.c'], {
        stages: stages.map((stage, i) => wholeStageText(stage, whole.stages[i])).join('\n'),
        numbers: numbersText({ ...code.numbers, NO_ORIGIN: origins.none, POOL_SHIFT: whole.poolShift }),
      }),
    },
    constants,
    scratch: wholeScratchBytes(model),
    rings: 2 * (kept + shares),
    clip: clipBytes(model) / 2,
    nonzeros,
    macs,
  };
}

function wholeProgram(code: FrameCode, { featureBits, logitScale, ...whole }: WholeFrames): WholeProgram {
  const { standardisation, kept, shares } = code;
  const { types, constants } = placeConstants(code, whole.codes);
  return {
    standardisation: wholeStandardisation(standardisation, featureBits),
    meanParts: 1,
    featureBits,
    logitScale,
    types: ['typedef int16_t value_t;', 'typedef int32_t sum_t;', ...types],
    tables: [
      ...constants,
      constant('int32_t', 'biases', whole.biases),
      constant('int16_t', 'weights', whole.weights),
      constant('int32_t', 'pool_biases', whole.poolBiases),
      constant('int32_t', 'constant_logits', whole.constantLogits),
    ],
    scratch: [
      'static int32_t ways[2][NODES * 3];',
      `static value_t kept[${kept}], pool_shares[${shares}];`,
      'static sum_t logits[CLASSES];',
      'static int oldest_share;',
    ],
    parts: ['int-ways.c', 'int-standardised.c', 'int-shift.c'],
    numbers: {},
  };
}

/** Beside kept frames: of coordinates, logits, and what the preprocessing needs. */
function wholeScratchBytes(model: Model): number {
  const { classes, persons, layout } = model.description;
  return Math.ceil((wholeBytes(model) + 24 * persons * layout.joints.length + 4 * classes.length + 12) / 4) * 4;
}

/** Where features and links read, and what weights links have. */
function placeConstants(
  { origins, links: { counts, sources }, kept, logitSources }: FrameCode,
  codes: readonly number[],
) {
  return {
    types: [
      `typedef ${integerType(counts)} count_t;`,
      `typedef ${integerType([kept])} source_t;`,
      `typedef ${integerType(codes)} code_t;`,
    ],
    constants: [
      constant('uint16_t', 'inputs', origins.places),
      constant('uint16_t', 'origins', origins.origins),
      constant('count_t', 'counts', counts),
      constant('source_t', 'link_sources', sources),
      constant('code_t', 'codes', codes),
      constant('int32_t', 'logit_sources', logitSources),
    ],
  };
}

function stageText(stage: WrittenStage): string {
  return `  {${stageNumbers(stage).join(', ')}}, /* ${linksIn(stage)} links */`;
}

function wholeStageText(stage: WrittenStage, { weight, shift }: WholeStage): string {
  const [value, link, ...rest] = stageNumbers(stage);
  return `  {${[value, link, weight, ...rest, shift].join(', ')}}, /* ${linksIn(stage)} links */`;
}

function linksIn({ rows }: WrittenStage): number {
  return rows.reduce((sum, row) => sum + row.length, 0);
}

function numbersText(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, value]) => `  ${name} = ${value}`)
    .join(',\n');
}
