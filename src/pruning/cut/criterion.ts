import { checkArguments, objectWith } from '../../core/arguments.js';
import { InputError } from '../../core/errors.js';
import { allOf, Registry } from '../../core/registry.js';
import type { Model } from '../../model/model.js';

/**
 * How much each weight matters. A criterion only scores; what is kept of a budget is selected (selector.ts), and what is
 * not kept is cut away (keep.ts), in the same way for every criterion.
 */
export interface Criterion {
  readonly name: string;
  /** One line: what makes a weight matter. */
  readonly description: string;
  /**
   * A score for every weight, one tensor a weight tensor of the model, [rows][columns]: finite, not negative, the greatest
   * matters most. Those of weights that are zero already are not looked at.
   */
  scores(model: Model): readonly Float32Array[];
}

/** |ŵ| of the latent weights (arXiv 2312.17615): in units of each layer's initial deviation, since s is apart. */
export const magnitude: Criterion = {
  name: 'magnitude',
  description: 'magnitude of the latent weight',
  scores: ({ parameters }) => parameters.latents.map((tensor) => tensor.map(Math.abs)),
};

const registry = /* @__PURE__ */ new Registry<Criterion>('criterion', [magnitude]);

/** Every criterion: those that are built in, then those that were registered. */
export const criteria: readonly Criterion[] = /* @__PURE__ */ allOf(registry);

/**
 * Adds a criterion that networks can be cut by, in `cut` and on the command line.
 * @throws InputError on a name that is taken, and on a criterion that lacks a part
 * @example
 * registerCriterion({
 *   name: 'first',
 *   description: 'the earlier in its tensor, the better',
 *   scores: ({ parameters }) => parameters.latents.map((tensor) => tensor.map((_, i) => tensor.length - i)),
 * });
 */
export function registerCriterion(criterion: Criterion): void {
  checkArguments('registerCriterion', { criterion: [objectWith('a criterion'), criterion] });
  const { description, scores } = criterion;
  const fault =
    typeof description !== 'string'
      ? { place: 'description', expected: 'a line of text', found: String(description) }
      : { place: 'scores', expected: 'a function', found: String(scores) };
  if (typeof description !== 'string' || typeof scores !== 'function')
    throw new InputError({ source: 'criterion to register', ...fault, mend: 'See Criterion.' });
  registry.add(criterion);
}

/** The criterion of a name. @throws InputError on an unknown one, with a suggestion */
export function criterionNamed(name: string, source?: string): Criterion {
  return registry.named(name, source);
}

/** The scores of a model's weights. @throws InputError where a criterion fails or does not keep to its contract */
export function scoresOf(model: Model, criterion: Criterion): readonly Float32Array[] {
  const scores = scoresBy(criterion, model);
  const { latents } = model.parameters;
  const source = `criterion ${criterion.name}`;
  const mend = 'Fix the criterion; see Criterion.';
  if (scores.length !== latents.length) {
    throw new InputError({ source, expected: `${latents.length} tensors`, found: `${scores.length}`, mend });
  }
  for (const [t, tensor] of scores.entries()) {
    const place = model.network.weights[t].fullName;
    const [expected, found] = [`${latents[t].length} scores`, `${tensor.length}`];
    if (tensor.length !== latents[t].length) throw new InputError({ source, place, expected, found, mend });
    const bad = tensor.find((score) => !(score >= 0 && score < Number.POSITIVE_INFINITY));
    if (bad === undefined) continue;
    throw new InputError({ source, place, expected: 'finite scores from 0 on', found: `${bad}`, mend });
  }
  return scores;
}

function scoresBy(criterion: Criterion, model: Model): readonly Float32Array[] {
  try {
    return criterion.scores(model);
  } catch (error) {
    throw registry.blame(criterion, error);
  }
}
