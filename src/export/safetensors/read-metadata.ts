import { damaged } from '../../core/bytes.js';
import { InputError } from '../../core/errors.js';
import { openDescription } from '../../model/file/header.js';
import type { ModelDescription } from '../../model/model.js';

/** What the metadata of an export tell of its model. */
export interface Described {
  readonly description: ModelDescription;
  /** What the magnitudes of each weight tensor are measured in, by the tensor's name. */
  readonly scales: Readonly<Record<string, number>>;
}

/** The entries that a model needs; each is JSON. */
const ENTRIES = ['layout', 'persons', 'classes', 'preprocessing', 'layers', 'provenance', 'scales'] as const;
const PLACE = '__metadata__';

/** Reads what `describeModel` and the exporter wrote. @throws InputError if it is not there, or not a model's */
export function readMetadata(metadata: Readonly<Record<string, string>>, source: string): Described {
  checkEntries(metadata, source);
  const read = (entry: (typeof ENTRIES)[number]) => parseJson(metadata[entry], `${PLACE}, ${entry}`, source);
  const facts = {
    layout: read('layout'),
    persons: read('persons'),
    classes: read('classes'),
    preprocessing: read('preprocessing'),
    provenance: read('provenance'),
    layers: hiddenLayers(read('layers'), source),
  };
  return { description: openDescription(facts, source, PLACE), scales: checkScales(read('scales'), source) };
}

function checkScales(json: unknown, source: string): Described['scales'] {
  const scales = Object(json) as Described['scales'];
  if (Object.values(scales).every(isScale)) return scales;
  throw damaged(source, `${PLACE}, scales`, 'a float32 above 0 for each weight tensor', 'others');
}

/** Above 0 and finite as float32, which weights are multiplied in. */
function isScale(value: unknown): boolean {
  return typeof value === 'number' && Math.fround(value) > 0 && Math.fround(value) < Number.POSITIVE_INFINITY;
}

function checkEntries(metadata: Readonly<Record<string, string>>, source: string): void {
  const missing = ENTRIES.filter((entry) => !Object.hasOwn(metadata, entry));
  if (missing.length === 0) return;
  throw new InputError({
    source,
    place: PLACE,
    expected: `what anyrate export writes there: ${ENTRIES.join(', ')}`,
    found: missing.length === ENTRIES.length ? 'none of them' : `no ${missing.join(', ')}`,
    mend: 'Save the weights with the metadata of the export, or name the model that they come from with --like MODEL.',
  });
}

/** The layers without their names and the classifier, as recipes have them. */
function hiddenLayers(json: unknown, source: string): unknown[] {
  if (!Array.isArray(json) || json.length === 0 || !json.every(isNamed))
    throw damaged(source, `${PLACE}, layers`, 'a list of named layers', 'others');
  return json.slice(0, -1).map(({ name: _, ...layer }) => layer);
}

function isNamed(layer: unknown): boolean {
  return typeof Object(layer).name === 'string';
}

function parseJson(text: string, place: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(source, place, 'JSON', (error as Error).message);
  }
}
