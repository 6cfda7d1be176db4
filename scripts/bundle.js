// One minified module out of an entry and all that it imports, but for modules that stay external.
import { build } from 'esbuild';
import { minify } from 'terser';

export const TARGET = 'es2022';

/**
 * Reading a property must have no effect in what is bundled: `pure_getters` drops reads whose value is not used. No property
 * that is a function may be called with `new`: `unsafe_methods` writes them as methods.
 */
export async function bundle(entry, format = 'esm', external = []) {
  const options = { bundle: true, external, format, target: TARGET, platform: 'neutral', write: false };
  const { outputFiles } = await build({ entryPoints: [entry], ...options });
  const minified = {
    ecma: 2022,
    module: format === 'esm',
    toplevel: true,
    compress: { passes: 3, hoist_funs: true, pure_getters: true, unsafe_methods: true },
  };
  const { code } = await minify(outputFiles[0].text, minified);
  return code;
}
