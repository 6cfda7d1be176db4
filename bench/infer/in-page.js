// The script of a page that measures one engine: bundled with its peer, which it is given.
import { measure, readFeatures } from './measure.js';

/** Calls that are timed together: the clock of an isolated page has steps of 5 microseconds. */
const GROUP = 20;

/** Leaves the time of the first answer, since the navigation, and the latency in `result`. */
export async function measureInPage(load) {
  const query = new URLSearchParams(location.search);
  const [nodes, channels, rounds] = ['nodes', 'channels', 'rounds'].map((name) => Number(query.get(name)));
  const [bytes, first] = await Promise.all([fetchBytes(query.get('file')), fetchBytes('first.f32')]);
  const { inputs, ...rest } = readFeatures(first, nodes * channels);
  const run = await load(bytes, { nodes, channels, assets: `${location.origin}/assets/`, ...rest });
  const logits = Array.from(await run(inputs[0]));
  const coldStart = performance.now();
  const all = readFeatures(await fetchBytes('features.f32'), nodes * channels);
  const latency = rounds > 0 ? await measure(run, all.inputs, rounds, GROUP) : {};
  globalThis.result = { coldStart, logits, ...latency };
}

async function fetchBytes(url) {
  const response = await fetch(url);
  return new Uint8Array(await response.arrayBuffer());
}
