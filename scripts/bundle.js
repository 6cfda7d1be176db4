// One minified module out of an entry and all that it imports, but for modules that stay external.
import { build } from 'esbuild';
import { minify } from 'terser';
import { privateNames } from './private-names.js';
import { packagesIn } from './third-party.js';

export const TARGET = 'es2022';

/** Of it alone, modules are bundled; scripts hold other things, too, so that their names stay. */
const RUNTIME = 'src/runtime';

/**
 * Reading a property must have no effect in what is bundled: `pure_getters` drops reads whose value is not used. No property
 * that is a function may be called with `new`: `unsafe_methods` writes them as methods.
 */
export async function bundle(entry, format = 'esm', external = []) {
  const options = { bundle: true, external, format, target: TARGET, platform: 'neutral', write: false };
  const { outputFiles, metafile } = await build({ entryPoints: [entry], metafile: true, ...options });
  const others = packagesIn(metafile);
  if (others.length > 0)
    throw new Error(`${entry}: expected code of this repository, found ${others.join(', ')}: see THIRD-PARTY.md`);
  const mangle = {
    properties: format === 'esm' && { regex: new RegExp(`^(?:${privateNames(RUNTIME).join('|')})$`) },
  };
  const minified = {
    ecma: 2022,
    module: format === 'esm',
    toplevel: true,
    mangle,
    compress: { passes: 3, hoist_funs: true, pure_getters: true, unsafe_methods: true },
  };
  const { code } = await minify(outputFiles[0].text, minified);
  return code;
}
