/** What a job's process and its parent tell each other. The process touches no store and no network: all goes through its parent. */
import type { Fault } from '../../../core/errors.js';
import type { JobSpec } from '../job.js';
import type { JobProgress } from '../perform.js';
import type { JobEnd } from './place.js';

export type ToProcess =
  | {
      readonly type: 'start';
      readonly spec: JobSpec;
      /** Name or path of the data on this machine. */
      readonly data: string;
      readonly checkpoint?: Uint8Array | undefined;
      /** The run folder that networks have theirs in. */
      readonly folder?: string | undefined;
    }
  /** To save the checkpoint and end the job; so does SIGTERM. */
  | { readonly type: 'stop' };

export type FromProcess =
  | ({ readonly type: 'progress' } & JobProgress)
  | { readonly type: 'checkpoint'; readonly bytes: Uint8Array }
  | JobEnd
  /** Of a network, which has no result then. */
  | { readonly type: 'diverged'; readonly message: string }
  | { readonly type: 'bad-input'; readonly fault: Fault }
  | { readonly type: 'failure'; readonly message: string };
