import { InputError } from '../../core/errors.js';
import type { Model } from '../../model/model.js';
import type { OneEuro } from '../../runtime/file/header.js';
import type { WeightType } from '../code/encoding.js';
import { type SettingName, streamSettings } from '../code/stream-settings.js';
import { isContinual } from '../over-time.js';
import { parts } from './parts.js';
import { fill } from './text.js';

/** C text of the streaming recogniser. */
export interface StreamText {
  /** Of the header: settings, types and declarations. */
  readonly header: string;
  readonly source: string;
  /** Static memory that it takes. */
  readonly bytes: number;
}

/** What the recogniser is in programs with weights of each type. */
interface Dialect {
  readonly prefix: '' | 'int-';
  readonly time: string;
  readonly clock: string;
  readonly units: string;
  readonly setting: (key: SettingName, value: number) => string;
  readonly mean: (value: number) => string;
  /** A likeness, smoothed as the scores are. */
  readonly smoothed: string;
  readonly bytes: (model: Model) => number;
}

/** Times in seconds and probabilities, or milliseconds and 1 / 32768. */
const dialects: Readonly<Record<WeightType, Dialect>> = {
  float: {
    prefix: '',
    time: 'double',
    clock: 'seconds',
    units: 'Times are in seconds.',
    setting: (_, value) => (value === Infinity ? 'HUGE_VAL' : `${value}`),
    mean: String,
    smoothed: 'past * stream.sureness + (1 - past) * (float)likeness(best)',
    bytes: floatBytes,
  },
  int8: {
    prefix: 'int-',
    time: 'uint32_t',
    clock: 'milliseconds',
    units: 'Times are in milliseconds, of a clock that may wrap round;\n * what is between 0 and 1 is in 1 / 32768.',
    setting: (key, value) => `${wholeSetting(key, value)}`,
    mean: (value) => `${Math.round(value * 256)}`,
    smoothed: '(past * stream.sureness + (32768 - past) * likeness(best)) >> 15',
    bytes: integerBytes,
  },
};

/** The recogniser with the settings that the runtime takes from the model. */
export function streamText(name: string, model: Model, weights: WeightType): StreamText {
  const dialect = dialects[weights];
  const { prefix, time, clock, units } = dialect;
  const { settings, nothing, means, oneEuro } = streamSettings(model);
  if (weights === 'int8') checkInteger(settings, model);
  const bytes = dialect.bytes(model);
  const names = { name, NAME: name.toUpperCase(), bytes: `${bytes}`, time, clock, units };
  const lines = (Object.entries(settings) as [SettingName, number][]).map(([key, value]) =>
    setting(`${names.NAME}_${key.toUpperCase()}`, dialect.setting(key, value)),
  );
  if (oneEuro)
    lines.push(
      ...Object.entries(cutoffs).map(([key, define]) =>
        setting(`${names.NAME}_${define}`, String(oneEuro[key as keyof OneEuro])),
      ),
    );
  const likeness = means.length > 0;
  const meaningless = nothing.flatMap((isNothing, label) => (isNothing ? [`best == ${label}`] : []));
  const rows = means.map((row) => `  {${row.map(dialect.mean).join(', ')}},`);
  return {
    header: fill(parts['stream.h'], { ...names, settings: lines.join('\n') }),
    source: fill(parts[`${prefix}stream.c`], {
      ...names,
      place: parts[`${prefix}${model.description.persons > 1 ? 'place-persons' : 'place'}.c` as const],
      velocities: oneEuro ? '  float velocities[CELL]; /* of each joint, a second */\n' : '',
      smooth: oneEuro ? fill(parts['one-euro.c'], names) : '',
      smoothing: oneEuro ? '    smooth(seconds);\n' : '',
      ...(isContinual(model)
        ? CONTINUAL
        : { follow: '', forget: '', score: `${name}_predict(stream.cells, FRAMES, stream.now)` }),
      likeness: likeness ? fill(parts[`${prefix}likeness.c`], { means: rows.join('\n') }) : '',
      sureness: likeness ? dialect.smoothed : 'stream.scores[best]',
      refusal: [...(likeness ? ['is_unsure'] : []), ...meaningless].join(' || ') || '0',
    }),
    bytes,
  };
}

/** New cells alone go through the network. */
const CONTINUAL = { follow: parts['follow.c'], forget: '  followed = -1;\n', score: 'score(complete)' };

function setting(name: string, value: string): string {
  return `#ifndef ${name}\n#define ${name} ${value}\n#endif`;
}

/** What the cutoffs of a filter are called. */
const cutoffs: Readonly<Record<keyof OneEuro, string>> = {
  minCutoff: 'MIN_CUTOFF',
  beta: 'BETA',
  derivativeCutoff: 'DERIVATIVE_CUTOFF',
};

const CELLS: readonly SettingName[] = ['step', 'least'];
const SHARES: readonly SettingName[] = ['smoothing', 'confidence', 'enter', 'leave'];

function wholeSetting(key: SettingName, value: number): number {
  if (CELLS.includes(key)) return value;
  if (SHARES.includes(key)) return Math.round(value * 32768);
  return value === Infinity ? 2 ** 31 - 1 : Math.round(value * 1000);
}

/** @throws InputError where 32 bits do not hold the times that a stream compares, and where landmarks are smoothed */
function checkInteger(
  { window, step, least }: Readonly<Record<SettingName, number>>,
  { pipeline, description: { stream } }: Model,
): void {
  const { frames } = pipeline;
  const isLong = window * 1000 * (2 * frames * step + least + 2 * frames) >= 2 ** 31;
  if (!isLong && !stream?.oneEuro) return;
  throw new InputError({
    source: 'format c',
    place: 'weights: int8',
    expected: isLong ? 'a window of a few seconds' : 'landmarks that are not smoothed (oneEuro)',
    found: isLong ? `${window} s` : JSON.stringify(stream?.oneEuro),
    mend: 'Export with weights as float.',
  });
}

/** Of the structure `stream` in stream.c, whose doubles come first. */
function floatBytes({ description: { persons, layout, classes, stream }, pipeline: { frames } }: Model): number {
  const nodes = persons * layout.joints.length;
  const movement = 3 * 8 + 2 * 4;
  const placed = stream?.oneEuro ? 3 : 2;
  const floats = (frames + 1) * nodes * 3 + nodes + placed * nodes * 3 + 2 * classes.length + 1;
  return Math.ceil((4 * 8 + nodes * 8 + movement + floats * 4 + 5 * 4) / 8) * 8;
}

/** Of that in int-stream.c, and the grid. */
function integerBytes({ description: { persons, layout, classes }, pipeline: { frames } }: Model): number {
  const nodes = persons * layout.joints.length;
  const words = 4 + 5 + 2 * nodes + 4;
  const halves = (frames + 1) * nodes * 3 + nodes * 3 + classes.length;
  const flags = (frames + 2) * Math.ceil(nodes / 8) + 4;
  return Math.ceil((words * 4 + halves * 2 + flags) / 4) * 4;
}
