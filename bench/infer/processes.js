// Engines in processes of their own: Node, and Python for PyTorch.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Latency, and the median time from the start of a process to its first answer. */
export function runInProcess({ name }, file, { folder, nodes, channels }, { rounds, starts }) {
  const script = name === 'pytorch' ? [here('../peers/infer_torch.py')] : [here('in-node.js'), name];
  const command = name === 'pytorch' ? '/usr/bin/python3' : process.execPath;
  const start = (count) => {
    const features = join(folder, count > 0 ? 'features.f32' : 'first.f32');
    return runOnce(command, [...script, join(folder, file), features, nodes, channels, count]);
  };
  const cold = Array.from({ length: starts }, () => start(0).coldStart).sort((a, b) => a - b);
  return { ...start(rounds), coldStart: cold[starts >> 1] };
}

function runOnce(command, args) {
  const environment = { ...process.env, OPENBLAS_CORETYPE: undefined, OPENBLAS_L2_SIZE: undefined };
  const startedAt = performance.timeOrigin + performance.now();
  const output = execFileSync(command, args.map(String), {
    encoding: 'utf8',
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { firstAt, ...result } = JSON.parse(output.trim().split('\n').at(-1));
  return { ...result, coldStart: firstAt - startedAt };
}
