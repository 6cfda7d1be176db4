import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportSafetensors } from '../../src/export/safetensors/export-safetensors.js';
import type { Model } from '../../src/model/model.js';
import type { SkeletonSequence } from '../../src/runtime/skeleton/sequence.js';
import { pytorchPath, runPython } from './tools.js';

/**
 * Exports each model to `small.safetensors`, loads it by the example of docs/export.md, and runs `code` after that. It
 * finds the example's names, the features of the sequences [sequence][nodes][channels], the model's index, and the lines
 * of the second example, `back`. Returns what it leaves in `answer`, a model each.
 */
export function runPytorch<Answer>(
  folder: string,
  models: readonly Model[],
  sequences: readonly SkeletonSequence[],
  code: string,
): Answer[] {
  const docs = readFileSync(new URL('../../docs/export.md', import.meta.url), 'utf8');
  const [load, back] = [...docs.matchAll(/```python\n(.*?)```/gs)].map(([, block]) => block);
  const parts = Object.entries({ 'load.py': load, 'back.py': back, 'code.py': code });
  for (const [name, text] of parts) writeFileSync(join(folder, name), text);
  for (const [i, model] of models.entries()) {
    writeFileSync(join(folder, `${i}.safetensors`), exportSafetensors(model).files[0]);
    writeFileSync(
      join(folder, `${i}.json`),
      JSON.stringify(sequences.map((sequence) => [...model.pipeline.features(sequence)])),
    );
  }
  const { stdout, stderr } = runPython(pytorchPath() ?? '', RUN.replace('COUNT', `${models.length}`), folder);
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const RUN = `
import json, os, torch
load, back, code = (open(f'{name}.py').read() for name in ('load', 'back', 'code'))
answers = []
for i in range(COUNT):
    os.replace(f'{i}.safetensors', 'small.safetensors')
    names = {'index': i, 'back': back}
    exec(load, names)
    shape = names['tensors']['features.mean'].shape
    names['features'] = torch.tensor(json.load(open(f'{i}.json'))).view(-1, *shape)
    exec(code, names)
    answers.append(names['answer'])
print(json.dumps(answers))
`;
