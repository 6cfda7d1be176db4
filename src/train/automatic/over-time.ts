/** What an automatic recipe of a network over time has in place of that of one block over means: see docs/choices.md. */

const block = (filters: number) => [
  { kind: 'graph-convolution', heads: 3, filters, combine: 'sum' },
  { kind: 'temporal-convolution', filters, kernel: 5, stride: 2, residual: 2 },
];

/** 32 frames become 14, then 5. */
export const networkOverTime: readonly object[] = [...block(24), ...block(48), { kind: 'pool', over: 'both' }];

export const channelsOverTime: readonly object[] = [
  { step: 'frame-positions' },
  { step: 'frame-relative' },
  { step: 'frame-bones' },
  { step: 'frame-velocities' },
];

/** Larger ones end in networks that answer one class at high rates. */
export const LEARNING_RATE_OVER_TIME = 0.01;

/** The largest rate rises, without which small networks of two blocks hardly begin to learn. */
export const RAMP_OVER_TIME = 0.6;
