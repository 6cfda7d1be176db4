import type { Heap, Kernels } from '../../../kernels/contract.js';
import type { PartnerKind, RateSlot, StepPlan } from '../plan.js';
import type { RateSettings } from '../settings.js';

/** Which latents a rate leaves out, and in what form the others are worked on. */
export type StopBand = Pick<RateSettings, 'threshold' | 'limit' | 'sparse' | 'hard' | 'shrink'>;

/** What a mask may ask for to place its stop band at a rate. */
export interface BandInput {
  readonly rate: number;
  /** σ of the band-stop function. */
  readonly crispness: number;
  /** ψ below this counts as zero. */
  readonly support: number;
  /** a(r): the magnitude below which a share r of the latents is, or of the prior. */
  readonly threshold: number;
  /** The share of latents with a magnitude above x. */
  shareAbove(x: number): number;
}

/** How latent weights become those of a rate. A new kind is a line of MASKS. */
export interface Mask {
  /** The second number that it gives each weight. */
  readonly partners?: PartnerKind;
  /** Whether latents that the last rate of a step leaves out become zero. */
  readonly zeroes?: boolean;
  stopBand(input: BandInput): StopBand;
}

/** How second numbers of the weights, their partners, take part in a training. A new kind is a line of PARTNERS. */
export interface Partners {
  /** Whether at rate 0 the weights are the latents alone, without the partners. */
  readonly areIdleAtZero: boolean;
  /** Whether weight decay shrinks them too. */
  readonly decay: boolean;
  /** Slope of the penalty on a partner; without it the penalty is on the latents, |ŵ|. */
  readonly penaltySlope?: (partner: number) => number;
  /** Where the partners of a tensor start, from the start of its latents; both [count]. */
  start(latents: Float32Array): Float32Array;
  /** The latents of the trained network, [count], at a place from 0 to 1 between the ends of a line. */
  settle(latents: Float32Array, partners: Float32Array, share: number): Float32Array;
  /** Writes the weights of a rate and their slopes by latents and partners. */
  mask(kernels: Kernels, plan: StepPlan, slot: RateSlot, settings: RateSettings, seed: number): void;
  /** After each step: brings them back to what they may be at the step's last rate. */
  limit?(heap: Heap, plan: StepPlan, rate: number): void;
}
