// A network as a WebAssembly module: this code is the same for all, the image after it is one network's.

export { input, predict, probabilities, run } from './predict';
export { event, frame, push, reset } from './stream';
