// Three hosts on one machine, as network namespaces: Redis and the coordinator on one, a worker on each of two others, whose links
// are cut for 20 s and for 90 s while they train. Takes root and Linux.
import { execFileSync, spawnSync } from 'node:child_process';
import { endAll } from '../processes.js';
import {
  countEnds,
  dataFlags,
  digestOf,
  folder,
  sleep,
  startCoordinator,
  startRedis,
  startWorker,
  sweepFlags,
} from './rig.js';
import { locally } from './same.js';
import { Watch } from './watch.js';

const LAB = '10.77.0.1';
const CUTS = [20, 90];

export async function links(sweep) {
  if (spawnSync('unshare', ['-n', 'true']).status !== 0) return { skipped: 'network namespaces are refused here' };
  const hosts = ['anyrate-lab', 'anyrate-a', 'anyrate-b'];
  takeAway(hosts);
  try {
    for (const [i, host] of hosts.entries()) connect(host, i + 1);
    return await play(sweep, hosts);
  } finally {
    takeAway(hosts);
  }
}

const BRIDGE = 'anyrate-bridge';
const ip = (...words) => execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
const inside = (host) => ['ip', 'netns', 'exec', host];

/** A host with an address on the bridge, which the first one makes. */
function connect(host, number) {
  if (number === 1) {
    ip('link', 'add', BRIDGE, 'type', 'bridge');
    ip('link', 'set', BRIDGE, 'up');
  }
  const [outer, inner] = [`anyrate-o${number}`, `anyrate-i${number}`];
  ip('netns', 'add', host);
  ip('link', 'add', outer, 'type', 'veth', 'peer', 'name', inner);
  ip('link', 'set', inner, 'netns', host);
  ip('link', 'set', outer, 'master', BRIDGE, 'up');
  ip('-n', host, 'addr', 'add', `10.77.0.${number}/24`, 'dev', inner);
  ip('-n', host, 'link', 'set', inner, 'up');
  ip('-n', host, 'link', 'set', 'lo', 'up');
}

function takeAway(hosts) {
  for (const [i, host] of hosts.entries()) {
    spawnSync('ip', ['netns', 'del', host]);
    spawnSync('ip', ['link', 'del', `anyrate-o${i + 1}`]); // outlives its host while a killed process is in it
  }
  spawnSync('ip', ['link', 'del', BRIDGE]);
}

async function play(sweep, [lab, ...others]) {
  const local = await locally(sweep);
  const redis = await startRedis({ into: inside(lab), bind: LAB });
  const watch = new Watch();
  const workers = others.map((host) => {
    const worker = startWorker(host, redis.url, dataFlags(sweep), { into: inside(host) });
    watch.listen(worker.child);
    return worker;
  });
  const out = folder('links');
  const coordinator = startCoordinator('c', redis.url, out, sweepFlags(sweep), { into: inside(lab) });
  const cuts = [];
  for (const [i, seconds] of CUTS.entries()) {
    while (!watch.isBusy(workers[i].child.pid)) {
      if (coordinator.isOver) throw new Error('the sweep was over before both links were cut: give more --epochs');
      await sleep(100);
    }
    await sleep(5000);
    cuts.push(await cut(workers[i], `anyrate-o${i + 2}`, seconds, coordinator));
  }
  const code = await coordinator.over;
  await endAll([...workers, redis.process]);
  const queue = digestOf(out);
  const isSame = queue.sha256 === local.sha256;
  return { code, isSame, ...queue, ...countEnds(workers), ...watch.facts(), cuts };
}

/** Cuts a link, and says what the worker behind it said until some time after. */
async function cut(worker, link, seconds, coordinator) {
  const before = worker.said.length;
  ip('link', 'set', link, 'down');
  await sleep(seconds * 1000);
  ip('link', 'set', link, 'up');
  const isMended = () => coordinator.isOver || worker.said.slice(before).includes('is back');
  for (let i = 0; i < 300 && !isMended(); i++) await sleep(100);
  return { seconds, said: worker.said.slice(before).trim().split('\n') };
}
