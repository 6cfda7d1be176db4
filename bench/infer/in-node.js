// node bench/infer/in-node.js PEER FILE FEATURES NODES CHANNELS ROUNDS: when the first answer was there, and latency.
import { readFileSync } from 'node:fs';

const [peer, file, features, nodes, channels, rounds] = process.argv.slice(2);
const { load } = await import(`../peers/infer/${peer}.js`);
const { measure, readFeatures } = await import('./measure.js');
const { inputs, ...rest } = readFeatures(Uint8Array.from(readFileSync(features)), nodes * channels);
const shape = { nodes: Number(nodes), channels: Number(channels) };
const run = await load(Uint8Array.from(readFileSync(file)), { ...shape, ...rest });
const logits = Array.from(await run(inputs[0]));
const firstAt = performance.timeOrigin + performance.now();
const latency = Number(rounds) > 0 ? await measure(run, inputs, Number(rounds), 1) : {};
console.log(JSON.stringify({ firstAt, logits, ...latency }));
process.exit(0);
