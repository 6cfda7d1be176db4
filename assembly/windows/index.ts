// The window of a stream, from its frames to the logits: src/runtime/window/window.ts and window-machine.ts say where everything is in memory.

export { bones, distances, means, standardise, summarise, widen } from './channels';
export { multiply } from '../frames';
export { spread } from './network';
export { clear, collect, deal, measure, move, rootX, straighten, turn } from './pose';
