/**
 * The runtime: loads .anyrate files and runs them. No dependencies, neither Node nor the DOM.
 * @module anyrate/runtime
 */
export { FormatError } from './runtime/file/container.js';
export type { OneEuro, Rejection, StatedAccuracy, StatedSpotting, StreamContract } from './runtime/file/header.js';
export { type Address, grow, type LoadBudget, type LoadOptions, load } from './runtime/load.js';
export { RuntimeModel } from './runtime/model.js';
export type { Skeleton, SkeletonSequence } from './runtime/skeleton/sequence.js';
export type {
  CreateCounter,
  CreateFilter,
  CreateSpotter,
  MovementEvent,
  RecognizerEvent,
  RecognizerOptions,
  RepetitionEvent,
} from './runtime/stream/options.js';
export type { Coordinate, Frame, Landmark, Person } from './runtime/stream/read-frame.js';
export { Recognizer } from './runtime/stream/recognizer.js';
export type { Movement, SpottingOptions } from './runtime/stream/spotter.js';
export type { Prediction, View } from './runtime/view.js';
