import { encodeModel } from '../../model/file.js';
import type { Model } from '../../model/model.js';
import type { SkeletonSequence } from '../../skeleton/sequence.js';
import { base64 } from '../code/base64.js';
import { aboutOf } from '../code/about.js';
import { parts } from './parts.js';

/** A recording inside an exported page. */
export interface Recording extends Omit<SkeletonSequence, 'positions'> {
  readonly name: string;
  readonly positions: readonly number[];
}

/** A recorded sequence, and what to call it. */
export interface NamedSequence {
  readonly name: string;
  readonly sequence: SkeletonSequence;
}

/** Significant digits of coordinates in a page: more than a camera gives. */
const DIGITS = 5;

/**
 * Writes a page that needs no other file: model, runtime, a slider over the rates that the model holds, and a recording
 * if there is one. Its policy forbids it to fetch anything.
 */
export function exportHtml(model: Model, recording?: NamedSequence): string {
  const { classes, provenance } = model.description;
  const texts: Record<string, string> = {
    title: escapeHtml(`${provenance.recipe}: ${classes.length} classes`),
    about: escapeHtml(aboutOf(model)),
    style: parts['page.css'],
    script: parts['main.js'],
    model: base64(encodeModel(model)),
    recordings: JSON.stringify(recording === undefined ? [] : [compact(recording)]).replaceAll('<', '\\u003c'),
  };
  return parts['page.html'].replaceAll(/{{(\w+)}}/g, (_, name: string) => texts[name]);
}

function compact({ name, sequence }: NamedSequence): Recording {
  return { ...sequence, name, positions: Array.from(sequence.positions, (value) => Number(value.toPrecision(DIGITS))) };
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
