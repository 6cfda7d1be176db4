// node bench/repetitions.js: repetitions of the included data sets, counted by what the stream counts with. A recording is
// one repetition; those of a person, an exercise and a way to sit or stand, one after the other, are a stream.

import { loadDataset } from '../dist/node.js';
import { RepetitionCounter } from '../dist/runtime/stream/repetitions.js';

const LEAST = 3;

for (const name of ['irds', 'ui-prmd']) {
  const { samples, classes } = await loadDataset(name);
  const streams = new Map();
  for (const sample of samples) {
    const way = /(stand|sit|wheelchair|chair)/.exec(sample.id)?.[0] ?? '';
    const key = `${sample.subject} ${classes[sample.label]} ${way}`;
    streams.set(key, [...(streams.get(key) ?? []), sample]);
  }
  const counts = [...streams.values()].filter(({ length }) => length >= LEAST).map(count);
  const exact = counts.filter(([found, true_]) => found === true_).length;
  const near = counts.filter(([found, true_]) => Math.abs(found - true_) <= 1).length;
  const [found, all] = [0, 1].map((i) => counts.reduce((sum, pair) => sum + pair[i], 0));
  console.log(`${name}: ${exact} of ${counts.length} streams exact, ${near} within one; ${found} of ${all} counted`);
}

/** Counted, and how many there are. */
function count(stream) {
  const [{ persons, joints }] = stream;
  const width = persons * joints * 3;
  const counter = new RepetitionCounter(width);
  counter.start(stream[0].positions.subarray(0, width));
  for (const { frames, positions } of stream) {
    for (let t = 0; t < frames; t++) counter.update(positions.subarray(t * width, (t + 1) * width));
  }
  return [counter.count, stream.length];
}
