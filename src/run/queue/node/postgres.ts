import { setTimeout as sleep } from 'node:timers/promises';
import type * as Bull from 'bullmq';
import type pg from 'pg';
import type { ClientConfig, Pool } from 'pg';
import {
  type ConnectOptions,
  firstAnswer,
  loadPackage,
  type QueueConnection,
  queueOptions,
  ready,
  shownUrl,
  workerOptions,
} from './connection.js';
import { PREFIX } from './names.js';
import { PostgresPieces } from './postgres-pieces.js';

/** What one says that is starting up, and milliseconds until it is asked again. */
const STARTING = '57P03';
const AGAIN = 200;

/** Connections of each queue, worker and reader of events. */
const CONNECTIONS = 2;

/**
 * BullMQ's PostgreSQL backend, an experiment: the same calls, in a schema of its own, which the first who comes makes.
 * @throws InputError where it is not reached
 */
export async function connectPostgres(url: string, options: ConnectOptions): Promise<QueueConnection> {
  const { default: postgres } = await loadPackage('pg', () => import('pg'));
  const { Queue, Worker, QueueEvents, createPostgresBackend } = await loadPackage('bullmq', () => import('bullmq'));
  const shown = shownUrl(url);
  const reached = { connectionString: url, max: CONNECTIONS, Client: lasting(postgres.Client) };
  const pool = new postgres.Pool(reached);
  pool.on('error', () => {});
  const pieces = new PostgresPieces(pool);
  const connection = { ...reached, schema: PREFIX, migrate: true };
  // The same calls as with Redis, which the types tell apart.
  const queue = (name: string) =>
    ready(new Queue(name, { ...queueOptions, connection }, createPostgresBackend) as unknown as Bull.Queue);
  try {
    await firstAnswer(url, answer(pool), () => undefined);
    await (await queue('first')).close();
    await pieces.prepare();
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    shown,
    queue,
    worker: (name) => {
      const settings = { ...workerOptions(options), connection };
      return ready(new Worker(name, null, settings, createPostgresBackend) as unknown as Bull.Worker);
    },
    events: (name) =>
      ready(new QueueEvents(name, { connection }, createPostgresBackend) as unknown as Bull.QueueEvents),
    pieces,
    close: () => pool.end(),
  };
}

/**
 * Connections that may break between two commands of a transaction, when nobody listens to them, without ending the process: the
 * next command is refused.
 */
export function lasting(Client: typeof pg.Client): typeof pg.Client {
  return class extends Client {
    constructor(config?: ClientConfig) {
      super(config);
      this.on('error', () => {});
    }
  };
}

/** Waits for one that is starting up. */
async function answer(pool: Pool): Promise<void> {
  for (;;) {
    try {
      await pool.query('SELECT 1');
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== STARTING) throw error;
      await sleep(AGAIN);
    }
  }
}
