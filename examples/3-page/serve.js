// npm run example: serves this page, the runtime, the model (by ranges) and recordings of the data set irds.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadDataset } from 'anyrate/node';
import { listFiles, serveFiles } from '../../studio/serve.js';

const PAGE = '/examples/3-page/';
/** What the page loads, beside its own folder. */
const FOLDERS = ['dist'];
const FILES = [
  'examples/irds.anyrate',
  'data/irds.LICENSE.md',
  'node_modules/d3/dist/d3.min.js',
  'node_modules/@observablehq/plot/dist/plot.umd.min.js',
];
/** Recordings of each class. */
const TAKES = 3;

/** @param port 0 takes a free one. Rejects where it is taken, or no port. */
async function serve(port) {
  const files = new Map(FILES.map((name) => [`/${name}`, fileAt(name)]));
  for (const folder of [...FOLDERS, PAGE.slice(1, -1)]) {
    for (const [name, file] of listFiles(at(folder))) files.set(`/${folder}${name}`, file);
  }
  files.set(PAGE, files.get(`${PAGE}index.html`));
  files.set('/', made('index.html', `<meta http-equiv="refresh" content="0; url=${PAGE}">`));
  const recordings = JSON.stringify(chooseRecordings(await loadDataset('irds')));
  files.set(`${PAGE}recordings.json`, made('recordings.json', recordings));
  return serveFiles(files, { port, headers: { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' } });
}

function at(name) {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}

function fileAt(name) {
  return { path: at(name), bytes: statSync(at(name)).size };
}

/** A file that is made here. */
function made(path, text) {
  const content = Buffer.from(text);
  return { path, bytes: content.length, content };
}

/** The first test recordings of each class, one a subject. */
function chooseRecordings({ samples, splits, classes }) {
  const test = splits[0].test.map((index) => samples[index]);
  return classes.flatMap((_, label) => {
    const bySubject = new Map(
      test
        .filter((sample) => sample.label === label)
        .map((sample) => [sample.subject, sample])
        .reverse(),
    );
    return [...bySubject.values()].reverse().slice(0, TAKES).map(compact);
  });
}

/** Coordinates to the millimetre. */
function compact({ label, subject, frames, persons, joints, positions }) {
  const rounded = Array.from(positions, (value) => Math.round(value * 1000) / 1000);
  return { label, subject, frames, persons, joints, positions: rounded };
}

const wanted = process.env.PORT ?? 8080;
try {
  const { port } = (await serve(Number(wanted))).address();
  console.log(`http://localhost:${port}${PAGE}`);
} catch (error) {
  if (error.code === undefined) throw error;
  console.error(`Port ${wanted} cannot be used (${error.code}). Give another: PORT=8081 npm run example`);
  process.exit(2);
}
