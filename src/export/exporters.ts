import { aModel, anyOptions, aText, checkArguments, type Kind, objectWith, oneOf } from '../core/arguments.js';
import { InputError } from '../core/errors.js';
import { allOf, Registry } from '../core/registry.js';
import type { Model } from '../model/model.js';
import { weightScale } from '../runtime/network/rate.js';
import { builtInExporters } from './built-in.js';
import type { Exported, Exporter, ExportOptions } from './exporter.js';
import { requireFitting } from './over-time.js';

const registry = /* @__PURE__ */ new Registry<Exporter>('format', builtInExporters);

/** Every format: those that are built in, then those that were registered. */
export const exporters: readonly Exporter[] = /* @__PURE__ */ allOf(registry);

/**
 * Adds a format that models can be written in, by `exportModel` and by the command line.
 * @throws InputError on a name or a main extension that is taken, and on an exporter that lacks a part
 */
export function registerExporter(exporter: Exporter): void {
  checkArguments('registerExporter', { exporter: [objectWith('a exporter'), exporter] });
  const fault = findExporterFault(exporter);
  if (fault !== undefined) throw new InputError({ source: 'format to register', ...fault, mend: 'See Exporter.' });
  registry.add(exporter);
}

function findExporterFault({ extensions, description, options, write }: Exporter) {
  const [main] = Array.isArray(extensions) ? extensions : [];
  const isNamed = main !== undefined && extensions.every((extension) => /^\.[\w.-]+$/.test(extension));
  if (!isNamed) return { place: 'extensions', expected: 'one or more, such as ".bin"', found: String(extensions) };
  const other = exporters.find((known) => known.extensions[0] === main);
  if (other !== undefined) return { place: 'extensions', expected: `another than ${other.name} has`, found: main };
  if (typeof description !== 'string') return { place: 'description', expected: 'a line of text', found: 'none' };
  if (!Array.isArray(options)) return { place: 'options', expected: 'a list of names', found: String(options) };
  if (typeof write !== 'function') return { place: 'write', expected: 'a function', found: String(write) };
  return undefined;
}

/**
 * Writes a model at its own rate; cut it first for another. What writes a built-in format is loaded when it is first asked for.
 * @throws InputError on an unknown format or option, and on an exporter from outside that fails or gives something else
 * @example
 * const { files, nonzeros } = await exportModel(cut(model, { rate: 0.98 }), 'onnx');
 */
export async function exportModel(model: Model, format: string, options: ExportOptions = {}): Promise<Exported> {
  checkArguments('exportModel', { model: [aModel, model], format: [aText, format], options: [anyOptions, options] });
  const exporter = exporterNamed(format);
  checkOptions(exporter, options);
  checkWeights(model);
  requireFitting(model, exporter, exporters);
  const exported = await write(exporter, model, options);
  const fault = findExportedFault(exporter, exported);
  if (fault !== undefined) throw new InputError({ source: `format ${format}`, ...fault, mend: 'See Exported.' });
  return exported;
}

/** What an option is, where it is given. */
const optionKinds: Readonly<Record<keyof ExportOptions, Kind>> = {
  name: aText,
  compact: oneOf(true, false),
  input: oneOf('sequence', 'features'),
  weights: oneOf('float', 'int8'),
  recording: objectWith('a name and a sequence', 'name', 'sequence'),
};

/** @throws InputError on an option that the exporter does not know, and on one of another kind */
function checkOptions(exporter: Exporter, options: ExportOptions): void {
  for (const [option, value] of Object.entries(options) as [keyof ExportOptions, unknown][]) {
    if (value === undefined) continue;
    checkOption(exporter, option);
    if (Object.hasOwn(optionKinds, option)) checkArguments('exportModel', { [option]: [optionKinds[option], value] });
  }
}

/** @throws InputError where a weight is infinite, which programs in other languages cannot even say */
function checkWeights({ parameters: { latents, scales, gains }, rate }: Model): void {
  for (const [t, tensor] of latents.entries()) {
    const scale = weightScale(scales[t], gains[t], rate);
    if (tensor.every((latent) => Number.isFinite(Math.fround(latent * scale)))) continue;
    throw new InputError({
      source: 'model',
      place: `weights of tensor ${t + 1}`,
      expected: 'finite numbers',
      found: 'infinite ones',
      mend: 'Copy the file again from its source, or train the model again.',
    });
  }
}

async function write(exporter: Exporter, model: Model, options: ExportOptions): Promise<Exported> {
  try {
    return await exporter.write(model, options);
  } catch (error) {
    throw registry.blame(exporter, error);
  }
}

function findExportedFault({ extensions }: Exporter, exported: Exported | undefined) {
  const { files, nonzeros, macs }: Partial<Exported> = exported ?? {};
  if (!Array.isArray(files) || !files.every((bytes) => bytes instanceof Uint8Array)) {
    return { place: 'files', expected: 'a list of Uint8Array', found: describeFiles(files) };
  }
  if (files.length !== extensions.length) {
    return { place: 'files', expected: `${extensions.length}: ${extensions.join(', ')}`, found: `${files.length}` };
  }
  if (!Number.isFinite(nonzeros)) return { place: 'nonzeros', expected: 'a number', found: String(nonzeros) };
  if (!Number.isFinite(macs)) return { place: 'macs', expected: 'a number', found: String(macs) };
  return undefined;
}

function describeFiles(files: unknown): string {
  if (!Array.isArray(files)) return files === undefined ? 'none' : typeof files;
  return `a list of ${[...new Set(files.map((file) => file?.constructor?.name ?? String(file)))].join(', ')}`;
}

/** The exporter of a format. @throws InputError on an unknown name */
export function exporterNamed(name: string): Exporter {
  return registry.named(name, 'format');
}

function checkOption({ name, options }: Exporter, option: keyof ExportOptions): void {
  if (options.includes(option)) return;
  const knowing = exporters.filter((exporter) => exporter.options.includes(option)).map((exporter) => exporter.name);
  throw new InputError({
    source: `format ${name}`,
    expected: options.length === 0 ? 'no option' : `only ${options.join(', ')}`,
    found: option,
    mend: knowing.length === 0 ? 'Leave it out.' : `Leave it out, or export to ${knowing.join(' or ')}.`,
  });
}
