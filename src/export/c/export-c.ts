import { InputError } from '../../core/errors.js';
import type { Model } from '../../model/model.js';
import type { WeightType } from '../code/encoding.js';
import { aboutOf } from '../description.js';
import type { Exported, ExportOptions, ProgramMemory } from '../exporter.js';
import { isOverTime } from '../over-time.js';
import { overTimeText, wholeOverTimeText } from './over-time.js';
import { parts } from './parts.js';
import { type PreprocessingText, preprocessingText } from './preprocessing.js';
import { floatText, type ProgramText } from './program-text.js';
import { streamText } from './stream.js';
import { fill, identifier, indent, quote, wrap } from './text.js';
import { wholeStillText } from './whole-still.js';

/**
 * C99 for microcontrollers: preprocessing and network, weights in constant sparse tables, scratch sized at compile time,
 * no allocation.
 * @throws InputError on preprocessing that resamples twice, and a name that no `#include` can hold
 */
export function exportC(
  model: Model,
  { name = model.description.provenance.recipe, weights = 'float' }: ExportOptions,
): Exported {
  const writeProgram = isOverTime(model) ? overTimeTexts[weights] : programTexts[weights];
  const preprocessing = preprocessingText(model, weights);
  const prefix = identifier(name);
  const stream = streamText(prefix, model, weights);
  const programText = writeProgram(prefix, model, preprocessing);
  const { constants, scratch, rings, clip, nonzeros, macs } = programText;
  const common = commonValues(prefix, model, `${nonzeros} ${weights} weights`);
  const source = fill(
    fill(parts[programText.template], {
      ...common,
      file: includable(name),
      stream: stream.source,
      ...preprocessingValues(prefix, model, preprocessing),
      ...programText.values,
    }),
    common,
  );
  const memory = { constants, scratch, rings, clip, stream: stream.bytes, stack: stackBytes(model) };
  const header = fill(parts['model.h'], {
    ...common,
    ...memoryValues(memory),
    ...headerValues(prefix, model, preprocessing.limited, weights),
    stream: stream.header,
  });
  const files = [source, header].map((text) => new TextEncoder().encode(text));
  return { files, nonzeros, macs, memory };
}

/** The deepest that was measured on Cortex-M, 600, with room for other compilers; and what grows with the persons. */
function stackBytes({ description: { persons } }: Model): number {
  return 800 + 24 * persons;
}

function memoryValues({ constants, scratch, rings, clip, stack }: ProgramMemory) {
  const sizes = { constants: `${constants}`, scratch: `${scratch}`, clip: `${clip}`, stack: `${stack}` };
  return { ...sizes, rings: `${rings}` };
}

type WriteProgram = (name: string, model: Model, preprocessing: PreprocessingText) => ProgramText;

/** What is different in programs with weights of each type. */
const programTexts: Readonly<Record<WeightType, WriteProgram>> = { float: floatText, int8: wholeStillText };
const overTimeTexts: Readonly<Record<WeightType, WriteProgram>> = { float: overTimeText, int8: wholeOverTimeText };

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

function headerValues(name: string, { description, pipeline }: Model, limited: boolean, weights: WeightType) {
  const most = `${name.toUpperCase()}_MAX_FRAMES`;
  const least = pipeline.leastFrames === 1 ? '1 frame or more' : '2 frames or more';
  const limit = weights === 'int8' ? '32767' : most;
  return {
    includes: weights === 'int8' ? '\n#include <stdint.h>\n' : '',
    limit: limited ? `/* Frames of the longest sequence. */\n#ifndef ${most}\n#define ${most} 256\n#endif\n` : '',
    lengths: limited || weights === 'int8' ? `${least}, and at most ${limit}` : least,
    order: wrap(description.layout.joints.map(plain), ' *  ').join('\n'),
  };
}

function preprocessingValues(name: string, model: Model, text: PreprocessingText) {
  const { description, pipeline } = model;
  const most = `${name.toUpperCase()}_MAX_FRAMES`;
  return {
    frames: `${pipeline.frames}`,
    channels: `${pipeline.channels}`,
    names: indent(description.classes.map((label) => `${quote(label)},`)),
    refused: `n < ${pipeline.leastFrames}${text.limited ? ` || n > ${most}` : ''}`,
    pose: indent(text.pose),
  };
}

/** Text that may be in a comment. */
function plain(text: string): string {
  return text.replace(/[^\w .()-]/g, '_');
}
