import { InputError } from '../../core/errors.js';
import type { Model } from '../../model/model.js';
import { type Program, packBits, programOf, type Standardisation } from '../code/program.js';
import { aboutOf } from '../description.js';
import type { Exported, Exporter, ExportOptions } from '../exporter.js';
import { functionsText, withCalled } from './functions.js';
import { type NetworkText, networkText } from './network.js';
import { parts } from './parts.js';
import { type PreprocessingText, preprocessingText } from './preprocessing.js';
import { streamText } from './stream.js';
import { constant, fill, float, identifier, indent, integerType, quote, wrap } from './text.js';

/**
 * C99 for microcontrollers: preprocessing and network, weights in constant sparse tables, scratch sized at compile time,
 * no allocation.
 */
export const cExporter: Exporter = {
  name: 'c',
  extensions: ['.c', '.h'],
  description: 'C99 with preprocessing and network, without allocation',
  options: ['name', 'weights'],
  write,
};

/** @throws InputError on preprocessing that resamples twice, or a name that no `#include` can hold */
function write(
  model: Model,
  { name = model.description.provenance.recipe, weights = 'float' }: ExportOptions,
): Exported {
  const program = programOf(model, weights);
  const preprocessing = preprocessingText(model);
  const prefix = identifier(name);
  const stream = streamText(prefix, model);
  const common = commonValues(prefix, model, `${program.nonzeros} ${weights} weights`);
  const source = fill(parts['model.c'], {
    ...common,
    file: includable(name),
    stream: stream.source,
    ...preprocessingValues(prefix, model, preprocessing),
    ...networkValues(program, networkText(program.layers, weights), preprocessing, model),
  });
  const header = fill(parts['model.h'], {
    ...common,
    ...headerValues(prefix, model, preprocessing.limited),
    stream: stream.header,
  });
  const files = [source, header].map((text) => new TextEncoder().encode(text));
  return { files, nonzeros: program.nonzeros, macs: program.macs, streamBytes: stream.bytes };
}

function includable(name: string): string {
  if (/^[^"\\/\p{Cc}]+$/u.test(name)) return name;
  const expected = 'a file name without quotes, slashes, backslashes and line breaks, which an #include can hold';
  throw new InputError({ source: 'name', expected, found: JSON.stringify(name), mend: 'Give the files another name.' });
}

function commonValues(name: string, model: Model, weights: string) {
  const { layout, persons, classes } = model.description;
  const sizes = { persons: `${persons}`, joints: `${layout.joints.length}`, classes: `${classes.length}` };
  return { name, NAME: name.toUpperCase(), about: `${aboutOf(model)} ${weights}.`, ...sizes };
}

function headerValues(name: string, { description, pipeline }: Model, limited: boolean) {
  const most = `${name.toUpperCase()}_MAX_FRAMES`;
  const least = pipeline.leastFrames === 1 ? '1 frame or more' : '2 frames or more';
  return {
    limit: limited ? `/* Frames of the longest sequence. */\n#ifndef ${most}\n#define ${most} 256\n#endif\n` : '',
    lengths: limited ? `${least}, and at most ${most}` : least,
    order: wrap(description.layout.joints.map(plain), ' *  ').join('\n'),
  };
}

function preprocessingValues(name: string, model: Model, text: PreprocessingText) {
  const { description, pipeline } = model;
  const most = `${name.toUpperCase()}_MAX_FRAMES`;
  return {
    frames: `${pipeline.frames}`,
    channels: `${pipeline.channels}`,
    temperature: float(model.temperatureAt(model.rate)),
    names: indent(description.classes.map((label) => `${quote(label)},`)),
    recording: text.limited ? `static float recording[${most} * PERSONS * PERSON];\n` : '',
    refused: `n_frames < ${pipeline.leastFrames}${text.limited ? ` || n_frames > ${most}` : ''}`,
    pose: indent(text.pose),
    features: indent(text.channels, '    '),
  };
}

function networkValues(
  { standardisation, layers }: Program,
  network: NetworkText,
  preprocessing: PreprocessingText,
  { pipeline }: Model,
) {
  const isRectified = layers.some(({ plan }) => plan.rectify);
  const used = [...preprocessing.parts, ...ALWAYS, ...(isRectified ? ['rectify.c' as const] : [])];
  const { even, odd } = network.sizes;
  return {
    types: [...network.types, `typedef ${integerType(standardisation.means)} mean_t;`].join('\n'),
    tables: [...preprocessing.constants, ...standardisationTables(standardisation), ...network.tables].join('\n\n'),
    even: `${Math.max(even, pipeline.nodes * pipeline.channels)}`,
    odd: `${Math.max(odd, pipeline.frames * pipeline.nodes * 3)}`,
    functions: functionsText(withCalled(used)),
    products: network.products,
    layers: indent(network.lines),
    logits: network.logits,
  };
}

const ALWAYS = ['standardise.c', 'multiply.c', 'spread.c', 'softmax.c'] as const;

function standardisationTables({ used, inverseDeviations, inverses, means }: Standardisation): string[] {
  return [
    constant('uint8_t', 'used', packBits(used)),
    constant('float', 'inverse_deviations', inverseDeviations, float),
    constant(integerType(inverses), 'inverses', inverses),
    constant('mean_t', 'means', means),
  ];
}

/** Text that may be in a comment. */
function plain(text: string): string {
  return text.replace(/[^\w .()-]/g, '_');
}
