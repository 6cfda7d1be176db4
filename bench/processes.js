// Processes that benchmarks and `npm run chaos` start, listen to and kill.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process with what it said; `into` is what it is started by, such as `ip netns exec NAME`.
 * @param {string} name
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ into?: readonly string[], env?: Record<string, string>, quiet?: boolean }} options
 */
export function start(name, program, args, { into = [], env = {}, quiet = false } = {}) {
  const [first, ...rest] = [...into, program, ...args];
  const child = spawn(first, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Promise<number | string>} */
  const over = new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      self.isOver = true;
      resolve(code ?? signal ?? 'gone');
    });
  });
  const self = { name, child, said: '', isOver: false, over };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      self.said += text;
      if (!quiet && process.env.VERBOSE) process.stderr.write(`[${name}] ${text}`);
    });
  }
  return self;
}

/** Tells processes to end, and waits for it. */
export async function endAll(processes, signal = 'SIGTERM') {
  for (const { child, isOver } of processes) if (!isOver) child.kill(signal);
  await Promise.all(processes.map(({ over }) => over));
}

const JOB = 'job-process';

/** kill -9 of a process and of what stands before it, such as `unshare`; the processes of its jobs find out by themselves. */
export async function killHard({ child, over }) {
  for (const { pid, command } of processesBelow(child.pid)) if (!command.includes(JOB)) killPid(pid);
  child.kill('SIGKILL');
  await over;
}

/** kill -9 of the process of a job, whose worker lives on. @returns whether there was one */
export function killJob({ child }) {
  const job = processesBelow(child.pid).find(({ command }) => command.includes(JOB));
  if (job !== undefined) killPid(job.pid);
  return job !== undefined;
}

function killPid(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it is gone
  }
}

function processesBelow(pid) {
  const lines = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).stdout.trim().split('\n');
  const all = lines
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .map(([, id, parent, command]) => ({ pid: Number(id), parent: Number(parent), command }));
  const below = (parent) => all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

/** Resident bytes of a process. */
export function memoryOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}
