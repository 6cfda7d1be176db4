// The import law. `src/` has a folder for every room below, foundations first: a file imports files of its room and of
// rooms before it, types included, and nothing else but what is named here. test/architecture.test.ts enforces it.
//
// - Rooms that are `closed` import no package; what they may take all the same is listed.
// - Nothing imports `cli`, and no file is imported in a circle.
// - `node:*` is imported in folders `node/` and in `cli` alone, and nothing that a browser loads leads there.
// - The doors, `src/*.ts`, are the public API: they import any room but `cli`, and rooms do not import them.
// - Tests beside the code, `*.test.ts`, use what they need.

/** @type {readonly Room[]} */
export const ROOMS = [
  { name: 'core', purpose: 'errors, numbers, bytes and text that every room shares', closed: true },
  {
    name: 'runtime',
    purpose: 'all that an answer takes: the file, the skeleton steps, the sparse network',
    closed: true,
  },
  { name: 'skeleton', purpose: 'layouts of joints, the steps of a pipeline as a recipe writes them, augmentation' },
  { name: 'data', purpose: 'data sets and recordings: formats, published sets, splits' },
  { name: 'kernels', purpose: 'arithmetic on one heap: a reference in TypeScript, the same in WebAssembly' },
  { name: 'model', purpose: 'the network forward and backward, and writing it to a file' },
  { name: 'pruning', purpose: 'priors and their thresholds, cuts to a budget, what of a cut is live' },
  { name: 'evaluate', purpose: 'accuracy at every rate, calibration, reports' },
  { name: 'train', purpose: 'a recipe and a data set become a model' },
  { name: 'run', purpose: 'experiments, rival methods, comparisons, and the folders that they write' },
  { name: 'page', purpose: 'parts of web pages' },
  { name: 'export', purpose: 'a model as ONNX, C, WebAssembly, JavaScript, a page, safetensors' },
  { name: 'measure', purpose: 'times of a training step and of inference' },
  { name: 'cli', purpose: 'the command line: reads options, prints' },
];

/** What is allowed beyond the order: from a file, to a file or package, and why. */
export const EXCEPTIONS = [
  { from: 'run/node/plugins.ts', to: 'node.ts', why: 'a plugin is given the public API' },
  { from: 'core/bytes.ts', to: 'runtime/file/container.ts', why: 'CRC-32, which the runtime has' },
  { from: 'core/sealed-file.ts', to: 'runtime/file/container.ts', why: 'the same' },
  {
    from: 'export/html/parts/main.ts',
    to: 'page.ts',
    why: 'bundled into the exported page, which uses the public API',
  },
  { from: 'export/html/parts/main.ts', to: 'runtime.ts', why: 'the same' },
];

/** Files that a browser loads first; nothing of Node may be reachable from them. */
export const BROWSER_ENTRIES = [
  'index.ts',
  'browser.ts',
  'runtime.ts',
  'runtime-temporal.ts',
  'runtime-simd.ts',
  'page.ts',
  'train/browser/worker.ts',
];

/**
 * @typedef {object} Room
 * @property {string} name its folder in `src/`
 * @property {string} purpose
 * @property {boolean} [closed] imports nothing outside itself
 */
