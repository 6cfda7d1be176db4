// node fuzz.mjs READER SECONDS SEED FOLDER: fuzzes a reader in a worker, and ends what hangs. Prints a line of JSON.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type Coverage, type Fault, fuzz } from './fuzz.js';
import { readers } from './readers.js';

/** Longer without another input, and the reader hangs. */
const PATIENCE_MILLISECONDS = 10_000;
const MOST_FAULTS = 20;

interface Order {
  readonly name: string;
  readonly seconds: number;
  readonly seed: number;
  /** The number of inputs and the length of the last, which follows. */
  readonly shared: SharedArrayBuffer;
}

if (isMainThread) await watch();
else await work(workerData as Order);

/** Fuzzes, and tells the main thread what was found. */
async function work({ name, seconds, seed, shared }: Order): Promise<void> {
  const [numbers, bytes] = [new Int32Array(shared, 0, 2), new Uint8Array(shared, 8)];
  const reader = readers.find((one) => one.name === name)!;
  const end = performance.now() + 1000 * seconds;
  const known = new Set<string>();
  const result = await fuzz(reader, {
    seed,
    coverage: startCoverage(),
    goesOn: () => performance.now() < end && known.size < MOST_FAULTS,
    onInput(file) {
      bytes.set(file);
      numbers[1] = file.length;
      Atomics.add(numbers, 0, 1);
    },
    onFault(fault) {
      const place = fault.message.split('\n').slice(0, 3).join('\n').replaceAll(/\d+/g, '0');
      if (known.has(fault.kind + place)) return;
      known.add(fault.kind + place);
      parentPort!.postMessage({ fault });
    },
  });
  parentPort!.postMessage({ result });
}

async function watch(): Promise<void> {
  const [name, seconds, seed, folder] = process.argv.slice(2);
  const shared = new SharedArrayBuffer(8 + (1 << 17));
  const numbers = new Int32Array(shared, 0, 2);
  const workerData = { name, seconds: Number(seconds), seed: Number(seed), shared };
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData });
  const faults: { kind: string; message: string; file: string }[] = [];
  let result = { inputs: 0, corpus: 0 };
  const keep = ({ kind, message, file }: { kind: string; message: string; file: Uint8Array }) => {
    const path = join(folder, `${name}-${kind}-${createHash('sha256').update(file).digest('hex').slice(0, 8)}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, file);
    faults.push({ kind, message: message.split('\n').slice(0, 3).join(' '), file: path });
  };
  const current = () => new Uint8Array(shared, 8).slice(0, numbers[1]);
  worker.on('message', (message: { fault?: Fault; result?: typeof result }) => {
    if (message.fault) keep(message.fault);
    if (message.result) result = message.result;
  });
  let last = { count: -1, time: 0 };
  const timer = setInterval(() => {
    const count = Atomics.load(numbers, 0);
    if (count !== last.count) last = { count, time: performance.now() };
    else if (count > 0 && performance.now() - last.time > PATIENCE_MILLISECONDS) {
      keep({ kind: 'hang', message: `over ${PATIENCE_MILLISECONDS / 1000} s`, file: current() });
      void worker.terminate();
    }
  }, 200);
  await new Promise<void>((resolve) => {
    worker.on('error', (error) => keep({ kind: 'death', message: String(error.stack), file: current() }));
    worker.on('exit', () => resolve());
  });
  clearInterval(timer);
  console.log(JSON.stringify({ reader: name, seconds: Number(seconds), ...result, read: numbers[0], faults }));
}

/** Branches of this bundle that ran: scripts/fuzz/instrument.js has made it write them down. */
function startCoverage(): Coverage {
  const { reached } = globalThis as unknown as { reached: Uint8Array };
  const seen = new Uint8Array(reached.length);
  return {
    reachedNew() {
      let isNew = false;
      for (let branch = 0; branch < reached.length; branch++) {
        if (reached[branch] <= seen[branch]) continue;
        seen[branch] = 1;
        isNew = true;
      }
      reached.fill(0);
      return isNew;
    },
  };
}
