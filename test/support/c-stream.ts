import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportC } from '../../src/export/c/export-c.js';
import type { Model } from '../../src/model/model.js';
import { C_FLAGS } from './c-program.js';

/** A frame of a stream: [persons][joints][x, y, z], or null where nobody is seen. */
export interface TimedFrame {
  readonly seconds: number;
  readonly positions: Float32Array | null;
}

/** What a recogniser says of a frame. */
export interface StreamAnswer {
  readonly isChanged: boolean;
  readonly label: number;
  readonly probability: number;
  readonly movement:
    | { readonly label: number; readonly start: number; readonly end: number; readonly known: number }
    | undefined;
}

const DRIVER = `
#include "m.c"
#include <stdio.h>

#ifdef WHOLE
#define CLOCK(seconds) (uint32_t)(1000 * (seconds) + 0.5)
#define SPAN(movement) (movement).start / 1000.0, (movement).end / 1000.0, (movement).known / 1000.0
#else
#define CLOCK(seconds) seconds
#define SPAN(movement) (movement).start, (movement).end, (movement).known
#endif

int main(void)
{
  static float frame[M_PERSONS * M_JOINTS * 3];
  double seconds;
  int32_t is_seen;
  m_event event = {{0, 0, 0, 0, 0}, 0, 0, -1, 0};
  m_movement movement;
  printf("%d %d\\n", M_STREAM_BYTES, (int)(sizeof stream));
  while (fread(&seconds, sizeof seconds, 1, stdin) == 1) {
    int result;
    if (fread(&is_seen, sizeof is_seen, 1, stdin) != 1 || fread(frame, sizeof frame, 1, stdin) != 1) return 1;
    result = m_push(is_seen ? frame : NULL, CLOCK(seconds), &event);
    printf("%d %d %.9g", result < 0 ? -1 : event.is_changed, event.label, (double)event.probability);
    if (result > 0 && event.is_finished) {
      printf(" %d %.17g %.17g %.17g", event.movement.label, SPAN(event.movement));
    }
    printf("\\n");
  }
  if (m_reset(&movement)) printf("0 -1 0 %d %.17g %.17g %.17g\\n", movement.label, SPAN(movement));
  else printf("0 -1 0\\n");
  return 0;
}
`;

/**
 * Exports a model, compiles it with a driver, and pushes frames: the answers, undefined to frames that are refused, the last
 * that of the stream's end; and the memory that the header states and that the program takes.
 */
export function streamC(model: Model, frames: readonly TimedFrame[], weights: 'float' | 'int8' = 'float') {
  const [source, header] = exportC(model, { name: 'm', weights }).files;
  const kind = weights === 'int8' ? '-DWHOLE' : '-DM_REAL=double';
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-c-'));
  try {
    for (const [name, text] of [
      ['m.c', source],
      ['m.h', header],
      ['driver.c', DRIVER],
    ] as const) {
      writeFileSync(join(folder, name), text);
    }
    execFileSync('gcc', [...C_FLAGS, kind, 'driver.c', '-lm', '-o', 'driver'], { cwd: folder });
    const output = execFileSync(join(folder, 'driver'), { input: inputOf(model, frames), maxBuffer: 2 ** 30 });
    const [sizes, ...lines] = output.toString().trimEnd().split('\n');
    const [statedBytes, bytes] = sizes.split(' ').map(Number);
    return { answers: lines.map((line) => answerOf(line)!), statedBytes, bytes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function inputOf({ description: { persons, layout } }: Model, frames: readonly TimedFrame[]): Buffer {
  const nobody = new Float32Array(persons * layout.joints.length * 3);
  return Buffer.concat(
    frames.flatMap(({ seconds, positions }) => [
      Buffer.from(Float64Array.of(seconds).buffer),
      Buffer.from(Int32Array.of(positions ? 1 : 0).buffer),
      Buffer.from(Float32Array.from(positions ?? nobody).buffer),
    ]),
  );
}

function answerOf(line: string): StreamAnswer | undefined {
  const [changed, label, probability, finished, start, end, known] = line.split(' ').map(Number);
  const movement = known === undefined ? undefined : { label: finished, start, end, known };
  return changed < 0 ? undefined : { isChanged: changed === 1, label, probability, movement };
}
