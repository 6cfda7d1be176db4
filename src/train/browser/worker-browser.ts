// The entry of a training thread in a browser: says that it is there, then serves the job that it is sent.
import { type StepJob, serveJob } from '../step/job.js';

interface Assignment {
  readonly job: StepJob;
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
}

self.onmessage = ({ data: { job, memory, thread } }: MessageEvent<Assignment>) => serveJob(job, memory, thread);
self.postMessage('ready');
