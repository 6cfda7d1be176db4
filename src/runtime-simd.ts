/**
 * The runtime with a recogniser that runs windows in WebAssembly with SIMD: the same functions and classes as anyrate/runtime, the
 * same answers to the bit, several times faster in a stream.
 * @module anyrate/runtime-simd
 */
export { WindowRecognizer as Recognizer } from './runtime/window/window-recognizer.js';
export * from './runtime.js';
