/**
 * The budget of one file. More is neither read, whatever a file claims, nor trained or written, so that nothing is made
 * that could not be read again; docs/format.md states it.
 */

/** Of the header, and of the tables. */
export const MOST_BYTES = 16e6;
export const MOST_PERSONS = 16;
/** Of one skeleton. */
export const MOST_JOINTS = 1024;
export const MOST_CLASSES = 10_000;
/** Characters of the name of a class, a joint, a data set, a split or a recipe. */
export const MOST_NAME = 1000;
/** Pose steps, and channel steps. */
export const MOST_STEPS = 16;
/** That a sequence is resampled to. */
export const MOST_FRAMES = 1024;
/** Hidden layers. */
export const MOST_LAYERS = 16;
/** Units, heads or filters of one layer. */
export const MOST_UNITS = 65_536;
/** Features and the values of all layers, for one sequence. */
export const MOST_VALUES = 4e6;
export const MOST_WEIGHTS = 16e6;
/** Multiply-accumulates for one sequence: of every weight as often as it is used, and of the steps of preprocessing. */
export const MOST_OPERATIONS = 250e6;
/** Of a stream's window, and of its frames a second. */
export const MOST_SECONDS = 3600;
export const MOST_FRAMES_A_SECOND = 10_000;
/** Of known movements refused, for which a file has thresholds. */
export const MOST_SHARES = 64;
/** Of a curve over the rate. */
export const MOST_KNOTS = 16;
/** Of the temperature's own curve. */
export const MOST_TEMPERATURES = 64;
/** Sets of sequences whose accuracy is stated, and rates of each. */
export const MOST_ACCURACIES = 8;
export const MOST_RATES = 100;
