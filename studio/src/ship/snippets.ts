// How each format is used, from Node, on its self-test; NAME is that of the files. The tests run those in JavaScript.

const TEST = `import { readFileSync } from 'node:fs';

const test = JSON.parse(readFileSync('NAME.selftest.json', 'utf8'));
const sequenceOf = ({ frames, seconds }) => ({
  frames: frames.length,
  persons: test.persons,
  joints: test.joints.length,
  positions: Float32Array.from(frames.flat(), (value) => value ?? NaN),
  seconds: seconds && Float64Array.from(seconds),
});
`;

const AFTERWARDS = `
for (const one of test.cases) console.log(one.class, '->', classify(sequenceOf(one)));
`;

export const snippets: Readonly<Record<string, string>> = {
  anyrate: `// npm install anyrate-runtime
import { load } from 'anyrate-runtime';
${TEST}
const model = await load(readFileSync('NAME.anyrate'));
const view = model.view(model.rate); // or a greater rate: a smaller network out of the same file
const classify = (sequence) => view.predict(sequence).name;
${AFTERWARDS}`,
  javascript: `import { predict } from './NAME.js';
${TEST}
const classify = (sequence) => predict(sequence).name;
${AFTERWARDS}`,
  html: `Open NAME.html in a browser: it holds all that it needs, and asks no server for anything.
Drop a recording on it, or move its slider over the sizes of the network.
`,
  onnx: `// npm install onnxruntime-node
import * as ort from 'onnxruntime-node';
${TEST}
const session = await ort.InferenceSession.create('NAME.onnx');
for (const one of test.cases) {
  const { frames, persons, joints, positions } = sequenceOf(one);
  const input = new ort.Tensor('float32', positions, [1, frames, persons, joints, 3]);
  const { probabilities } = await session.run({ positions: input });
  console.log(one.class, '->', test.classes[probabilities.data.indexOf(Math.max(...probabilities.data))]);
}
`,
  c: `/* cc main.c NAME.c -lm */
#include "NAME.h"
#include <stdio.h>

void answer(const float *frames, int n_frames) { /* x, y, z of each joint, frame after frame; NAN where one is lost */
  float probabilities[MOVEMENTS_CLASSES];
  int best = movements_predict(frames, n_frames, probabilities);
  if (best >= 0) puts(movements_classes[best]);
}
`,
  wasm: `${TEST}
const module = new WebAssembly.Module(readFileSync('NAME.wasm'));
const { memory, input, predict } = new WebAssembly.Instance(module).exports;
const classify = ({ frames, positions }) => {
  new Float32Array(memory.buffer, input(frames), positions.length).set(positions);
  return test.classes[predict(frames)];
};
${AFTERWARDS}`,
  safetensors: `# pip install safetensors; docs/export.md of anyrate runs the network in PyTorch
from safetensors import safe_open

with safe_open('NAME.safetensors', framework='numpy') as file:
    print(file.metadata()['classes'])
    for name in file.keys():
        print(name, file.get_tensor(name).shape)
`,
};
