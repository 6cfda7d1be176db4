import { InputError } from '../core/errors.js';
import type { Model } from '../model/model.js';
import { cExporter } from './c/export-c.js';
import type { Exported, Exporter, ExportOptions } from './exporter.js';
import { htmlExporter } from './html/export-html.js';
import { javascriptExporter } from './js/export-js.js';
import { onnxExporter } from './onnx/export-onnx.js';
import { safetensorsExporter } from './safetensors/export-safetensors.js';
import { wasmExporter } from './wasm/export-wasm.js';

/** Every format. */
export const exporters: readonly Exporter[] = [
  onnxExporter,
  safetensorsExporter,
  htmlExporter,
  javascriptExporter,
  wasmExporter,
  cExporter,
];

/** Writes a model at its own rate; cut it first for another. @throws InputError on an unknown format or option */
export function exportModel(model: Model, format: string, options: ExportOptions = {}): Exported {
  const exporter = exporterNamed(format);
  for (const option of Object.keys(options) as (keyof ExportOptions)[]) checkOption(exporter, option);
  return exporter.write(model, options);
}

export function exporterNamed(name: string): Exporter {
  const exporter = exporters.find((candidate) => candidate.name === name);
  if (exporter !== undefined) return exporter;
  const expected = `a format: ${exporters.map((known) => known.name).join(', ')}`;
  throw new InputError({ source: 'format', expected, found: `"${name}"`, mend: 'Use one of these names.' });
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
