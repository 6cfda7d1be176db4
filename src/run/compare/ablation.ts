import { assertNever } from '../../core/errors.js';
import type { Recipe } from '../../train/recipe/recipe.js';

/** A recipe with one piece left out, or replaced by the plainest choice. */
export interface Ablation {
  /** Which piece, such as `augmentation mirror`. */
  readonly piece: string;
  /** Named after the recipe and the piece. */
  readonly recipe: Recipe;
}

type Mask = Recipe['pruning']['mask'];
type Regulariser = Recipe['pruning']['regulariser']['kind'];
type Pieces = readonly (readonly [piece: string, recipe: Recipe])[];

/** Every piece that a recipe can do without, in the order of the recipe's parts. */
export function ablationsOf(recipe: Recipe): Ablation[] {
  const pieces = [
    ...inputs(recipe),
    ...augmentations(recipe),
    ...network(recipe),
    ...pruning(recipe),
    ...training(recipe),
  ];
  return pieces.map(([name, without], i) => {
    const namesakes = pieces.slice(0, i).filter(([other]) => other === name).length;
    const piece = namesakes === 0 ? name : `${name} ${namesakes + 1}`;
    return { piece, recipe: { ...without, name: `${recipe.name}-without-${piece.replaceAll(' ', '-')}` } };
  });
}

/** Steps of the preprocessing, one at a time; a network needs frames and channels, so that some stay. */
function inputs(recipe: Recipe): Pieces {
  const { preprocessing } = recipe;
  const change = (changes: Partial<Recipe['preprocessing']>) => ({
    ...recipe,
    preprocessing: { ...preprocessing, ...changes },
  });
  const pose = leaveOneOut(preprocessing.pose)
    .filter(([{ step }]) => step !== 'resample')
    .map(([{ step }, rest]) => [`pose ${step}`, change({ pose: rest })] as const);
  const channels = leaveOneOut(preprocessing.channels)
    .filter(([, rest]) => rest.length > 0)
    .map(([{ step }, rest]) => [`channels ${step}`, change({ channels: rest })] as const);
  return [...pose, ...channels];
}

/** Each step, and all of them together. */
function augmentations(recipe: Recipe): Pieces {
  const steps = leaveOneOut(recipe.augmentation).map(
    ([{ step }, rest]) => [`augmentation ${step}`, { ...recipe, augmentation: rest }] as const,
  );
  return steps.length > 1 ? [...steps, ['augmentation', { ...recipe, augmentation: [] }]] : steps;
}

/** Dropout of all layers, heads side by side, and members. */
function network(recipe: Recipe): Pieces {
  const layers = recipe.network;
  const isConcatenated = layers.some((layer) => layer.kind === 'graph-convolution' && layer.combine === 'concatenate');
  const summed = layers.map((layer) =>
    layer.kind === 'graph-convolution' ? { ...layer, combine: 'sum' as const } : layer,
  );
  const dropless = layers.map((layer) => ({ ...layer, dropout: 0 }));
  const hasMembers = layers.some((layer) => layer.kind === 'dense' && layer.members !== undefined);
  const single = layers.map((layer) => (layer.kind === 'dense' ? { ...layer, members: undefined } : layer));
  return [
    ...when(
      layers.some(({ dropout }) => dropout > 0),
      'dropout',
      { ...recipe, network: dropless },
    ),
    ...when(isConcatenated, 'concatenation of heads', { ...recipe, network: summed }),
    ...when(hasMembers, 'members', { ...recipe, network: single }),
  ];
}

/** Whether a recipe can do without its regulariser; the gates of l0 cannot. */
const isOptional: Record<Regulariser, boolean> = { none: false, l1: true, cost: true, entropy: true, l0: false };

/** Whether a mask depends on the rates that a step draws. */
const usesRates: Record<Mask, boolean> = {
  'band-stop': true,
  hard: true,
  kept: true,
  shrink: true,
  project: true,
  gates: false,
  line: true,
  probabilities: true,
};

/** Whether a mask grows crisp with σ. */
const risesWithSigma: Record<Mask, boolean> = {
  'band-stop': true,
  hard: false,
  kept: false,
  shrink: false,
  project: false,
  gates: false,
  line: false,
  probabilities: true,
};

/** The rates of a draw without those between its ends; itself where there are none. */
function withoutBetween(rates: Recipe['pruning']['rates']): Recipe['pruning']['rates'] {
  switch (rates.draw) {
    case 'fixed':
    case 'gradual':
    case 'alternating':
      return rates;
    case 'sandwich':
      return rates.between > 0 ? { ...rates, between: 0 } : rates;
    default:
      return assertNever(rates);
  }
}

/** The alignment of the latent weights, gains and biases that follow the rate, drawn rates, and the rising σ. */
function pruning(recipe: Recipe): Pieces {
  const { regulariser, divergence, settle, paths, ramp, gain, knots, rates, crispness, mask } = recipe.pruning;
  const change = (changes: Partial<Recipe['pruning']>) => ({ ...recipe, pruning: { ...recipe.pruning, ...changes } });
  const extremes = withoutBetween(rates);
  return [
    ...when(
      isOptional[regulariser.kind] && regulariser.weight > 0,
      `regulariser ${regulariser.kind}`,
      change({ regulariser: { kind: 'none', weight: 0 } }),
    ),
    ...when(divergence.weight > 0, 'divergence', change({ divergence: { ...divergence, weight: 0 }, settle: false })),
    ...when(settle, 'settling', change({ settle: false })),
    ...when(paths, 'limit to paths', change({ paths: false })),
    ...when(ramp > 0, 'rise of the largest rate', change({ ramp: 0 })),
    ...when(gain !== 'none', 'gain', change({ gain: 'none' })),
    ...when(knots > 1, 'knots over the rate', change({ knots: 1 })),
    ...when(usesRates[mask] && extremes !== rates, 'rates between', change({ rates: extremes })),
    ...when(
      risesWithSigma[mask] && crispness.from !== crispness.to,
      'rise of σ',
      change({ crispness: { from: crispness.to, to: crispness.to } }),
    ),
  ];
}

function training(recipe: Recipe): Pieces {
  const { mixup, labelSmoothing, average, weightDecay } = recipe.training;
  const change = (changes: Partial<Recipe['training']>) => ({
    ...recipe,
    training: { ...recipe.training, ...changes },
  });
  return [
    ...when(mixup > 0, 'mixup', change({ mixup: 0 })),
    ...when(labelSmoothing > 0, 'label smoothing', change({ labelSmoothing: 0 })),
    ...when(weightDecay > 0, 'weight decay', change({ weightDecay: 0 })),
    ...when(average > 0, 'average of weights', change({ average: 0 })),
  ];
}

function when(isThere: boolean, piece: string, without: Recipe): Pieces {
  return isThere ? [[piece, without]] : [];
}

/** Each item, and the others. */
function leaveOneOut<Item>(items: readonly Item[]): [item: Item, rest: Item[]][] {
  return items.map((item, i) => [item, items.filter((_, other) => other !== i)]);
}
