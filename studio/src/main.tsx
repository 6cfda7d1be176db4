import { render } from 'preact';
import { App } from './app.js';
import { isolatePage, keepOffline } from './offline/offline.js';
import { mediapipeDetector } from './record/detector/mediapipe.js';
import { Storage } from './storage.js';
import { type Outside, Studio } from './studio.js';

/** A page around the studio, or a test, may bring parts of its own before this module runs. */
const given = (globalThis as { anyrateStudio?: Partial<Outside> }).anyrateStudio;

const MOST_THREADS = 4;

const outside: Outside = {
  startEngine: () => new Worker(new URL('./engine.js', import.meta.url), { type: 'module' }),
  startDetector: mediapipeDetector,
  openStorage: () => Storage.open(),
  fetchReady: async () => new Uint8Array(await (await fetch('ready.anyset')).arrayBuffer()),
  keepOffline,
  threads: Math.max(1, Math.min(MOST_THREADS, navigator.hardwareConcurrency ?? 1)),
  ...given,
};

const studio = new Studio(outside);
const root = document.getElementById('studio')!;
studio.state.language.value = navigator.language.startsWith('de') ? 'de' : 'en';

/** One tab at a time keeps the studio; the lock is given back when that tab is closed or crashes, and this one goes on. */
const LOCK = 'anyrate-studio';

async function keepStudio(): Promise<void> {
  studio.state.message.value = undefined;
  await studio.open();
  render(<App studio={studio} />, root);
  await new Promise(() => {});
}

async function begin(): Promise<void> {
  if (await isolatePage()) return;
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await keepStudio();
  });
  studio.state.fail('otherTab');
  render(<App studio={studio} isLocked />, root);
  await navigator.locks.request(LOCK, keepStudio);
}

begin();
