/**
 * Who takes part in a folder of jobs, and whether he is alive. Each worker has a file with a number that it raises every few
 * seconds. Others watch whether the number changes, each by his own clock: no times of two machines are ever compared.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { makeFolder, orUnwritable } from '../../../core/node/write.js';

/** Time between two heartbeats, and after how many seconds without one a worker counts as dead. */
const HEARTBEAT = 5000;
export const DEFAULT_PATIENCE = 30;

export interface WorkerFacts {
  readonly id: string;
  readonly host: string;
  /** Of the start of the system and the processes that see one another; empty where the system does not tell. */
  readonly system: string;
  readonly pid: number;
  readonly beats: number;
  /** The share that is done of each job that it works on, by the job's name. */
  readonly jobs: Readonly<Record<string, number>>;
}

/** Bytes of a worker's file, whatever is in it: it is rewritten in place, which takes no room on a full disk. */
const FILE_BYTES = 4096;

export class Workers {
  readonly id = `${hostname()
    .replaceAll(/[^\w-]/g, '_')
    .slice(0, 40)}-${process.pid}-${randomBytes(4).toString('hex')}`;
  private readonly folder: string;
  private readonly patience: number;
  private readonly seen = new Map<string, { readonly text: string; readonly since: number }>();
  private timer: NodeJS.Timeout | undefined;
  private beats = 0;
  private readonly jobs = new Map<string, number>();

  /** @param patience in seconds */
  constructor(path: string, patience = DEFAULT_PATIENCE) {
    this.folder = join(path, 'workers');
    this.patience = patience * 1000;
  }

  /** Takes part. @throws InputError where the folder cannot be written */
  join(): void {
    makeFolder(this.folder);
    orUnwritable(this.fileOf(this.id), 'a file that can be written', () => this.beat());
    const often = Math.min(HEARTBEAT, this.patience / 4);
    this.timer = setInterval(() => {
      try {
        this.beat();
      } catch {
        // others may take over what this one works on; it finds out before it writes
      }
    }, often).unref();
  }

  /** Takes part no longer. */
  leave(): void {
    clearInterval(this.timer);
    rmSync(this.fileOf(this.id), { force: true });
  }

  /** Whether a worker has ended: at once where its process was on this system, else when nothing was heard of it for long. */
  isDead(id: string): boolean {
    if (id === this.id) return false;
    const text = this.read(id);
    const facts = parseFacts(text);
    if (facts !== undefined && isGone(facts)) return true;
    const now = performance.now();
    const last = this.seen.get(id);
    if (last?.text !== text) this.seen.set(id, { text, since: now });
    return last !== undefined && last.text === text && now - last.since > this.patience;
  }

  /** All that have a file. */
  all(): WorkerFacts[] {
    const files = existsSync(this.folder) ? readdirSync(this.folder) : [];
    return files.flatMap((file) => parseFacts(this.read(file)) ?? []);
  }

  /** Says with the next heartbeat how far a job is; without a share, that it is worked on no longer. */
  note(name: string, share?: number): void {
    if (share === undefined) this.jobs.delete(name);
    else this.jobs.set(name, Math.round(share * 1000) / 1000);
  }

  private beat(): void {
    const facts = { id: this.id, host: hostname(), system: SYSTEM, pid: process.pid, beats: ++this.beats };
    const whole = JSON.stringify({ ...facts, jobs: Object.fromEntries(this.jobs) } satisfies WorkerFacts);
    const text = whole.length < FILE_BYTES ? whole : JSON.stringify({ ...facts, jobs: {} } satisfies WorkerFacts);
    writeFileSync(this.fileOf(this.id), `${text}\n`.padEnd(FILE_BYTES), { flag: openFlag(this.beats) });
  }

  private read(id: string): string {
    try {
      return readFileSync(this.fileOf(id), 'utf8');
    } catch {
      return '';
    }
  }

  private fileOf(id: string): string {
    return join(this.folder, id);
  }
}

/** In place, but for the first time. */
function openFlag(beats: number): string {
  return beats === 1 ? 'w' : 'r+';
}

function parseFacts(text: string): WorkerFacts | undefined {
  try {
    return JSON.parse(text) as WorkerFacts;
  } catch {
    return undefined;
  }
}

/** Whether it ran on this very system, and its process is there no more. */
function isGone({ host, system, pid }: WorkerFacts): boolean {
  if (host !== hostname() || system !== SYSTEM || system === '') return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

const SYSTEM = systemId();

/** Linux tells which start of which machine this is, and which processes can see one another. */
function systemId(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
