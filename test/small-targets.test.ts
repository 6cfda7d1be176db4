import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runOnCortex } from '../bench/small/cortex-m.js';
import { writeArduino } from '../src/cli/arduino.js';
import { exportC } from '../src/export/c/export-c.js';
import { cut } from '../src/pruning/cut/cut.js';
import { loadModel } from '../src/run/node/load-model.js';
import { runC, WARNINGS } from './support/c-program.js';
import { irdsSamples } from './support/irds.js';
import { describeWith, testWith } from './support/tools.js';

const model = cut(loadModel('examples/irds.anyrate'), { rate: 0.98 });
const sequences = await irdsSamples(12);
const WEIGHTS = ['float', 'int8'] as const;

describeWith('arm-none-eabi-gcc and qemu-system-arm', 'C on Cortex-M, under qemu', () => {
  const input = Buffer.concat(
    sequences.flatMap(({ frames, positions }) => [Buffer.from(Int32Array.of(frames).buffer), bytesOf(positions)]),
  );
  const size = 12 + 4 * model.description.classes.length;
  const answersOf = (output: Buffer) =>
    Array.from({ length: output.length / size }, (_, i) => ({
      label: output.readInt32LE(i * size),
      stack: output.readInt32LE(i * size + 8),
      probabilities: output.subarray(i * size + 12, (i + 1) * size),
    }));

  test.each(
    (['Cortex-M0', 'Cortex-M4F'] as const).flatMap((target) => WEIGHTS.map((weights) => ({ target, weights }))),
  )('$target, $weights: the decisions of the host, in the memory that is stated', ({ target, weights }) => {
    const { files, memory } = exportC(model, { name: 'net', weights });
    const host = hostAnswers(weights);
    const program = runOnCortex(files, target, 'predict', input, ['-DNET_STREAM=0']);
    const answers = answersOf(program.output);
    expect(answers.map(({ label }) => label)).toEqual(host.map(({ label }) => label));
    if (weights === 'int8') {
      expect(answers.map(({ probabilities }) => probabilities)).toEqual(
        host.map(({ probabilities }) => bytesOf(probabilities)),
      );
    }
    const { constants, scratch, clip, stack } = memory!;
    expect(Math.abs(program.ownMemory - scratch - clip)).toBeLessThan(32);
    expect(program.flash).toBeGreaterThan(constants);
    expect(Math.max(...answers.map((answer) => answer.stack))).toBeLessThan(stack);
  });

  test('micro:bit, int8: a stream in its 16 kB, with the answers of a Cortex-M4F, which takes less than 14 kB of flash and 400,000 instructions', () => {
    const { files, memory } = exportC(model, { name: 'net', weights: 'int8' });
    const frames = sequences
      .slice(0, 3)
      .flatMap(({ frames: count, positions }, s) =>
        Array.from({ length: count }, (_, i) => [
          Buffer.from(Uint32Array.of(s * 20_000 + i * 33).buffer),
          bytesOf(positions.subarray(i * 75, (i + 1) * 75)),
        ]),
      );
    const [small, large] = (['micro:bit', 'Cortex-M4F'] as const).map((target) =>
      runOnCortex(files, target, 'stream', Buffer.concat(frames.flat()), ['-DWHOLE']),
    );
    const labels = ({ output }: typeof small) =>
      Array.from({ length: output.length / 16 }, (_, i) => [
        output.readInt32LE(i * 16),
        output.readFloatLE(i * 16 + 12),
      ]);
    const instructions = ({ output }: typeof small) =>
      Array.from({ length: output.length / 16 }, (_, i) => output.readInt32LE(i * 16 + 4));
    expect(labels(small)).toEqual(labels(large));
    expect(new Set(labels(small).map(([label]) => label)).size).toBeGreaterThan(1);
    expect(Math.abs(small.ownMemory - memory!.scratch - memory!.stream)).toBeLessThan(32);
    expect(small.memory).toBeLessThan(10_000);
    expect(large.flash).toBeLessThan(14_000);
    expect(Math.max(...instructions(large))).toBeLessThan(400_000);
  });
});

/** What a sketch needs of Arduino's core. */
const ARDUINO = `#include <stddef.h>
#include <stdint.h>
struct Port {
  void begin(unsigned long) {}
  size_t readBytes(char *, size_t length) { return length; }
  void println(const char *) {}
};
static Port Serial;
static inline unsigned long millis() { return 0; }
void setup();
void loop();
`;

describeWith('arm-none-eabi-gcc and qemu-system-arm', 'the folder of --arduino', () => {
  test.each(WEIGHTS)('%s: the sketch and the library compile without a warning, and link', (weights) => {
    const folder = mkdtempSync(join(tmpdir(), 'anyrate-arduino-'));
    try {
      const program = exportC(model, { name: 'net', weights });
      expect(writeArduino(join(folder, 'net.c'), program, model, weights === 'int8')).toBe(join(folder, 'net'));
      writeFileSync(join(folder, 'Arduino.h'), ARDUINO);
      writeFileSync(
        join(folder, 'main.cpp'),
        'void setup();\nvoid loop();\nint main() { setup(); for (;;) loop(); }\n',
      );
      const run = (program: string, flags: string) =>
        execFileSync(`arm-none-eabi-${program}`, `-mcpu=cortex-m0 -mthumb -Os -I. -Inet/src ${flags}`.split(' '), {
          cwd: folder,
          stdio: 'pipe',
        });
      const cpp = '-std=gnu++11 -fno-exceptions -fno-rtti -Wall -Wextra -Werror -include Arduino.h -x c++ -c';
      run('g++', `${cpp} net/examples/stream/stream.ino -o sketch.o`);
      run('g++', '-c main.cpp -o main.o');
      run('gcc', '-Wall -Wextra -Werror -c net/src/net.c -o net.o');
      run('gcc', '-nostartfiles -Wl,-e,main --specs=nosys.specs sketch.o main.o net.o -lm -o sketch.elf');
      const properties = readFileSync(join(folder, 'net/library.properties'), 'utf8');
      expect(properties).toMatch(/^name=net\nversion=\S+\n(?:\w+=.+\n)*architectures=\*\nincludes=net\.h\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

testWith('gcc', 'the C is valid C++, without a warning of shadows, conversions or promotions to double', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-cpp-'));
  try {
    for (const weights of WEIGHTS) {
      const [source, header] = exportC(model, { name: 'net', weights }).files;
      writeFileSync(join(folder, 'net.c'), source);
      writeFileSync(join(folder, 'net.h'), header);
      const flags = ['-std=c++11', '-x', 'c++', '-O1', ...WARNINGS, '-c', 'net.c'];
      execFileSync('g++', flags, { cwd: folder, stdio: 'pipe' });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const known = new Map<string, ReturnType<typeof runC>>();

/** What the C answers here. */
function hostAnswers(weights: (typeof WEIGHTS)[number]): ReturnType<typeof runC> {
  const answers = known.get(weights) ?? runC(model, { name: 'net', weights }, sequences);
  known.set(weights, answers);
  return answers;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
