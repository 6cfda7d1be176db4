import { assertNever } from '../core/errors.js';
import type { Random } from '../core/random.js';
import type { PruningOptions } from './recipe/recipe.js';

/** Which pruning rates the steps of a training take. */
export interface RateDraw {
  /** Rates of one step. */
  readonly count: number;
  /** Rates that every step trains: fixed ones, or the ends of the range that the others are drawn from. */
  readonly trained: readonly number[];
  readonly largest: number;
  /** The rates of one step, [count], at a share 0 … 1 of the training. */
  draw(random: Random, done: number): number[];
}

type DrawOf<Name> = Extract<PruningOptions['rates'], { readonly draw: Name }>;

/** The draw that a recipe asks for. */
export function rateDraw({ rates, ramp }: Pick<PruningOptions, 'rates' | 'ramp'>): RateDraw {
  switch (rates.draw) {
    case 'fixed':
      return fixed(rates.rates);
    case 'sandwich':
      return sandwich(rates.largest, rates.between, ramp);
    case 'gradual':
      return gradual(rates);
    case 'alternating':
      return alternating(rates);
    default:
      return assertNever(rates);
  }
}

/** The same rates in every step. */
function fixed(rates: readonly number[]): RateDraw {
  return { count: rates.length, trained: rates, largest: Math.max(...rates), draw: () => [...rates] };
}

/** 0, the largest, and some whose share of non-zeros is log-uniform (the sandwich rule, arXiv 1903.05134). */
function sandwich(largest: number, between: number, ramp: number): RateDraw {
  const span = -Math.log(1 - largest);
  const risen = (done: number) => (done < ramp ? 0.5 + (0.5 * done) / ramp : 1);
  const rateAt = (share: number) => 1 - Math.exp(-share * span);
  return {
    count: 2 + between,
    trained: [0, largest],
    largest,
    draw: (random, done) => {
      const top = risen(done);
      const drawn = Array.from({ length: between }, () => rateAt(random.uniform() * top));
      return [0, ...drawn, top < 1 ? rateAt(top) : largest];
    },
  };
}

/** One rate, whose distance from its end falls with the cube of the time that is left (M. Zhu, S. Gupta, arXiv 1710.01878). */
function gradual({ rate, until }: DrawOf<'gradual'>): RateDraw {
  const rateAt = (done: number) => rate * (1 - (1 - Math.min(done / until, 1)) ** 3);
  return { count: 1, trained: [rate], largest: rate, draw: (_, done) => [rateAt(done)] };
}

/**
 * One rate: dense first, then pruned and dense in turns of equal length, pruned at the end (arXiv 2106.12379). Where it
 * rises, each pruned turn halves the weights as often more, and the one at the end is the first with the rate itself.
 */
function alternating({ rate, dense, phases, last, rise = false }: DrawOf<'alternating'>): RateDraw {
  const rateOfTurn = (turn: number) => (rise ? 1 - (1 - rate) ** ((turn + 1) / (phases + 1)) : rate);
  const rateAt = (done: number) => {
    if (done >= last) return rate;
    if (done < dense) return 0;
    const half = Math.floor(((done - dense) / (last - dense)) * 2 * phases);
    return half % 2 === 0 ? rateOfTurn(half / 2) : 0;
  };
  return { count: 1, trained: [rate], largest: rate, draw: (_, done) => [rateAt(done)] };
}

/** Where a rate lies between 0 and the largest trained one: 0 to 1, even in halvings of the weights. */
export function placeOfRate(rate: number, { largest }: RateDraw): number {
  return largest === 0 ? 0 : Math.min(Math.log(1 - rate) / Math.log(1 - largest), 1);
}
