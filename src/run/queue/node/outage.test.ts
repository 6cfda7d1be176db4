import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { InputError } from '../../../core/errors.js';
import { faultOf, OutOfReachError, type QueueFault } from './outage.js';

/** What ioredis throws for a reply of Redis: its class is not exported. */
function reply(message: string, previousErrors?: readonly Error[]): Error {
  return Object.assign(new Error(message), { name: 'ReplyError', previousErrors });
}

const withCode = (message: string, code: string | number) => Object.assign(new Error(message), { code });

test.each<[QueueFault, Error]>([
  ['outage', new OutOfReachError('no answer')],
  ['outage', withCode('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED')],
  ['outage', withCode('read ECONNRESET', 'ECONNRESET')],
  ['outage', reply('LOADING Redis is loading the dataset in memory')],
  ['outage', reply("OOM command not allowed when used memory > 'maxmemory'. script: 1, on @user_script:1.")],
  ['outage', reply('MISCONF Redis is configured to save RDB snapshots, but it is currently unable to persist on disk')],
  ['outage', reply('EXECABORT Transaction discarded because of previous errors.', [reply('OOM command not allowed')])],
  ['outage', withCode('the database system is shutting down', '57P01')],
  ['outage', withCode('sorry, too many clients already', '53300')],
  ['outage', new Error('Connection terminated unexpectedly')],
  ['outage', new Error('a query failed', { cause: withCode('read ECONNRESET', 'ECONNRESET') })],
  ['overtaken', withCode('Missing lock for job 1. moveToFinished', -2)],
  ['refusal', reply("NOPERM User w has no permissions to run the 'eval' command")],
  ['refusal', reply('WRONGTYPE Operation against a key holding the wrong kind of value')],
  ['refusal', reply('EXECABORT Transaction discarded because of previous errors.')],
  ['refusal', withCode('permission denied for table jobs', '42501')],
  ['other', new TypeError('undefined is not a function')],
  ['other', new Error('nobody expected this')],
  ['other', withCode('no such file', 'EISDIR')],
  ['other', new InputError({ source: 'a', expected: 'b', found: 'c', mend: 'd' })],
])('%s: %s', (fault, error) => {
  expect(faultOf(error)).toBe(fault);
});

test('what ioredis throws where nobody listens, and where it was closed, is an outage', async () => {
  const { port, server } = await new Promise<{ port: number; server: ReturnType<typeof createServer> }>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as { port: number }).port, server }),
    );
  });
  server.close();
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
  const told: unknown[] = [];
  client.on('error', (error) => told.push(error));
  const closed = await client.connect().catch((error: unknown) => error);
  const after = await client.ping().catch((error: unknown) => error);
  expect([told[0], closed, after].map(faultOf)).toEqual(['outage', 'outage', 'outage']);
});
