// The entry of a training thread in Node.
import { workerData } from 'node:worker_threads';
import { type StepJob, serveJob } from '../step/engine.js';
import { openNodeClips } from './clip-file.js';

const { job, memory, thread } = workerData as { job: StepJob; memory: WebAssembly.Memory; thread: number };
serveJob(job, memory, thread, openNodeClips);
