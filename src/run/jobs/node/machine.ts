import { cpus } from 'node:os';
import { TRAINING_REVISION, VERSION } from '../../../core/version.js';
import type { Machine } from '../result.js';

/** This machine and these versions, today. */
export function thisMachine(): Machine {
  const all = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    node: process.version,
    version: VERSION,
    revision: TRAINING_REVISION,
  };
}
