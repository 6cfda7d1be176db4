// The script of an exported page. Scripts that are added to the page find the runtime and the model in `anyrate`.
import { parseNumberTable } from '../../../data/published/number-table.js';
import { parseSequenceJson } from '../../../data/sequence-json.js';
import { formatRateInPercent, medianLatency, RateSlider, ScoreList, SkeletonPlayer } from '../../../page.js';
import { Spotter } from '../../../runtime/stream/spotter.js';
import * as runtime from '../../../runtime.js';

const element = (id: string) => document.getElementById(id)!;
const bytes = Uint8Array.from(atob(element('model').textContent!), (letter) => letter.charCodeAt(0));
const model = new runtime.RuntimeModel(bytes);
Object.assign(globalThis, { anyrate: { ...runtime, Spotter, model } });

let view = model.view();
let recording: runtime.SkeletonSequence | undefined;
let rest: ReturnType<typeof setTimeout>;
const player = new SkeletonPlayer(element('stage') as HTMLCanvasElement, view.layout);
const scores = new ScoreList(element('scores'), view.classes);
new RateSlider(element('rate') as HTMLInputElement, model.rate, model.rate, (rate) => {
  view = model.view(rate);
  showRate();
});
element('expected').textContent =
  `A recording is JSON, {"frames": [[[x, y, z], …], …]}, or text with a line of numbers a frame: ` +
  `x, y and z of ${view.persons} × ${view.layout.joints.length} joints (${view.layout.name}).`;
element('pause').addEventListener('click', togglePause);
element('file').addEventListener('change', ({ target }) => openFile((target as HTMLInputElement).files?.[0]));
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  openFile(event.dataTransfer?.files[0]);
});
showRate();
const recorded = JSON.parse(element('recorded').textContent!);
if (recorded !== null) open({ ...recorded, positions: Float32Array.from(recorded.positions) }, recorded.name);

async function openFile(file: File | undefined): Promise<void> {
  if (file === undefined) return;
  const text = await file.text();
  element('problem').hidden = true;
  try {
    open(parse(text, file.name), file.name);
  } catch (error) {
    element('problem').hidden = false;
    const { message } = error as Error;
    element('problem').textContent = error instanceof RangeError ? `${file.name}, ${message}` : message;
  }
}

function parse(text: string, source: string): runtime.SkeletonSequence {
  const shape = { persons: view.persons, joints: view.layout.joints.length };
  if (/^\s*[{[]/.test(text)) return parseSequenceJson(text.trim(), source, shape);
  const meaning = `${shape.persons} x ${shape.joints} joints x 3`;
  const { rows, values } = parseNumberTable(text, source, shape.persons * shape.joints * 3, meaning);
  return { frames: rows, ...shape, positions: values };
}

function open(sequence: runtime.SkeletonSequence, name: string): void {
  scores.show(view.predict(sequence));
  recording = sequence;
  player.play(sequence);
  element('pause').hidden = false;
  showPause();
  element('recording').textContent = `${name}, ${sequence.frames} frames`;
  showRate();
}

function showRate(): void {
  element('rate-now').textContent = formatRateInPercent(view.rate);
  element('bytes').textContent = model.bytesAt(view.rate).toLocaleString('en');
  element('nonzeros').textContent = view.nonzeros.toLocaleString('en');
  if (recording !== undefined) scores.show(view.predict(recording));
  clearTimeout(rest);
  rest = setTimeout(measure, 200);
}

function measure(): void {
  const now = recording;
  if (now !== undefined) element('latency').textContent = `${medianLatency(() => view.predict(now)).toFixed(0)} µs`;
}

function togglePause(): void {
  if (player.paused) player.resume();
  else player.pause();
  showPause();
}

function showPause(): void {
  element('pause').textContent = player.paused ? 'Play' : 'Pause';
}
