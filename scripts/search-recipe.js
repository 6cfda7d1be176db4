// node scripts/search-recipe.js DATA [SPLIT]: the trials by which the frame of reference of an automatic recipe is chosen, with
// no training: what docs/choices.md reports. DATA is a built-in set or a folder.
import { loadDataset } from '../dist/node.js';
import { searchRecipe } from '../dist/train/automatic/search-recipe.js';
import { searchTable } from '../dist/train/automatic/search-table.js';

const [data, split] = process.argv.slice(2);
const dataset = await loadDataset(data);
for await (const event of searchRecipe(dataset, split === undefined ? { budget: 0 } : { budget: 0, split })) {
  if (event.type === 'chosen') console.log(searchTable(event.rounds));
}
