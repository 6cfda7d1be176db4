// The entry of a training thread in a browser: answers that it is there, then serves the job that it is sent.
import type { KernelMemory } from '../../kernels/wasm/memory.js';
import { type StepJob, serveJob } from '../step/engine.js';

interface Assignment {
  readonly job: StepJob;
  readonly memory: KernelMemory;
  readonly thread: number;
}

self.onmessage = ({ data }: MessageEvent<Assignment | 'ready?'>) => {
  if (data === 'ready?') self.postMessage('ready');
  else serveJob(data.job, data.memory, data.thread);
};
