import type { Model } from '../../model/model.js';
import { streamSettings } from '../code/stream-settings.js';
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

/** The recogniser with the settings that the runtime takes from the model. */
export function streamText(name: string, model: Model): StreamText {
  const { settings, nothing, means } = streamSettings(model);
  const bytes = stateBytes(model);
  const names = { name, NAME: name.toUpperCase(), bytes: `${bytes}` };
  const lines = Object.entries(settings).map(([key, value]) => setting(`${names.NAME}_${key.toUpperCase()}`, value));
  const likeness = means.length > 0;
  const meaningless = nothing.flatMap((isNothing, label) => (isNothing ? [`best == ${label}`] : []));
  return {
    header: fill(parts['stream.h'], { ...names, settings: lines.join('\n') }),
    source: fill(parts['stream.c'], {
      ...names,
      place: parts[model.description.persons > 1 ? 'place-persons.c' : 'place.c'],
      likeness: likeness
        ? fill(parts['likeness.c'], { means: means.map((row) => `  {${row.join(', ')}},`).join('\n') })
        : '',
      sureness: likeness ? SMOOTHED : 'stream.scores[best]',
      refusal: [...(likeness ? ['is_unsure'] : []), ...meaningless].join(' || ') || '0',
    }),
    bytes,
  };
}

/** A likeness, smoothed as the scores are. */
const SMOOTHED = '(float)(past * stream.sureness + (1 - past) * likeness(best))';

function setting(name: string, value: number): string {
  return `#ifndef ${name}\n#define ${name} ${value === Infinity ? 'HUGE_VAL' : value}\n#endif`;
}

/** Of the structure `stream` in stream.c, whose doubles come first. */
function stateBytes({ description: { persons, layout, classes }, pipeline: { frames } }: Model): number {
  const nodes = persons * layout.joints.length;
  const movement = 3 * 8 + 2 * 4;
  const floats = (frames + 1) * nodes * 4 + 2 * nodes * 3 + 2 * classes.length + 1;
  return Math.ceil((4 * 8 + nodes * 8 + movement + floats * 4 + 5 * 4) / 8) * 8;
}
