import { type Project, slug } from '../project.js';

/** What makes the network of a project again in Node, from the archive that the page saves. */
export function nodeCommand({ title, seed, budget, epochs }: Project): string {
  const family = budget > 0 ? ' --family one-block' : ''; // as the page, where trials of networks over time take long
  const length = epochs ? ` --epochs ${epochs}` : '';
  return `npx anyrate train ${slug(title)}.zip --seed ${seed} --budget ${budget}${family}${length}`;
}
