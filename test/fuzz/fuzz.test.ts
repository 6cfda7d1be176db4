import { expect, test } from 'vitest';
import { Random } from '../../src/core/random.js';
import { type Fault, fuzz } from './fuzz.js';
import { mutate } from './mutate.js';
import { type Reader, readers } from './readers.js';

/** `npm run fuzz` goes on from here for as long as one likes, by what of the code its files reach. */
const INPUTS = 60;

async function faultsOf(reader: Reader, inputs: number): Promise<Fault[]> {
  const faults: Fault[] = [];
  await fuzz(reader, { seed: 1, goesOn: (count) => count < inputs, onFault: (fault) => faults.push(fault) });
  return faults;
}

test.each(readers)('$name: changed files are read or refused, at once and in little memory', async (reader) => {
  expect((await faultsOf(reader, INPUTS)).map(({ kind, message }) => `${kind}: ${message}`)).toEqual([]);
});

test.each(readers.filter(({ envelope }) => envelope !== undefined))(
  '$name: a file that is taken apart and made whole again is read',
  async ({ envelope, seeds, read }) => {
    for (const seed of seeds) await read(envelope!.close(envelope!.open(seed)));
  },
);

test('a reader that fails, or takes time or memory, is found', async () => {
  const failing = (read: Reader['read']): Reader => ({ name: 'failing', seeds: [Uint8Array.of(1, 2, 3)], read });
  const kept: unknown[] = [];
  const [crash] = await faultsOf(
    failing(([first]) => first !== 1 && JSON.parse('')),
    200,
  );
  expect(crash).toMatchObject({ kind: 'crash', message: expect.stringMatching(/^SyntaxError/) });
  const [memory] = await faultsOf(
    failing(() => kept.push(new Uint8Array(75 << 20))),
    0,
  );
  // Less by what was collected meanwhile.
  expect(memory).toMatchObject({ kind: 'memory', message: expect.stringMatching(/^(6[5-9]|7\d) MiB$/) });
  const [slow] = await faultsOf(
    failing(() => {
      for (const start = process.cpuUsage().user; process.cpuUsage().user - start < 1.1e6; );
    }),
    0,
  );
  expect(slow).toMatchObject({ kind: 'slow' });
});

test('the same seed makes the same files', () => {
  const { seeds } = readers.find(({ name }) => name === 'sequence')!;
  const make = () => {
    const random = new Random(3);
    return Array.from({ length: 60 }, () => mutate(seeds[0], seeds, random));
  };
  expect(make()).toEqual(make());
  expect(new Set(make().map(String)).size).toBeGreaterThan(50);
});
