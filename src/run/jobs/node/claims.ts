/**
 * Who works on which job of a folder. A claim is a file KEY.GENERATION that only one can create; who finds its holder
 * dead creates the next generation, which again only one can. A holder writes nothing after it has been overtaken. All of
 * that is only to spare work: results are the same bytes, whoever writes them.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, orUnwritable } from '../../../core/node/write.js';
import type { Workers } from './workers.js';

/** In a claim that was given back. */
const FREE = 'free';
const CLAIM = /^([0-9a-f]{64})\.(\d+)$/;

/** The highest generation of each key. */
type Generations = Map<string, number>;

export class Claims {
  private readonly folder: string;
  private readonly workers: Workers;
  private readonly held = new Map<string, number>();

  constructor(path: string, workers: Workers) {
    this.folder = join(path, 'claims');
    this.workers = workers;
  }

  /** @throws InputError where it cannot be made */
  make(): void {
    makeFolder(this.folder);
  }

  /** The claims that are there, for several calls of `take`. */
  list(): Generations {
    const generations: Generations = new Map();
    for (const name of existsSync(this.folder) ? readdirSync(this.folder) : []) {
      const [, key, generation] = CLAIM.exec(name) ?? [];
      if (key !== undefined) generations.set(key, Math.max(generations.get(key) ?? 0, Number(generation)));
    }
    return generations;
  }

  /** Whether the job is now this worker's. */
  take(key: string, there: Generations): boolean {
    const last = there.get(key) ?? 0;
    if (last > 0 && !this.isFree(key, last)) return false;
    return orUnwritable(this.folder, 'a folder that can be written', () => this.create(key, last + 1));
  }

  /** Whether nobody has overtaken this worker. */
  holds(key: string): boolean {
    const generation = this.held.get(key);
    return generation !== undefined && !existsSync(this.fileOf(key, generation + 1));
  }

  /** Gives a job back that is not done. */
  release(key: string): void {
    const generation = this.held.get(key);
    this.held.delete(key);
    if (generation === undefined || existsSync(this.fileOf(key, generation + 1))) return;
    try {
      writeFileSync(this.fileOf(key, generation), FREE);
    } catch {
      // on a full disk, others take it over when they miss this worker
    }
  }

  /** Removes the claims of a job whose result is there. */
  drop(key: string): void {
    for (let generation = this.held.get(key) ?? 0; generation > 0; generation--)
      rmSync(this.fileOf(key, generation), { force: true });
    this.held.delete(key);
  }

  /** Who works on each job that is claimed. */
  holders(): Map<string, string> {
    const holders = [...this.list()].map(([key, generation]) => [key, this.holderOf(key, generation)] as const);
    return new Map(holders.filter(([, holder]) => holder !== '' && holder !== FREE));
  }

  private create(key: string, generation: number): boolean {
    try {
      writeFileSync(this.fileOf(key, generation), this.workers.id, { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
    this.held.set(key, generation);
    return true;
  }

  private isFree(key: string, generation: number): boolean {
    const holder = this.holderOf(key, generation);
    return holder === FREE || this.workers.isDead(holder || `${key}.${generation}`);
  }

  /** Empty where it is not written yet, or gone already. */
  private holderOf(key: string, generation: number): string {
    try {
      return readFileSync(this.fileOf(key, generation), 'utf8');
    } catch {
      return '';
    }
  }

  private fileOf(key: string, generation: number): string {
    return join(this.folder, `${key}.${generation}`);
  }
}
