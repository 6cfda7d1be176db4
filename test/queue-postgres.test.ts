import pg from 'pg';
import { expect, test } from 'vitest';
import { lasting } from '../src/run/queue/node/postgres.js';
import { behaves } from './support/queue-behaviour.js';
import { startPostgres } from './support/servers.js';
import { describeWith } from './support/tools.js';

describeWith('PostgreSQL', 'a queue in PostgreSQL', () => {
  behaves(startPostgres);

  test('a connection that breaks within a transaction ends no process, and refuses what comes next', async () => {
    const server = await startPostgres();
    try {
      const Client = lasting(pg.Client);
      const client = new Client({ connectionString: server.url });
      await client.connect();
      await client.query('BEGIN');
      const broken = new Promise((resolve) => client.once('end', resolve));
      await server.kill();
      await broken;
      await expect(client.query('COMMIT')).rejects.toThrow();
    } finally {
      await server.end();
    }
  });
});
