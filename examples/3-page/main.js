// One model file, fetched as far as the slider needs it: what each pruning rate costs, and what it answers.
import { formatRateInPercent, medianLatency, RateSlider, ScoreList, SkeletonPlayer } from 'anyrate/page';
import { grow, load } from 'anyrate/runtime';
import { plotBytes, plotLatency } from './plots.js';
import { RecordingList } from './recording-list.js';
import { plotStream, recogniseAll } from './stream.js';

const MODEL = '../irds.anyrate';
const START = 0.98;
const MEASURED = [0, 0.25, 0.5, 0.65, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995];
const element = (id) => document.getElementById(id);
const count = (number) => number.toLocaleString('en-US');

let model = await load(MODEL, { rate: START }).catch(fail('network'));
let view = model.view(START);
const recordings = await fetchRecordings().catch(fail('recordings'));
/** Rate → microseconds. */
const latencies = new Map();
/** Where the slider is, the way there, and the timer of the next measurement. */
let wanted = START;
let moving;
let rest;
const player = new SkeletonPlayer(element('stage'), view.layout);
const scores = new ScoreList(element('scores'), view.classes);
const list = new RecordingList(element('recordings'), view.classes, recordings, choose);
const slider = new RateSlider(element('rate'), 0, START, (rate) => move(rate));
element('pause').addEventListener('click', togglePause);
element('measure').addEventListener('click', measureAll);
showRate();
list.choose(recordings[0]);

async function fetchRecordings() {
  const response = await fetch('recordings.json');
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  const all = await response.json();
  return all.map((recording) => ({ ...recording, positions: Float32Array.from(recording.positions) }));
}

/** Follows the slider: fetches what a lower rate needs first. Of moves meanwhile, only the last counts. */
function move(rate) {
  wanted = rate;
  moving ??= follow().finally(() => {
    moving = undefined;
  });
  return moving;
}

async function follow() {
  for (let rate; rate !== wanted; ) {
    rate = wanted;
    try {
      model = await grow(model, MODEL, rate);
      view = model.view(rate);
      showRate();
    } catch (error) {
      if (rate === wanted) fail('network')(error);
    }
  }
}

function showRate() {
  element('problem').hidden = true;
  const whole = model.prefixes.at(-1).bytes;
  const [used, loaded] = [model.bytesAt(view.rate), model.bytes.length];
  element('rate-now').textContent = formatRateInPercent(view.rate);
  element('bytes').textContent = count(used);
  element('nonzeros').textContent = count(view.nonzeros);
  element('used').style.width = `${(100 * used) / whole}%`;
  element('loaded').style.width = `${(100 * loaded) / whole}%`;
  element('file-text').textContent = `Fetched so far: ${count(loaded)} of ${count(whole)} bytes`;
  element('right').innerHTML = `${list.judge(view)} <small>of ${recordings.length}</small>`;
  plotBytes(element('bytes-plot'), model, view.rate);
  showAnswer();
  showLatency();
  scheduleMeasurement();
}

function choose(recording) {
  player.play(recording);
  element('pause').textContent = player.paused ? 'Play' : 'Pause';
  element('recording').textContent = `Recorded: ${view.classes[recording.label]}, subject ${recording.subject}`;
  showAnswer();
}

function showAnswer() {
  if (list.chosen) scores.show(view.predict(list.chosen));
}

function togglePause() {
  if (player.paused) player.resume();
  else player.pause();
  element('pause').textContent = player.paused ? 'Play' : 'Pause';
}

/** Measures, and goes through the stream, when the slider rests. */
function scheduleMeasurement() {
  clearTimeout(rest);
  rest = setTimeout(() => {
    measure();
    showStream();
  }, 200);
}

function showStream() {
  const stream = recogniseAll(view, recordings);
  const wrong = stream.movements.filter(({ isRight }) => !isRight).length;
  plotStream(element('stream-plot'), stream);
  element('stream-text').textContent =
    `${stream.count} of ${recordings.length} movements are found, and ${wrong} more that are none (outlined).`;
}

function measure() {
  let next = 0;
  const microseconds = medianLatency(() => view.predict(recordings[next++ % recordings.length]));
  latencies.set(view.rate, microseconds);
  showLatency();
}

function showLatency() {
  const microseconds = latencies.get(view.rate);
  element('latency').innerHTML = microseconds ? `${microseconds.toFixed(0)} <small>µs</small>` : '…';
  plotLatency(element('latency-plot'), latencies, view.rate);
}

/** Goes through all rates and back, a rate a frame. */
async function measureAll() {
  const { rate } = view;
  for (const next of [...MEASURED, rate]) {
    slider.moveTo(next);
    await moving;
    measure();
    await new Promise(requestAnimationFrame);
  }
}

function fail(what) {
  return (error) => {
    element('problem').hidden = false;
    element('problem').textContent = `The ${what} could not be fetched: ${error.message}`;
    throw error;
  };
}
