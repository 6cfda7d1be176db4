// The entry of a training thread in Node.
import { workerData } from 'node:worker_threads';
import type { KernelMemory } from '../../kernels/wasm/memory.js';
import { type StepJob, serveJob } from '../step/engine.js';
import { openNodeClips } from './clip-file.js';

const { job, memory, thread } = workerData as { job: StepJob; memory: KernelMemory; thread: number };
serveJob(job, memory, thread, openNodeClips);
