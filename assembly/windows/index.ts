// The window of a stream, from its frames to the logits: src/runtime/stream/window.ts and window-machine.ts say where everything is in memory.

export { bones, distances, means, standardise, statistics, widen } from './channels';
export { multiply } from '../frames';
export { spread } from './network';
export { across, clear, collect, deal, measure, move, straighten, turn } from './pose';
