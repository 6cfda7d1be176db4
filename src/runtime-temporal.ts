/**
 * The runtime with networks over time: the same functions and classes as anyrate/runtime, which refuses their files.
 * @module anyrate/runtime-temporal
 */
import './runtime/temporal.js';

export { continual } from './runtime/continual.js';
export type { ContinualNetwork } from './runtime/network/continual-network.js';
export { ContinualRecognizer as Recognizer } from './runtime/stream/continual-recognizer.js';
export * from './runtime.js';
