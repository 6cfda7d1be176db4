import type { Model } from '../../model/model.js';
import { zeroFeatures } from '../../skeleton/zero-features.js';
import { programOf } from '../code/program.js';
import { slotNetwork } from '../code/slots.js';
import { COARSE, coarseMean, withCoarseMeans } from './coarse-means.js';
import { integerNetwork, integers } from './integers.js';
import { type NetworkText, networkText } from './network.js';
import { parts } from './parts.js';
import type { PreprocessingText } from './preprocessing.js';
import { clipBytes, costOf, nodeValues, type ProgramText, productBytes, scratchText } from './program-text.js';
import { fill } from './text.js';
import type { WholeChannels } from './whole-channels.js';
import { wholeEntry } from './whole-entry.js';
import { wholeBytes, wholeText } from './whole-program.js';
import { standardisationByNode } from './whole-standardisation.js';

/** Whole numbers alone, without layers over time. */
export function wholeStillText(_: string, model: Model, preprocessing: PreprocessingText): ProgramText {
  const whole = preprocessing.whole as WholeChannels;
  const { tracks, mostParts, block, hasAxes, hasSteps, isApart } = whole;
  const exact = programOf(model, 'int8');
  const { isByNode } = slotNetwork(exact, exact.live);
  const program = isByNode ? withCoarseMeans(exact, model.pipeline.channels) : exact;
  const network = integerNetwork(program);
  const text = networkText(network, integers, wholeEntry(program, network, rankOf(whole)));
  const { values, constants } = wholeText(model, preprocessing, {
    standardisation: standardisationByNode(
      program.standardisation,
      network.featureBits,
      tracks,
      zeroFeatures(model.description.preprocessing, model.description.layout, model.description.persons),
      isByNode ? coarseMean : Number,
    ),
    meanParts: isByNode ? COARSE : 1,
    featureBits: network.featureBits,
    logitScale: network.logitScale,
    types: text.types,
    tables: text.tables,
    scratch: [
      'static int16_t tracks[3 * FRAMES];',
      ...(isApart ? ['static value_t scratch_means[MOST_PARTS];'] : []),
      ...scratchText(text),
    ],
    parts: ['int-standardise.c', 'int-narrow.c', ...text.parts],
    numbers: { TRACKS: tracks.length, ...(isApart ? { MOST_PARTS: mostParts } : {}), BLOCK: block, ...text.numbers },
  });
  return {
    template: 'int-model.c',
    values: {
      ...values,
      scratched: 'numbers of a node in each frame, the features of a node, what products read and write in turn',
      network: fill(parts['int-by-node.c'], {
        ...nodeValues(text, preprocessing),
        followed: hasAxes ? ', is_followed' : '',
        means: hasSteps ? ', *means' : '',
      }),
    },
    constants,
    ...costOf(program),
    scratch: scratchBytes(text, model, whole),
    clip: clipBytes(model) / 2,
  };
}

/** Where each channel of a node is written. */
function rankOf({ tracks }: WholeChannels): number[] {
  const order = tracks.flat();
  return order.map((_, channel) => order.indexOf(channel));
}

/** Of products, and of what a node's description needs. */
function scratchBytes(text: NetworkText, model: Model, { mostParts, isApart }: WholeChannels): number {
  const { persons, preprocessing } = model.description;
  const hasOther = persons > 1 && preprocessing.channels.some(({ step }) => step === 'distances');
  const described = 2 * (4 + (isApart ? mostParts : 0)) + 6 * model.pipeline.frames * (1 + +hasOther) + 12;
  return Math.ceil((productBytes(text, model, 2) + described + wholeBytes(model)) / 4) * 4;
}
