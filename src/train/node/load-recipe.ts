import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { aText, checkArguments } from '../../core/arguments.js';
import { InputError } from '../../core/errors.js';
import { readText } from '../../core/node/read.js';
import { suggest } from '../../core/suggest.js';
import { anyOverrides, parseRecipe, type RecipeOverrides } from '../recipe/parse-recipe.js';
import type { Recipe } from '../recipe/recipe.js';

/** The package's `recipes/`: three levels up both from `src/train/node/` and from `dist/train/node/`. */
const RECIPE_FOLDER = fileURLToPath(new URL('../../../recipes/', import.meta.url));

/** Names of the recipes that ship with the package. */
export function builtinRecipes(): string[] {
  const files = readdirSync(RECIPE_FOLDER).filter((file) => file.endsWith('.json'));
  return files.map((file) => file.slice(0, -'.json'.length)).sort();
}

/**
 * Loads a built-in recipe by its name, or a recipe file.
 * @example
 * const recipe = loadRecipe('irds', { epochs: 20, seed: 7 });
 */
export function loadRecipe(nameOrPath: string, overrides: RecipeOverrides = {}): Recipe {
  checkArguments('loadRecipe', { nameOrPath: [aText, nameOrPath], overrides: [anyOverrides, overrides] });
  if (builtinRecipes().includes(nameOrPath)) {
    const json = readJson(`${RECIPE_FOLDER}${nameOrPath}.json`, `recipes/${nameOrPath}.json`);
    return parseRecipe(json, `recipes/${nameOrPath}.json`, overrides);
  }
  if (!existsSync(nameOrPath)) throw unknown(nameOrPath);
  if (statSync(nameOrPath).isDirectory()) throw aFolder(nameOrPath);
  const json = readJson(nameOrPath, nameOrPath);
  if (isRecording(json)) throw aRecording(nameOrPath);
  return parseRecipe(json, nameOrPath, overrides);
}

/** Whether JSON is a list of frames, or has some under `frames`, as recordings do; a recipe's `frames` are no list. */
function isRecording(json: unknown): boolean {
  return Array.isArray(json) || Array.isArray((json as { frames?: unknown } | null)?.frames);
}

function readJson(path: string, source: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = `text that is not (${(error as Error).message})`;
    throw new InputError({ source, expected: 'JSON', found, mend: 'Fix the file; see docs/recipe.md.' });
  }
}

function unknown(nameOrPath: string): InputError {
  const names = builtinRecipes();
  return new InputError({
    source: 'recipe',
    expected: `a built-in name (${names.join(', ')}) or the path of a file`,
    found: `"${nameOrPath}", which is neither`,
    mend: suggest(nameOrPath, names) ?? 'Check the name or the path; anyrate train takes a folder of recordings, too.',
  });
}

function aRecording(source: string): InputError {
  return new InputError({
    source,
    expected: 'a recipe',
    found: 'a list, as recordings are',
    mend: 'To train on recordings, pass the folder that holds a folder of them for each class; see docs/data.md.',
  });
}

function aFolder(source: string): InputError {
  const mend = 'Pass the recipe’s file; a folder of recordings goes to --data.';
  return new InputError({
    source,
    expected: 'the name of a built-in recipe, or the path of one',
    found: 'a folder',
    mend,
  });
}
