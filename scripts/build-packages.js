// Fills packages/runtime with what anyrate/runtime is made of: the bundle, what finds movements, the counter of repetitions, the filter of landmarks, types, the licence. Whoever installs that
// package gets the runtime alone, without what training needs.
import { cpSync, mkdirSync, rmSync } from 'node:fs';

const RUNTIME = 'packages/runtime';

rmSync(`${RUNTIME}/dist`, { recursive: true, force: true });
mkdirSync(`${RUNTIME}/dist`, { recursive: true });
for (const name of ['runtime', 'runtime-temporal', 'runtime-simd'])
  for (const file of [`${name}.min.js`, `${name}.d.ts`]) cpSync(`dist/${file}`, `${RUNTIME}/dist/${file}`);
cpSync('dist/runtime', `${RUNTIME}/dist/runtime`, {
  recursive: true,
  filter: (path) => !path.endsWith('.js') || /\/(?:repetitions|one-euro|spotter)\.js$/.test(path),
});
for (const file of ['LICENSE', 'THIRD-PARTY.md']) cpSync(file, `${RUNTIME}/${file}`);
