// Makes studio/dist: static files for any host. The page, its workers, the ready project.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeReadyProject } from './ready-project.js';

const STUDIO = fileURLToPath(new URL('.', import.meta.url));
const DIST = join(STUDIO, 'dist');
const ANYRATE = join(STUDIO, '..', 'dist');

/** The public entries of anyrate, as it was built; the studio uses nothing else of it. */
const alias = Object.fromEntries(
  [
    ['anyrate/browser', 'browser.js'],
    ['anyrate/page', 'page.js'],
    ['anyrate/page.css', 'page/page.css'],
    ['anyrate/runtime', 'runtime.js'],
    ['anyrate/train-worker', 'train/browser/worker.js'],
  ].map(([name, file]) => [name, join(ANYRATE, file)]),
);

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
await build({
  absWorkingDir: STUDIO,
  entryPoints: { main: 'src/main.tsx', engine: 'src/engine.ts', thread: 'src/thread.ts', studio: 'src/studio.css' },
  outdir: DIST,
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  chunkNames: 'parts/[hash]',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  alias,
  external: ['hyparquet'],
  logLevel: 'warning',
});
cpSync(join(STUDIO, 'src/index.html'), join(DIST, 'index.html'));
cpSync(join(STUDIO, 'NOTICE.md'), join(DIST, 'NOTICE.txt'));
await writeReadyProject(DIST);
