// How the way to a queue's database fails: each time one line that says what to do. And a worker that is ended without it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectQueue } from '../src/run/queue/node/connect.js';
import { runByQueue } from '../src/run/queue/node/coordinate.js';
import { queueRunner } from '../src/run/queue/node/queue-runner.js';
import { serveQueue } from '../src/run/queue/node/serve.js';
import { startAnyrate } from './support/cli.js';
import { ToyWork, toyJobs, toyStore } from './support/queue-rig.js';
import { freePort, startPostgres, startRedis, type TestServer } from './support/servers.js';
import { describeWith } from './support/tools.js';

const folder = mkdtempSync(join(tmpdir(), 'anyrate-connections-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function refusalOf(url: string): Promise<string> {
  const connection = await connectQueue(url).catch((error: Error) => error.message);
  if (typeof connection === 'string') return connection;
  await connection.close();
  return 'none';
}

describeWith('redis-server', 'a Redis', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startRedis('--requirepass', 'secret');
  });
  afterAll(() => server.end());
  const at = (user: string) => server.url.replace('//', `//${user}`);

  test('with a password lets in who knows it, and nobody else; no message shows one', async () => {
    expect(await refusalOf(at(':secret@'))).toBe('none');
    for (const user of ['', ':guessed@', 'somebody:guessed@']) {
      const { port } = server;
      expect(await refusalOf(at(user))).toBe(
        `--queue: expected a database that answers at redis://127.0.0.1:${port}, found one that wants another user or password. Give them in the URL: redis://USER:PASSWORD@127.0.0.1:${port}`,
      );
    }
  });

  test('that is not there', async () => {
    expect(await refusalOf(`redis://127.0.0.1:${await freePort()}`)).toMatch(
      /found ECONNREFUSED\. Start it, or check host and port of the URL\.$/,
    );
  });

  test('that is gone does not hold a worker that is told to end', async () => {
    const { child, outcome } = startAnyrate(folder, ['worker', '--queue', at(':secret@'), '--json']);
    let said = '';
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (text) => {
        said += text;
        if (said.includes('waits for jobs')) resolve();
      });
    });
    await server.kill();
    child.kill('SIGTERM');
    expect(await outcome).toMatchObject({ code: 0, stdout: expect.stringContaining('"done": 0') });
    await server.start();
  });
});

/** A port that leads to another; it hangs up on whoever comes as the `cut`th. */
async function startGate(to: number, cut: number): Promise<{ readonly url: string; readonly end: () => void }> {
  let come = 0;
  const gate = createServer((from) => {
    from.on('error', () => {});
    if (++come === cut) return from.destroy();
    const on = connect(to, '127.0.0.1').on('error', () => from.destroy());
    from.pipe(on).pipe(from);
    return undefined;
  });
  const port = await freePort();
  await new Promise<void>((resolve) => {
    gate.listen(port, '127.0.0.1', resolve);
  });
  return { url: `redis://127.0.0.1:${port}`, end: () => gate.close() };
}

describeWith('redis-server', 'an outage that meets a worker when it opens a queue', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.end());

  test('does not keep it from giving its results', async () => {
    const [job] = toyJobs(1);
    const gate = await startGate(server.port, 2); // the first is the worker's own, the second is made for its queue
    const [mine, coordinator] = [await connectQueue(gate.url, { patience: 3 }), await connectQueue(server.url)];
    const stop = new AbortController();
    const work = new ToyWork();
    const options = { name: 'w', slots: [work], patience: 3, dataOf: () => 'toy', onNotice: () => {} };
    const serving = serveQueue(mine, { ...options, signal: stop.signal });
    expect((await runByQueue(coordinator, () => [job], { store: toyStore() })).size).toBe(1);
    expect(work.done).toEqual([job.key]);
    stop.abort();
    await serving;
    await Promise.all([mine.close(), coordinator.close()]);
    gate.end();
  });
});

describeWith('redis-server', 'a folder of jobs that a queue does', () => {
  test('tells which have failed, and that nobody is at work afterwards', async () => {
    const server = await startRedis();
    const [job] = toyJobs(1);
    const [store, work, stop] = [toyStore(), new ToyWork(), new AbortController()];
    work.dies = true;
    const connection = await connectQueue(server.url, { patience: 3 });
    const options = { name: 'w', slots: [work], patience: 3, dataOf: () => 'toy', onNotice: () => {} };
    const serving = serveQueue(connection, { ...options, signal: stop.signal });
    expect((await queueRunner({ url: server.url, store })(() => [job])).size).toBe(0);
    expect(store.failure(job.key)).toEqual({ name: job.name, message: 'the process died' });
    expect(readdirSync(join(store.path, 'workers'))).toEqual([]);
    stop.abort();
    await serving;
    await connection.close();
    await server.end();
  });
});

describeWith('openssl', 'TLS', () => {
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(folder, name));
  beforeAll(() => {
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', '-x509', ...kind, ...names, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
  });

  describeWith('redis-server', 'of a Redis', () => {
    let server: TestServer;
    beforeAll(async () => {
      const port = String(await freePort());
      const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no'];
      server = await startRedis('--port', '0', '--tls-port', port, ...tls);
    });
    afterAll(() => server.end());

    test('with a certificate that nobody knows is refused, until it is named', async () => {
      const url = server.url.replace('redis:', 'rediss:');
      expect(await refusalOf(url)).toMatch(
        /found a certificate that is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. .* NODE_EXTRA_CA_CERTS/,
      );
      const { outcome } = startAnyrate(folder, ['worker', '--queue', url, '--idle', '0.2'], {
        NODE_EXTRA_CA_CERTS: certificate,
      });
      expect(await outcome).toMatchObject({ code: 0, stdout: 'Jobs done: 0\n' });
    });

    test('that the URL does not ask for', async () => {
      expect(await refusalOf(server.url)).toMatch(/and whether its port has no TLS \(then use rediss:\)\.$/);
    });
  });
});

describeWith('PostgreSQL', 'a PostgreSQL', () => {
  test('without the database of the URL', async () => {
    const server = await startPostgres();
    expect(await refusalOf(server.url.replace(/\w+$/, 'nowhere'))).toMatch(
      /found database "nowhere" does not exist\. Create it, or check the name at the end of the URL\.$/,
    );
    await server.end();
  });
});
