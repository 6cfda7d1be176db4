import { WorkerClient } from '../../bridge/worker-client.js';
import type { DetectorCalls } from './calls.js';
import type { Detector } from './detector.js';

/** MediaPipe in a worker; its models are fetched when it starts. */
export function mediapipeDetector(): Detector {
  const start = () => new Worker(new URL('./detector.js', import.meta.url), { type: 'module' });
  const client = new WorkerClient<DetectorCalls>(start);
  return {
    init: async (subject) => {
      await client.call('init', { subject, base: new URL('./', document.baseURI).href });
    },
    detect: (picture, seconds) => client.call('detect', { picture, seconds }, { transfer: [picture] }),
    close: () => client.close(),
  };
}
