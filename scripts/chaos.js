// npm run chaos [-- --kills 30 --seed 1 --epochs 4 --out runs/chaos --tiny]: a sweep of irds (3 recipes, 2 seeds, 2 splits) alone, and
// then by a coordinator and two workers in one folder, of whom somebody, or the process of one of his jobs, is killed (SIGKILL) at
// random moments and started again. Says what was lost and whether results and tables are the same bytes. With `--tiny` it is a sweep of
// a small set that is made up, whose epochs take milliseconds.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { killHard, killJob, start } from '../bench/processes.js';
import { tinyData, tinyRecipe } from '../bench/queue/rig.js';
import { Random } from '../dist/core/random.js';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    epochs: { type: 'string', default: '4' },
    out: { type: 'string', default: 'runs/chaos' },
    tiny: { type: 'boolean', default: false },
  },
});
const kills = Number(values.kills);
const random = new Random(Number(values.seed));
const folder = values.out;
const PATIENCE = 6;

const file = join(folder, 'chaos.json');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
/** Where the data are, as a flag. */
const data = values.tiny ? ['--data', join(tinyData(), 'irds')] : [];
writeFileSync(
  file,
  JSON.stringify({
    recipes: [values.tiny ? tinyRecipe() : 'irds'],
    epochs: Number(values.epochs),
    grid: { 'training.learningRate': [0.05, 0.02, 0.1] },
    seeds: 2,
    splits: values.tiny ? ['cross-subject', 'subject-102'] : ['cross-subject', 'patients'],
    rates: [0, 0.9, 0.98],
  }),
);

const started = performance.now();
const since = () => Math.round((performance.now() - started) / 1000);
const log = (text) => console.error(`${since()} s ${text}`);

spawnSync(process.execPath, [MAIN, 'sweep', file, ...data, '--out', join(folder, 'alone'), '--jobs', '2'], {
  stdio: 'ignore',
});
const whole = outcomeOf('alone');
log(`alone: ${Object.keys(whole.results).length} jobs`);

/** Workers in process namespaces of their own see nothing of each other's processes, as on other machines. */
const apart = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0;
const shared = join(folder, 'shared');
const roles = [
  ['sweep', file, ...data, '--out', shared],
  ['sweep', '--join', shared, ...data],
  ['sweep', '--join', shared, ...data],
];
const running = [];
/** Names of the workers by their roles, and of all that there were. */
const ids = [];
const seen = new Set();
for (const role of [0, 1, 2]) await takePart(role);

/** Kills of those who were at a job; jobs that were taken over with a checkpoint. */
let atTheirJobs = 0;
let withCheckpoint = 0;
/** Seconds from a kill to the moment when another took a job over; claims that were seen; when the holders of claims were killed. */
const takeovers = [];
const known = new Set();
const killedAt = new Map();
const watch = setInterval(noteClaims, 100);
let killed = 0;
while (!isDone()) {
  await setTimeout(random.uniform(0, 8000));
  if (killed < kills && !isDone()) killed += await killOne();
}
await Promise.all(running.map(({ over }) => over));
clearInterval(watch);
begin(0);
await running[0].over;

const broken = outcomeOf('shared');
const isSame = JSON.stringify(whole) === JSON.stringify(broken);
const result = {
  kills: killed,
  atTheirJobs,
  jobs: Object.keys(whole.results).length,
  done: Object.keys(broken.results).length,
  sameBytes: isSame,
  namespaces: apart,
  patience: PATIENCE,
  takeovers: takeovers.length,
  withCheckpoint,
  /** Seconds from a kill to the moment when another took the job over, who may first have been busy with another job. */
  untilTakenOver: summary(takeovers),
  seconds: since(),
};
console.log(JSON.stringify(result, null, 2));
process.exitCode = isSame ? 0 : 1;

function begin(role) {
  const into = apart && role > 0 ? ['unshare', '--pid', '--fork', '--kill-child'] : [];
  const args = [MAIN, ...roles[role], '--jobs', '1', '--patience', String(PATIENCE)];
  running[role] = start(String(role), process.execPath, args, { into });
}

/** Starts a role, and waits until its worker takes part. */
async function takePart(role) {
  begin(role);
  while (!isDone() && !running[role].isOver) {
    const id = workers().find((name) => !seen.has(name));
    if (id !== undefined) {
      seen.add(id);
      ids[role] = id;
      return;
    }
    await setTimeout(20);
  }
}

/** Kills a coordinator, a worker or the process of a job, and starts who was killed again. */
async function killOne() {
  const role = random.integer(roles.length);
  if (running[role].isOver) return 0;
  const who = role === 0 ? 'the coordinator' : `worker ${role}`;
  if (random.uniform() < 0.2 && killJob(running[role])) {
    log(`killed a job of ${who}`);
    return 1;
  }
  const held = [...claims()].filter(([, holder]) => holder === ids[role]).map(([claim]) => claim);
  if (held.length > 0) atTheirJobs++;
  for (const claim of held) killedAt.set(claim, performance.now());
  await killHard(running[role]);
  log(`killed ${who}`);
  await takePart(role);
  return 1;
}

/** Claims, such as KEY.2, and who signed them. */
function claims() {
  const path = join(shared, 'claims');
  const names = existsSync(path) ? readdirSync(path) : [];
  return new Map(names.map((name) => [name, read(join(path, name))]));
}

function workers() {
  const path = join(shared, 'workers');
  return existsSync(path) ? readdirSync(path) : [];
}

function noteClaims() {
  const now = performance.now();
  for (const claim of claims().keys()) {
    if (known.has(claim)) continue;
    known.add(claim);
    const [key, generation] = claim.split('.');
    const before = killedAt.get(`${key}.${generation - 1}`);
    if (before === undefined) continue;
    takeovers.push((now - before) / 1000);
    if (existsSync(join(shared, 'checkpoints', `${key}.ckpt`))) withCheckpoint++;
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isDone() {
  const path = join(shared, 'jobs');
  return existsSync(path) && readdirSync(path).filter((name) => name.endsWith('.json') && name[0] !== '.').length >= 12;
}

function outcomeOf(name) {
  const jobs = join(folder, name, 'jobs');
  const files = readdirSync(jobs)
    .filter((one) => /^[0-9a-f]{64}\.json$/.test(one))
    .sort();
  return {
    results: Object.fromEntries(files.map((one) => [one, readFileSync(join(jobs, one), 'utf8')])),
    report: readFileSync(join(folder, name, 'report.md'), 'utf8').split('## Trainings')[0],
  };
}

function summary(seconds) {
  const sorted = seconds.toSorted((a, b) => a - b);
  const at = (share) =>
    Number((sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? 0).toFixed(1));
  return { median: at(0.5), most: at(1) };
}
