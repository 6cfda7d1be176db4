import { base64 } from '../../core/bytes.js';
import { escapeHtml } from '../../core/format.js';
import { checkSequence } from '../../evaluate/predict.js';
import { encodeModel } from '../../model/file/file.js';
import type { Model } from '../../model/model.js';
import { weightSize } from '../../pruning/cut/size.js';
import { aboutOf } from '../description.js';
import type { Exported, ExportOptions, NamedSequence } from '../exporter.js';
import { isOverTime } from '../over-time.js';
import { parts } from './parts.js';

/** Significant digits of a recording's coordinates in a page: more than a camera gives. */
const DIGITS = 5;

/**
 * A page that needs no other file: the model, the runtime, a slider over the rates that the model holds, and a recording
 * if there is one. Its policy forbids it to fetch anything. A script that is added finds the runtime and the model in
 * `anyrate`.
 */
export function exportHtml(model: Model, options: ExportOptions): Exported {
  return { files: [new TextEncoder().encode(pageOf(model, options))], ...weightSize(model) };
}

function pageOf(model: Model, { recording }: ExportOptions): string {
  const { classes, provenance } = model.description;
  const texts: Record<string, string> = {
    title: escapeHtml(`${provenance.recipe}: ${classes.length} classes`),
    about: escapeHtml(aboutOf(model)),
    style: parts['page.css'],
    script: parts[isOverTime(model) ? 'main-over-time.js' : 'main.js'],
    model: base64(encodeModel(model)),
    recording: recording === undefined ? 'null' : recordingJson(model, recording),
  };
  return parts['page.html'].replaceAll(/{{(\w+)}}/g, (_, name: string) => texts[name]);
}

/** As main.ts reads it; `<` would end the script that it is in. */
function recordingJson(model: Model, { name, sequence }: NamedSequence): string {
  checkSequence(model, sequence, name);
  const positions = Array.from(sequence.positions, (value) => Number(value.toPrecision(DIGITS)));
  const { frames, persons, joints } = sequence;
  return JSON.stringify({ name, frames, persons, joints, positions }).replaceAll('<', '\\u003c');
}
