// node examples/2-stream.js: frame by frame, as from a camera. Nobody is seen for a second between two movements.
import { readFileSync } from 'node:fs';
import { loadDataset } from 'anyrate/node';
import { load, Recognizer } from 'anyrate/runtime';

const model = await load(readFileSync(new URL('irds.anyrate', import.meta.url)));
const recognizer = new Recognizer(model.view(0.98), {
  onChange: ({ name, frame }) => console.log(`frame ${frame}: ${name ?? 'nothing'}`),
});

const { samples, splits, classes } = await loadDataset('irds');
const test = splits[0].test.map((index) => samples[index]);
for (const label of classes.keys()) {
  const recording = test.find((sample) => sample.label === label && sample.frames >= 48);
  console.log(`-- ${classes[label]}`);
  const size = recording.persons * recording.joints * 3;
  for (let at = 0; at < recording.positions.length; at += size) {
    recognizer.push(recording.positions.subarray(at, at + size));
  }
  for (let frame = 0; frame < 30; frame++) recognizer.push(null);
}
