import { InputError } from '../../core/errors.js';
import type { Model } from '../../model/model.js';
import { isLocal } from '../../runtime/skeleton/frame-channels.js';
import { type FrameCode, frameCodeOf, stageNumbers } from '../code/frame-code.js';
import type { WrittenStage } from '../code/kept-frames.js';
import { isOverTime } from '../over-time.js';
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
import { type Constant, constant, constantBytes, fill, float, integerType } from './text.js';

/** Whether a frame of a stream costs one frame of the network: its features are the same in every window. */
export function isContinual(model: Model): boolean {
  return isOverTime(model) && isLocal(model.description.preprocessing);
}

/** A network over time as the runtime runs it: kept frames, the links of their values, and the ring of the pool. */
export function overTimeText(name: string, model: Model, preprocessing: PreprocessingText): ProgramText {
  const code = frameCodeOf(model);
  const { standardisation, stages, origins, kept, shares, nonzeros, macs } = code;
  const links = linkConstants(code);
  const types = [...links.types, meansType(standardisation)];
  const constants = [
    ...preprocessing.constants,
    ...floatStandardisation(standardisation),
    constant('uint16_t', 'places', origins.places),
    constant('uint16_t', 'origins', origins.origins),
    ...links.constants,
    constant('float', 'pool_biases', code.poolBiases, float),
    constant('float', 'constant_logits', code.constantLogits, float),
    constant('int32_t', 'logit_sources', code.logitSources),
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

/** @throws InputError */
export function refuseWhole(): never {
  throw new InputError({
    source: 'format c',
    place: 'weights: int8',
    expected: 'a network without layers over time',
    found: 'one over time, whose program in whole numbers is not written yet',
    mend: 'Export with weights as float.',
  });
}

function linkConstants({ links: { biases, counts, sources, codes, weights }, kept }: FrameCode): {
  readonly types: string[];
  readonly constants: Constant[];
} {
  return {
    types: [
      `typedef ${integerType(counts)} count_t;`,
      `typedef ${integerType([kept])} source_t;`,
      `typedef ${integerType([weights.length])} code_t;`,
    ],
    constants: [
      constant('float', 'biases', biases, float),
      constant('count_t', 'counts', counts),
      constant('source_t', 'link_sources', sources),
      constant('code_t', 'codes', codes),
      constant('float', 'weights', weights, float),
    ],
  };
}

function stageText(stage: WrittenStage): string {
  return `  {${stageNumbers(stage).join(', ')}}, /* ${stage.rows.reduce((sum, row) => sum + row.length, 0)} links */`;
}

function numbersText(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, value]) => `  ${name} = ${value}`)
    .join(',\n');
}
