/** A real redis-server (or PostgreSQL) on a free port of the loopback, with a folder of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** kill -9, as from outside; what was written stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
  /** Ends it and takes away its folder. */
  end(): Promise<void>;
}

/** @param more flags; one that listens with TLS alone has `--port 0 --tls-port PORT` among them */
export async function startRedis(...more: readonly string[]): Promise<TestServer> {
  const tls = more.indexOf('--tls-port');
  const port = tls < 0 ? await freePort() : Number(more[tls + 1]);
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-redis-'));
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const durable = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'];
  const server = new Server({
    program: 'redis-server',
    args: [...args, ...durable, ...more],
    folder,
    port,
    url: `redis://127.0.0.1:${port}`,
    isReady: () => answers(port),
  });
  await server.start();
  return server;
}

/** PostgreSQL refuses to run as root: there it runs as the user that Debian's package makes. */
export async function startPostgres(): Promise<TestServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-postgres-'));
  const user = process.getuid?.() === 0 ? idsOf('postgres') : undefined;
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = spawnSync(postgresProgram('initdb')!, ['-D', data, '-U', 'anyrate', '-A', 'trust', '-E', 'UTF8'], {
    ...user,
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const args = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'];
  // It listens before it takes connections.
  const asking = ['-h', '127.0.0.1', '-p', String(port), '-q'];
  const server = new Server({
    program: postgresProgram('postgres')!,
    args,
    folder,
    port,
    url: `postgres://anyrate@127.0.0.1:${port}/postgres`,
    user,
    isReady: async () => spawnSync(postgresProgram('pg_isready')!, asking).status === 0,
  });
  await server.start();
  return server;
}

/** Where a program of PostgreSQL is: Debian keeps them out of the path. */
export function postgresProgram(name: string): string | undefined {
  const { stdout } = spawnSync('sh', ['-c', `command -v ${name} || ls /usr/lib/postgresql/*/bin/${name} | tail -1`]);
  return String(stdout).trim() || undefined;
}

function idsOf(user: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string) => Number(spawnSync('id', [flag, user]).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

interface ServerOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly port: number;
  readonly url: string;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly isReady: () => Promise<boolean>;
}

class Server implements TestServer {
  private readonly options: ServerOptions;
  private child: ChildProcess | undefined;

  constructor(options: ServerOptions) {
    this.options = options;
  }

  get url(): string {
    return this.options.url;
  }

  get port(): number {
    return this.options.port;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    const { program, args, user, isReady } = this.options;
    this.child = spawn(program, args, { stdio: 'ignore', ...user });
    for (let i = 0; i < 600; i++, await sleep(50)) if (await isReady()) return;
    throw new Error(`${program} took no connection within 30 s`);
  }

  async kill(): Promise<void> {
    await ended(this.child, 'SIGKILL');
  }

  async end(): Promise<void> {
    await ended(this.child, 'SIGTERM');
    rmSync(this.options.folder, { recursive: true, force: true });
  }
}

async function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => {
    child.on('exit', resolve);
    child.kill(signal);
  });
}

async function answers(port: number): Promise<boolean> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
