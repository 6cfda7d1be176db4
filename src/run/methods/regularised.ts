import { fineTuned } from './magnitude-pruning.js';
import type { Method } from './method.js';

/**
 * Magnitude pruning and fine-tuning whose dense half is regularised, so that the cut costs less. Each λ was chosen by accuracy at 0.9 to 0.995 on a third of the training subjects of irds.
 */
export const regularised: readonly Method[] = [
  /** λ · mean |ŵ|. */
  fineTuned('mp-l1', 'MP + l1 + FT', 'as mp-ft, with an l1 penalty while dense', () => ({
    regulariser: { kind: 'l1', weight: 100 },
  })),
  /**
   * Hard-concrete gates (C. Louizos, M. Welling, D. Kingma, arXiv 1712.01312), and λ · the mean share of open gates. The
   * exact budget is cut by the magnitude of the gated weights; without gates then, as the other rivals, it is fine-tuned.
   */
  fineTuned('mp-l0', 'MP + l0 + FT', 'as mp-ft, with hard-concrete gates while dense', () => ({
    mask: 'gates',
    regulariser: { kind: 'l0', weight: 300 },
  })),
  /**
   * λ · the entropy of the weights' histogram (after S. Wiedemann, A. Marban, K.-R. Müller, W. Samek: Entropy-Constrained
   * Training of Deep Neural Networks, arXiv 1812.07520, whose discrete distribution is a soft histogram here).
   */
  fineTuned('mp-entropy', 'MP + entropy + FT', 'as mp-ft, with an entropy penalty while dense', () => ({
    regulariser: { kind: 'entropy', weight: 1 },
  })),
  /**
   * λ · mean c |ŵ|, c the multiply-accumulates that a weight costs (after C. Lemaire, A. Achkar, P.-M. Jodoin: Structured
   * Pruning of Neural Networks with Budget-Aware Regularization, arXiv 1811.09332, without its barrier: budgets are cut).
   */
  fineTuned('mp-cost', 'MP + cost + FT', 'as mp-ft, with an l1 penalty by cost while dense', () => ({
    regulariser: { kind: 'cost', weight: 30 },
  })),
];
