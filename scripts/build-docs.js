// npm run docs: the documents and the reference of every public name, made from the docstrings, as static pages in site/
// with search. <div data-page="irds"></div> in a document becomes a live page of the example network.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { exportModel, loadDataset, loadModel, selectSplit } from 'anyrate/node';
import { Application, Converter, KindRouter } from 'typedoc';

const MODELS = { irds: 'examples/irds.anyrate' };
/** A link to a folder, which a server would complete, and a page opened from a disk does not have. */
const FOLDER_LINK = /href="((?:\.\.\/)+)(#[^"]*)?"/g;
const PLACE = /<div data-page="([\w-]+)"><\/div>/g;
const site = process.argv[2] ?? 'site';
const app = await Application.bootstrapWithPlugins({ out: site, router: 'paths' });
/** Path of each document. */
const paths = new Map();
app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => titleByHeading(document));
app.renderer.defineRouter('paths', pathRouter());
const project = await app.convert();
if (project === undefined) process.exit(1);
app.validate(project);
await app.generateOutputs(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
await finishPages();

/** Calls a document as its first line does, and puts results in a group of their own. */
function titleByHeading(document) {
  const path = document.name;
  const names = [...paths.keys()].map(({ name }) => name);
  paths.set(document, path);
  document.frontmatter.group = path.startsWith('docs/results/') ? 'Results' : 'Documents';
  const title = headingOf(document.content);
  document.name = names.includes(title) ? `${title}: ${basename(path)}` : title;
}

/** The first line of a text in parts, in which code is apart. */
function headingOf(parts) {
  const [line] = parts
    .map(({ text }) => text)
    .join('')
    .split('\n', 1);
  return line.replace('# ', '').replaceAll('`', '');
}

/** Pages of documents are where the documents are, whatever they are called. */
function pathRouter() {
  return class extends KindRouter {
    getIdealBaseName(reflection) {
      return paths.get(reflection) ?? super.getIdealBaseName(reflection);
    }
  };
}

/** Writes a page of each network, and shows it where a document asks for it; completes links. */
async function finishPages() {
  mkdirSync(join(site, 'media'), { recursive: true });
  for (const [name, path] of Object.entries(MODELS)) {
    const { files } = await exportModel(loadModel(path), 'html', { recording: await recordingOf(name) });
    writeFileSync(pagePath(name), files[0]);
  }
  for (const path of pagesBelow(site)) {
    const text = readFileSync(path, 'utf8');
    const whole = text.replaceAll(FOLDER_LINK, (_, folder, anchor = '') => `href="${folder}index.html${anchor}"`);
    const shown = whole.replaceAll(PLACE, (_, name) => frame(relative(dirname(path), pagePath(name))));
    if (shown !== text) writeFileSync(path, shown);
  }
}

function pagePath(name) {
  if (!Object.hasOwn(MODELS, name)) throw new Error(`data-page: expected ${Object.keys(MODELS).join()}, found ${name}`);
  return join(site, 'media', `${name}.html`);
}

/** The first test recording of a data set. */
async function recordingOf(name) {
  const dataset = await loadDataset(name);
  const sample = dataset.samples[selectSplit(dataset).test[0]];
  return { name: `${dataset.classes[sample.label]}, subject ${sample.subject}`, sequence: sample };
}

function pagesBelow(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html'));
  return files.map((name) => join(folder, name));
}

function frame(address) {
  return `<iframe src="${address}" title="A network with a slider over its size" style="width:100%;height:44rem;border:0"></iframe>`;
}
