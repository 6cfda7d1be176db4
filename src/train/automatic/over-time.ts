/** What an automatic recipe of a network over time has in place of that of one block over means: see docs/choices.md. */

const block = (filters: number) => [
  { kind: 'graph-convolution', heads: 3, filters, combine: 'sum' },
  { kind: 'temporal-convolution', filters, kernel: 5, stride: 2, residual: 2 },
];

/** 32 frames become 14, then 5. Of half as many filters the largest rates leave so few weights that they spoil all others. */
export const networkOverTime: readonly object[] = [...block(48), ...block(96), { kind: 'pool', over: 'both' }];

export const channelsOverTime: readonly object[] = [
  { step: 'frame-positions' },
  { step: 'frame-relative' },
  { step: 'frame-bones' },
  { step: 'frame-velocities' },
];

/** Optimiser steps: as many as were measured. */
export const STEPS_OVER_TIME = 2000;

/** Normalised, a network over time is right more often at every rate. */
export const trainingOverTime = { normalise: true };

/**
 * The largest rate rises, without which small networks of two blocks hardly begin to learn; a stronger penalty costs the whole
 * network more than it gives small ones.
 */
export const pruningOverTime = { ramp: 0.6, regulariser: { kind: 'l1', weight: 10 } };
