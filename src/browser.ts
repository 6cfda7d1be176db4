/**
 * The public API in a browser: all of `anyrate`, and threads.
 * @module anyrate/browser
 */
export * from './index.js';
export { prepareBrowserWorkers } from './train/browser/workers.js';
