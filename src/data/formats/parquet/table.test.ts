import { afterEach, expect, test, vi } from 'vitest';
import { memoryFile } from '../format.js';
import { readRecordings } from '../open.js';

afterEach(() => vi.doUnmock('hyparquet'));

test('without hyparquet, parquet is refused by how to install it', async () => {
  vi.doMock('hyparquet', () => {
    throw new Error('Cannot find package');
  });
  const recordings = readRecordings(memoryFile('a.parquet', 'PAR1 and more PAR1'));
  await expect(recordings.next()).rejects.toThrow(
    'a.parquet: expected the package hyparquet, which reads parquet, found that it is not installed. Install it: npm install hyparquet',
  );
});
