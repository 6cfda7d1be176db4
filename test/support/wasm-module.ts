import { exportWasm } from '../../src/export/wasm/export-wasm.js';
import type { Model } from '../../src/model/model.js';
import type { SkeletonSequence } from '../../src/runtime/skeleton/sequence.js';
import type { StreamAnswer, TimedFrame } from './c-stream.js';

/** What a module exports; see docs/export-programs.md. */
export interface WasmModule {
  readonly memory: WebAssembly.Memory;
  input(frames: number): number;
  predict(frames: number): number;
  probabilities(): number;
  run(frames: number): number;
  frame(): number;
  push(seconds: number, isAnybody: number): number;
  reset(): number;
  event(): number;
}

export function moduleOf(model: Model): WebAssembly.Module {
  return new WebAssembly.Module(exportWasm(model).files[0] as Uint8Array<ArrayBuffer>);
}

export function loadWasm(model: Model): WasmModule {
  return new WebAssembly.Instance(moduleOf(model), {}).exports as unknown as WasmModule;
}

export function doublesAt({ memory }: WasmModule, at: number, count: number): number[] {
  return [...new Float64Array(memory.buffer, at, count)];
}

/** Writes a recording to where it is read. */
export function place({ input, memory }: WasmModule, { frames, positions }: SkeletonSequence): void {
  const at = input(frames); // which may make the memory larger, and its buffer another
  new Float32Array(memory.buffer, at, positions.length).set(positions);
}

/** The logits of a recording, and its probabilities. */
export function answersOfClip(wasm: WasmModule, sequence: SkeletonSequence, classes: number) {
  place(wasm, sequence);
  const logits = doublesAt(wasm, wasm.run(sequence.frames), classes);
  place(wasm, sequence);
  const label = wasm.predict(sequence.frames);
  return { logits, label, scores: doublesAt(wasm, wasm.probabilities(), classes) };
}

/** What a module says of frames; the last answer is that of the stream's end. @param between is called after each frame */
export function answersOfStream(
  wasm: WasmModule,
  frames: readonly TimedFrame[],
  between?: (frame: number) => void,
): StreamAnswer[] {
  const { memory, frame, push, reset, event } = wasm;
  const numbers = () => doublesAt(wasm, event(), 7);
  const finished = (isOver: boolean) => {
    const [, , label, start, end, known] = numbers();
    return isOver ? { label, start, end, known } : undefined;
  };
  const answers = frames.map(({ seconds, positions }, i) => {
    if (positions) new Float32Array(memory.buffer, frame(), positions.length).set(positions);
    const result = push(seconds, +!!positions);
    const [label, probability] = numbers();
    const movement = finished(result >= 2);
    between?.(i);
    return { isChanged: result % 2 === 1, label, probability, movement };
  });
  return [...answers, { isChanged: false, label: -1, probability: 0, movement: finished(reset() !== 0) }];
}
