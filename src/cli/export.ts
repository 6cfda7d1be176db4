import { basename, extname } from 'node:path';
import { Command, Option } from 'commander';
import { gzipSync } from 'fflate';
import { markdownTable } from 'markdown-table';
import { InputError } from '../core/errors.js';
import { formatCount, formatRate } from '../core/format.js';
import { writeWhole } from '../core/node/write.js';
import { suggest } from '../core/suggest.js';
import type { Exported, Exporter, ExportOptions, ProgramMemory } from '../export/exporter.js';
import { exporterNamed, exporters, exportModel } from '../export/exporters.js';
import { cut } from '../pruning/cut/cut.js';
import { loadModel } from '../run/node/load-model.js';
import { checkArduino, takesArduino, writeArduino } from './arduino.js';
import { loadRecording } from './model-data.js';
import { checkFile, examples, flags, parseRate, printResult, termsHelp } from './options.js';

interface ExportFlags extends Omit<ExportOptions, 'name' | 'recording'> {
  readonly format?: string;
  readonly recording?: string;
  readonly rate?: number;
  readonly output: string;
  readonly arduino?: boolean;
  readonly json?: boolean;
}

interface WrittenFile {
  readonly file: string;
  readonly bytes: number;
  readonly gzipped: number;
}

interface Written extends Omit<Exported, 'files'> {
  readonly format: string;
  readonly rate: number;
  readonly files: readonly WrittenFile[];
  /** The folder of a library for Arduino. */
  readonly library?: string;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('convert a model at one rate to another format')
    .argument('<model|run>', 'an .anyrate file, or the folder of a run')
    .addOption(
      new Option('--format <name>', 'format to write (default: by the extension of -o)').choices(
        exporters.map(({ name }) => name),
      ),
    )
    .addOption(new Option('--rate <rate>', 'share of weights to set to zero').argParser(parseRate))
    .option('--compact', 'leave out nodes, channels, heads and units that cannot influence an answer')
    .addOption(
      new Option('--input <name>', 'what the exported network takes as input').choices(['sequence', 'features']),
    )
    .addOption(new Option('--weights <type>', 'how weights are stored').choices(['float', 'int8']))
    .option('--arduino', 'of C: also a folder that is a library of Arduino and PlatformIO')
    .option('--recording <file>', 'a recorded sequence for the page to show')
    .requiredOption('-o, --output <file>', 'where to write it')
    .addOption(flags.json())
    .addHelpText('after', formatsHelp() + examples('anyrate export runs/irds --rate 0.98 -o small.safetensors'))
    .action(exportFile);
}

function formatsHelp(): string {
  const rows = exporters.map((exporter): [string, string] => {
    const { name, description, extensions, options } = exporter;
    const ofFormat = options.filter((option) => option !== 'name').map((option) => `--${option}`);
    const known = [...ofFormat, ...(takesArduino(exporter) ? ['--arduino'] : [])];
    const taken = known.length === 0 ? '' : `; takes ${known.join(', ')}`;
    return [name, `${description} (${extensions.join(', ')})${taken}`];
  });
  return `${termsHelp('Formats', rows)}\n`;
}

async function exportFile(path: string, flags: ExportFlags): Promise<void> {
  const { format, rate, output, json, recording, arduino, ...options } = flags;
  const exporter = format === undefined ? exporterFor(output) : exporterNamed(format);
  const model = loadModel(path);
  const small = cut(model, { rate: rate ?? model.rate });
  const paths = pathsOf(output, exporter);
  if (arduino) checkArduino(exporter);
  for (const file of paths) checkFile(file);
  const exported = await exportModel(small, exporter.name, {
    ...options,
    ...nameFor(exporter, paths[0]),
    ...(recording === undefined
      ? {}
      : { recording: { name: basename(recording), sequence: await loadRecording(recording, model) } }),
  });
  const written = {
    ...writeFiles(paths, exported, exporter, small.rate),
    ...(arduino && { library: writeArduino(paths[0], exported, small, options.weights === 'int8') }),
  };
  printResult(json, written, () => describe(written));
}

/** The format that a file name ends in. */
function exporterFor(output: string): Exporter {
  const fit = exporters.filter(({ extensions }) => extensionIn(extensions, output) !== undefined);
  if (fit.length === 1) return fit[0];
  const known = exporters.flatMap(({ extensions }) => extensions);
  throw new InputError({
    source: 'anyrate export',
    expected: `-o that ends in ${known.join(', ')}, or --format`,
    found: `-o ${output}`,
    mend: suggest(extname(output), known) ?? `Add --format: ${exporters.map(({ name }) => name).join(', ')}.`,
  });
}

/** One path a file of the format, by the one that is given for any of them. */
function pathsOf(output: string, { extensions }: Exporter): string[] {
  const known = extensionIn(extensions, output);
  const stem = known === undefined ? output : output.slice(0, -known.length);
  return extensions.length === 1 ? [output] : extensions.map((extension) => stem + extension);
}

function extensionIn(extensions: readonly string[], path: string): string | undefined {
  return extensions.find((extension) => path.endsWith(extension) && basename(path) !== extension);
}

function nameFor({ options }: Exporter, path: string): Pick<ExportOptions, 'name'> {
  return options.includes('name') ? { name: basename(path, extname(path)) } : {};
}

function writeFiles(
  paths: readonly string[],
  { files, ...facts }: Exported,
  { name: format }: Exporter,
  rate: number,
): Written {
  const written = files.map((bytes, i) => {
    writeWhole(paths[i], bytes);
    return { file: paths[i], bytes: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
  });
  return { format, rate, ...facts, files: written };
}

function describe({ format, rate, nonzeros, macs, memory, files, library }: Written): string {
  const rows = files.map(({ file, bytes, gzipped }) => [file, formatCount(bytes), formatCount(gzipped)]);
  const table = markdownTable([['file', 'bytes', 'gzipped'], ...rows], { align: ['l', 'r', 'r'] });
  const network = `${formatCount(nonzeros)} non-zeros, ${formatCount(macs)} MACs`;
  const sizes = memory === undefined ? '' : `\n${describeMemory(memory)}`;
  const folder = library === undefined ? '' : `\nLibrary for Arduino and PlatformIO: ${library}`;
  return `${table}\n\n${format} at rate ${formatRate(rate)}: ${network}${sizes}${folder}`;
}

function describeMemory({ constants, scratch, rings, clip, stream, stack }: ProgramMemory): string {
  const always = scratch + rings;
  const [ofRecordings, ofStream] = [always + clip, always + stream].map(formatCount);
  const kept = rings > 0 ? ` (of it ${formatCount(rings)} for kept frames)` : '';
  return (
    `flash: ${formatCount(constants)} bytes of constants, and the code\n` +
    `memory: ${ofRecordings} bytes for recordings or ${ofStream} for a stream${kept}, ` +
    `and at most ${formatCount(stack)} of stack`
  );
}
