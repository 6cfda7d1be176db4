import { VERSION } from '../../core/version.js';
import type { Model } from '../../model/model.js';

/** One line on a model, for a comment. */
export function aboutOf({ description, rate }: Model): string {
  const { classes, layout, provenance } = description;
  const name = provenance.recipe.replace(/[^\w .-]/g, '_');
  const rounded = Number(rate.toFixed(6));
  return `${name}: ${classes.length} classes of ${layout.name} sequences, rate ${rounded}. Made by anyrate ${VERSION}.`;
}
