import { InputError } from '../../core/errors.js';
import { Random } from '../../core/random.js';
import { suggest } from '../../core/suggest.js';
import { parseRecipe } from '../../train/recipe/parse-recipe.js';
import type { Recipe } from '../../train/recipe/recipe.js';
import type { Draw, SweepFile } from './sweep-file.js';

export type Setting = number | string | boolean;
export type Settings = Readonly<Record<string, Setting>>;

/** A recipe with some settings changed; its recipe is named after it. */
export interface Variant {
  readonly name: string;
  /** Of the recipe that was changed. */
  readonly base: string;
  /** By the paths of their keys. */
  readonly settings: Settings;
  readonly recipe: Recipe;
}

/** Every recipe at every point of the grid with every draw. @throws InputError on a path or value that a recipe cannot have */
export function variantsOf(
  recipes: readonly Recipe[],
  { grid, draws }: Pick<SweepFile, 'grid' | 'draws'>,
  source: string,
): Variant[] {
  const points = gridPoints(grid);
  const drawn = draws === undefined ? [{}] : distinct(drawSettings(draws));
  return recipes.flatMap((recipe) =>
    points.flatMap((point) => drawn.map((draw) => variantOf(recipe, { ...point, ...draw }, source))),
  );
}

/** A choice among few may be drawn twice; once is enough. */
function distinct(drawn: readonly Settings[]): Settings[] {
  return [...new Map(drawn.map((settings) => [JSON.stringify(settings), settings])).values()];
}

function gridPoints(grid: SweepFile['grid']): Settings[] {
  return Object.entries(grid).reduce<Settings[]>(
    (points, [path, values]) => points.flatMap((point) => values.map((value) => ({ ...point, [path]: value }))),
    [{}],
  );
}

/** The draws of a seed: the first n of them are the same, however many there are. */
export function drawSettings({ count, seed, settings }: NonNullable<SweepFile['draws']>): Settings[] {
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(
      Object.entries(settings).map(([path, draw], place) => [path, drawOne(draw, new Random(seed, i, place))]),
    ),
  );
}

/** Numbers to four digits, so that a name tells them whole. */
function drawOne(draw: Draw, random: Random): Setting {
  if ('choice' in draw) return draw.choice[random.integer(draw.choice.length)];
  if ('uniform' in draw) return Number(random.uniform(...draw.uniform).toPrecision(4));
  const [low, high] = draw.logUniform;
  return Number(Math.exp(random.uniform(Math.log(low), Math.log(high))).toPrecision(4));
}

function variantOf(recipe: Recipe, settings: Settings, source: string): Variant {
  const changed = structuredClone(recipe) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(settings)) setAt(changed, path, value, source);
  const name = [recipe.name, ...Object.entries(settings).map(([path, value]) => describeSetting(path, value))].join(
    ' ',
  );
  return { name, base: recipe.name, settings, recipe: parseRecipe({ ...changed, name }, `${source}, ${name}`) };
}

/** `learningRate=0.05` of training.learningRate. */
function describeSetting(path: string, value: Setting): string {
  return `${path.split('.').at(-1)}=${value}`.replaceAll(/[/\\]/g, '-');
}

function setAt(json: Record<string, unknown>, path: string, value: Setting, source: string): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let place = json;
  for (const key of keys) {
    const inner = Object.hasOwn(place, key) ? place[key] : undefined;
    if (typeof inner !== 'object' || inner === null) throw noPlace(path, key, Object.keys(place), source);
    place = inner as Record<string, unknown>;
  }
  if (Array.isArray(place) && !Object.hasOwn(place, last)) throw noPlace(path, last, Object.keys(place), source);
  if (last === '__proto__') throw noPlace(path, last, Object.keys(place), source);
  place[last] = value;
}

function noPlace(path: string, key: string, known: readonly string[], source: string): InputError {
  return new InputError({
    source,
    place: path,
    expected: `a key of the recipe: ${known.join(', ')}`,
    found: `"${key}"`,
    mend: suggest(key, [...known]) ?? 'See docs/recipe.md.',
  });
}
