import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

/**
 * A file of dist/. @throws Error unless dist/ was built after the last change in src/: a test that runs the built program
 * would try another one than the tests beside the code
 */
export function built(path: string): URL {
  const stale = findStale();
  if (stale !== undefined) throw new Error(`dist/ is older than ${stale}: run \`npm run build\` first`);
  return new URL(`dist/${path}`, root);
}

/** A source that dist/ was not built from as it is now; dist/ itself if it is not there. */
function findStale(): string | undefined {
  const entry = fileURLToPath(new URL('dist/cli/main.js', root));
  if (!existsSync(entry)) return 'dist/cli/main.js, which is missing,';
  const time = statSync(entry).mtimeMs;
  return readdirSync(new URL('src/', root), { recursive: true })
    .map((name) => `src/${name}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .find((name) => statSync(new URL(name, root)).mtimeMs > time);
}
