/** The package's version; a test holds it against package.json. */
export const VERSION = '0.1.0';

/**
 * Rises with each change that gives a training of the same recipe and seed other bits: their results are not mixed.
 * test/pinned-training.test.ts holds the checksum of a training for each revision.
 */
export const TRAINING_REVISION = 2;
