// Makes static files for any host, in studio/dist or the folder that is given. The page, its workers, the ready project, and the models of
// landmarks, which the page asks for when the camera is opened.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licencesOf, packagesIn } from '../scripts/third-party.js';
import { writeModels } from './models.js';
import { writeReadyProject } from './ready-project.js';
import { listFiles } from './serve.js';

const STUDIO = fileURLToPath(new URL('.', import.meta.url));
const DIST = process.argv[2] ?? join(STUDIO, 'dist');
const ANYRATE = join(STUDIO, '..', 'dist');

/** The public entries of anyrate, as it was built; the studio uses nothing else of it. */
const alias = Object.fromEntries(
  [
    ['anyrate/browser', 'browser.js'],
    ['anyrate/page', 'page.js'],
    ['anyrate/page.css', 'page/page.css'],
    ['anyrate/movements', 'runtime/stream/spotter.js'],
    ['anyrate/repetitions', 'runtime/stream/repetitions.js'],
    ['anyrate/runtime', 'runtime.js'],
    ['anyrate/train-worker', 'train/browser/worker.js'],
  ].map(([name, file]) => [name, join(ANYRATE, file)]),
);

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
const { metafile } = await build({
  absWorkingDir: STUDIO,
  entryPoints: {
    main: 'src/main.tsx',
    engine: 'src/engine.ts',
    thread: 'src/thread.ts',
    detector: 'src/record/detector/worker.ts',
    studio: 'src/studio.css',
  },
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
  metafile: true,
  logLevel: 'warning',
});
cpSync(join(STUDIO, 'src/index.html'), join(DIST, 'index.html'));
const bundled = packagesIn(metafile).filter((folder) => !folder.endsWith('@mediapipe/tasks-vision')); // NOTICE.md names it
writeFileSync(
  join(DIST, 'NOTICE.txt'),
  `${readFileSync(join(STUDIO, 'NOTICE.md'), 'utf8')}\n${licencesOf(bundled, STUDIO)}`,
);
await writeReadyProject(DIST);
copyVision(join(DIST, 'vision'));
writeModels(join(DIST, 'models'));
await buildServiceWorker();

/** The service worker, last of all: it knows every file, and a name that another build does not have. */
async function buildServiceWorker() {
  const files = [...listFiles(DIST)];
  const hash = createHash('sha256');
  for (const [name, { path }] of files) hash.update(name).update(readFileSync(path));
  const page = files.map(([name]) => name.slice(1)).filter((name) => !/^(models|vision)\//.test(name));
  await build({
    absWorkingDir: STUDIO,
    entryPoints: { 'service-worker': 'src/offline/service-worker.ts' },
    outdir: DIST,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    define: { FILES: JSON.stringify(['./', ...page]), BUILD: JSON.stringify(hash.digest('hex').slice(0, 16)) },
    logLevel: 'warning',
  });
}

/** The WebAssembly of tasks-vision, as a module worker loads it. */
function copyVision(folder) {
  const vision = join(dirname(createRequire(import.meta.url).resolve('@mediapipe/tasks-vision')), 'wasm');
  mkdirSync(folder);
  for (const name of ['vision_wasm_module_internal.js', 'vision_wasm_module_internal.wasm']) {
    cpSync(join(vision, name), join(folder, name));
  }
}
