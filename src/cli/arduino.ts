import { basename, dirname, extname, join } from 'node:path';
import { InputError } from '../core/errors.js';
import { makeFolder, writeWhole } from '../core/node/write.js';
import { identifier } from '../export/c/text.js';
import type { Exported, Exporter } from '../export/exporter.js';
import type { Model } from '../model/model.js';

/** Whether a format can be a library of Arduino. */
export function takesArduino({ name }: Exporter): boolean {
  return name === 'c';
}

/** @throws InputError where the format is no C */
export function checkArduino(exporter: Exporter): void {
  if (takesArduino(exporter)) return;
  const mend = 'Export to a name that ends in .c, or leave --arduino out.';
  throw new InputError({ source: 'anyrate export', expected: '--format c with --arduino', found: exporter.name, mend });
}

/** Writes a folder beside the C file, of its name: a library as the Arduino IDE and PlatformIO have it, with a sketch. Returns its path. */
export function writeArduino(path: string, { files }: Exported, { description }: Model, isWhole: boolean): string {
  const name = basename(path, extname(path));
  const folder = join(dirname(path), name);
  const [source, header] = files;
  const text = new TextEncoder();
  const library = [
    `name=${name}`,
    'version=1.0.0',
    `sentence=Recognises ${description.classes.length} movements: ${description.classes.join(', ')}`.replace(
      /[\r\n]/g,
      ' ',
    ),
    'category=Data Processing',
    'architectures=*',
    `includes=${name}.h`,
  ];
  for (const inner of ['src', join('examples', 'stream')]) makeFolder(join(folder, inner));
  writeWhole(join(folder, 'library.properties'), text.encode(`${library.join('\n')}\n`));
  writeWhole(join(folder, 'src', `${name}.c`), source);
  writeWhole(join(folder, 'src', `${name}.h`), header);
  writeWhole(join(folder, 'examples', 'stream', 'stream.ino'), text.encode(sketch(name, isWhole)));
  return folder;
}

/** Frames arrive at the serial port as float32, little-endian. */
function sketch(file: string, isWhole: boolean): string {
  const name = identifier(file);
  const frame = `float frame[${name.toUpperCase()}_PERSONS * ${name.toUpperCase()}_JOINTS * 3];`;
  return `// Frames come over the serial port, [persons][joints][x, y, z] as float32; what is recognised goes back.
#include <${file}.h>

static ${frame}
static ${name}_event event;

void setup() {
  Serial.begin(115200);
}

void loop() {
  if (Serial.readBytes((char *)frame, sizeof frame) < sizeof frame) return;
  if (${name}_push(frame, ${isWhole ? 'millis()' : 'millis() / 1000.0'}, &event) > 0 && event.is_changed) {
    Serial.println(event.label < 0 ? "nothing" : ${name}_classes[event.label]);
  }
}
`;
}
