/** The way to the queue's database. BullMQ and its drivers are loaded from here, when a queue is named, and nowhere else. */
import { InputError } from '../../../core/errors.js';
import type { ConnectOptions, QueueConnection } from './connection.js';

/**
 * Opens a queue's database: `redis:` or `rediss:` (TLS) of Redis 7 or Valkey, or `postgres:`.
 * @throws InputError on another URL, a missing package, or a database that is not reached
 */
export async function connectQueue(url: string, options: ConnectOptions = {}): Promise<QueueConnection> {
  const { protocol } = parseUrl(url);
  if (protocol === 'redis:' || protocol === 'rediss:') {
    return (await import('./redis.js')).connectRedis(url, options);
  }
  return (await import('./postgres.js')).connectPostgres(url, options);
}

function parseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && ['redis:', 'rediss:', 'postgres:', 'postgresql:'].includes(parsed.protocol))
    return parsed;
  throw new InputError({
    source: '--queue',
    expected: 'a URL such as redis://host:6379, rediss://user:password@host or postgres://host/database',
    found: parsed === undefined ? 'none' : `one that begins with ${parsed.protocol}`,
    mend: 'Give the URL of your Redis, Valkey or PostgreSQL.',
  });
}
