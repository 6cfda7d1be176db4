// npm run docs: the documents and the reference of every public name, made from the docstrings, as static pages in site/
// with search. <div data-page="irds"></div> in a document becomes a live page of the example network.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { exportModel, loadDataset, loadModel, selectSplit } from 'anyrate/node';
import { Application } from 'typedoc';

const MODELS = { irds: 'examples/irds.anyrate' };
const PLACE = /<div data-page="([\w-]+)"><\/div>/g;

const site = process.argv[2] ?? 'site';
const app = await Application.bootstrapWithPlugins({ out: site });
const project = await app.convert();
if (project === undefined) process.exit(1);
app.validate(project);
await app.generateOutputs(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);

for (const [name, path] of Object.entries(MODELS)) {
  const { files } = await exportModel(loadModel(path), 'html', { recording: await recordingOf(name) });
  writeFileSync(join(site, 'media', `${name}.html`), files[0].content);
}
for (const path of pagesBelow(site)) {
  const text = readFileSync(path, 'utf8');
  const shown = text.replaceAll(PLACE, (_, name) =>
    frame(relative(dirname(path), join(site, 'media', `${name}.html`))),
  );
  if (shown !== text) writeFileSync(path, shown);
}

/** The first test recording of a data set. */
async function recordingOf(name) {
  const dataset = await loadDataset(name);
  const sample = dataset.samples[selectSplit(dataset).test[0]];
  return { name: `${dataset.classes[sample.label]}, subject ${sample.subject}`, sequence: sample };
}

function pagesBelow(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html'));
  return names.map((name) => join(folder, name));
}

function frame(address) {
  return `<iframe src="${address}" title="A network with a slider over its size" style="width:100%;height:44rem;border:0"></iframe>`;
}
