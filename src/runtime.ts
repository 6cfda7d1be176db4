/**
 * The runtime: loads .anyrate files and runs them. No dependencies, neither Node nor the DOM.
 * @module anyrate/runtime
 */
export { FormatError } from './runtime/file/container.js';
export type { StatedAccuracy } from './runtime/file/header.js';
export { type Address, grow, type LoadBudget, load } from './runtime/load.js';
export { RuntimeModel } from './runtime/model.js';
export { Recognizer, type RecognizerEvent, type RecognizerOptions } from './runtime/recognizer.js';
export type { Skeleton, SkeletonSequence } from './runtime/skeleton/sequence.js';
export type { Prediction, View } from './runtime/view.js';
