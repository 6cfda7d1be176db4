/** All of the runtime but its recognizer: what the size of the core is measured of. */
export { FormatError, grow, load, RuntimeModel } from '../../src/runtime.js';
