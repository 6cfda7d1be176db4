import { expect, test } from 'vitest';
import { type Action, type Happening, isMeant, lineOf } from './action.js';
import { keyOf } from './outputs/keyboard.js';
import type { Output } from './outputs/output.js';
import { Performer } from './performer.js';
import { allowedOrigins, isAllowed } from './policy.js';

const action: Action = { id: '1', output: 'channel', label: 'wave', moment: 'start', target: 'a' };
const wave: Happening = { name: 'wave', moment: 'start', seconds: 3, probability: 0.9 };

/** Outputs that write down what is done with them. */
function rig() {
  const log: string[] = [];
  const lost: (() => void)[] = [];
  const faults: string[] = [];
  const openOutput = async (target: string, onLost: () => void): Promise<Output> => {
    if (target === 'bad') throw new Error('none');
    log.push(`open ${target}`);
    lost.push(onLost);
    return { send: ({ name }) => void log.push(`${target} ${name}`), close: () => void log.push(`close ${target}`) };
  };
  const performer = new Performer(
    (_, { message }) => faults.push(message),
    async () => ({ openOutput }),
  );
  return { log, lost, faults, performer };
}

test('an action is meant by its movement, or by any, at its moment', () => {
  expect(isMeant(action, wave)).toBe(true);
  expect(isMeant({ ...action, label: '' }, wave)).toBe(true);
  expect(isMeant({ ...action, label: 'nod' }, wave)).toBe(false);
  expect(isMeant({ ...action, moment: 'end' }, wave)).toBe(false);
});

test('an output is opened once, with the first of several sends, and again for another target', async () => {
  const { log, performer } = rig();
  await Promise.all([performer.perform([action], wave), performer.perform([action], wave)]);
  await performer.perform([{ ...action, target: 'b' }], wave);
  expect(log).toEqual(['open a', 'a wave', 'a wave', 'close a', 'open b', 'b wave']);
});

test('a device is used once a person connected it, until it is lost', async () => {
  const { log, lost, faults, performer } = rig();
  const midi = { ...action, output: 'midi' } as const;
  await performer.perform([midi], wave);
  expect(log).toEqual([]);
  expect(await performer.connect(midi)).toBe(true);
  expect([...performer.open.value]).toEqual(['1']);
  await performer.perform([midi], wave);
  lost[0]();
  expect([...performer.open.value]).toEqual([]);
  await performer.perform([midi], wave);
  expect(log).toEqual(['open a', 'a wave', 'close a']);
  expect(faults).toEqual(['actLost']);
});

test('what cannot be opened is told, and tried again with the next movement; what no action needs is closed', async () => {
  const { log, faults, performer } = rig();
  await performer.perform([{ ...action, target: 'bad' }], wave);
  await performer.perform([{ ...action, target: 'bad' }], wave);
  expect(faults).toEqual(['none', 'none']);
  await performer.perform([action], wave);
  performer.keep([action]);
  performer.keep([]);
  await Promise.resolve();
  expect(log).toEqual(['open a', 'a wave', 'close a']);
});

test.each([
  ['ArrowRight', 'ArrowRight', 'ArrowRight'],
  ['a', 'a', 'KeyA'],
  ['A', 'A', 'KeyA'],
  ['7', '7', 'Digit7'],
  ['Space', ' ', 'Space'],
])('the key %s', (target, key, code) => expect(keyOf(target)).toEqual({ key, code }));

test('a line has no line in it', () => {
  expect(lineOf({ ...wave, name: 'a\r\nb', count: 2 })).toBe('a b 2');
});

test('an address is allowed where the policy of the page names its origin, on this computer alone', () => {
  const content = "default-src 'none'; connect-src 'self' http://127.0.0.1:3000 https://evil.example; style-src 'self'";
  const origins = allowedOrigins({ querySelector: () => ({ content }) } as never);
  expect(origins).toEqual(['http://127.0.0.1:3000']);
  expect(allowedOrigins({ querySelector: () => null })).toEqual([]);
  expect(isAllowed('http://127.0.0.1:3000/x?y', origins)).toBe(true);
  for (const other of [
    'http://127.0.0.1:3001/',
    'http://localhost:3000/',
    'http://127.0.0.1:3000.evil.example/',
    'http://evil.example@127.0.0.2:3000/',
    'x',
  ])
    expect([other, isAllowed(other, origins)]).toEqual([other, false]);
  expect(isAllowed('http://10.0.0.1:3000/', ['http://10.0.0.1:3000'])).toBe(false);
});
