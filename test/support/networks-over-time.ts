const graph = (options: object) => ({ kind: 'graph-convolution', heads: 2, filters: 3, combine: 'sum', ...options });
const time = (options: object) => ({ kind: 'temporal-convolution', filters: 6, kernel: 3, ...options });

/** Every kind of layer and option of networks over time. */
export const networksOverTime: Record<string, object[]> = {
  'blocks with a projection and an identity': [
    graph({ filters: 5 }),
    time({ residual: 2 }),
    graph({ filters: 6, residual: 1 }),
    time({ residual: 2, stride: 2 }),
    { kind: 'pool', over: 'both' },
  ],
  'dilations, depthwise, heads side by side': [
    graph({ combine: 'concatenate', residual: 1 }),
    time({ filters: 12, depthwise: true, dilation: 2, residual: 1 }),
    { kind: 'pool', over: 'joints' },
    time({ filters: 4, kernel: 2, stride: 2, activation: 'none' }),
    { kind: 'pool', over: 'both' },
    { kind: 'dense', units: 6, members: 2 },
  ],
  'filters before joints, a graph after time': [
    time({ filters: 4, stride: 3 }),
    { kind: 'pool', over: 'time' },
    graph({ filters: 2, combine: 'concatenate' }),
  ],
  'one frame at last instead of a pool, with a residual in it': [
    time({ kernel: 12, residual: 1 }),
    graph({ filters: 6, residual: 1 }),
  ],
};
