import type { Redis } from 'ioredis';
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
import { RedisPieces } from './redis-pieces.js';

/** Milliseconds between two tries to reach a database that is out of reach. */
const LONGEST_DELAY = 2000;
/** Milliseconds after which a connection that owes an answer is taken for cut, and made anew. */
const SOCKET_TIMEOUT = 15_000;

/** @throws InputError where it is not reached */
export async function connectRedis(url: string, options: ConnectOptions): Promise<QueueConnection> {
  const { Redis: Client } = await loadPackage('ioredis', () => import('ioredis'));
  const { Queue, Worker, QueueEvents } = await loadPackage('bullmq', () => import('bullmq'));
  const shown = shownUrl(url);
  const client = new Client(url, {
    lazyConnect: true,
    // Commands wait for a database that is out of reach, and are sent anew when it is back.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 8), LONGEST_DELAY),
    connectTimeout: SOCKET_TIMEOUT,
    socketTimeout: SOCKET_TIMEOUT,
    keepAlive: 5000,
  });
  const lastError = watch(client, shown, options.onNotice);
  try {
    await firstAnswer(
      url,
      client.connect().then(() => client.ping()),
      lastError,
    );
  } catch (error) {
    client.disconnect();
    throw error;
  }
  return {
    shown,
    queue: (name) => ready(new Queue(name, { ...queueOptions, connection: client })),
    worker: (name) => ready(new Worker(name, null, { ...workerOptions(options), connection: client })),
    events: (name) => ready(new QueueEvents(name, { prefix: PREFIX, connection: client })),
    pieces: new RedisPieces(client),
    close: async () => client.disconnect(),
  };
}

/** Tells once that the database is out of reach, and once that it is back. */
function watch(client: Redis, shown: string, onNotice: (text: string) => void = () => {}): () => unknown {
  let last: NodeJS.ErrnoException | undefined;
  let wasReady = false;
  let isOut = false;
  client.on('error', (error: NodeJS.ErrnoException) => {
    last = error;
  });
  client.on('reconnecting', () => {
    if (wasReady && !isOut)
      onNotice(`${shown} is out of reach (${last?.code ?? last?.message ?? 'it hung up'}); trying on`);
    isOut = true;
  });
  client.on('ready', () => {
    if (wasReady && isOut) onNotice(`${shown} is back`);
    [wasReady, isOut] = [true, false];
  });
  return () => last;
}
