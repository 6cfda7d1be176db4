/** Flags of commands that use a queue. */
import { Option } from 'commander';
import { InputError } from '../core/errors.js';
import { parsePositive } from './options.js';

const VARIABLE = 'ANYRATE_QUEUE';

export function queueOption(): Option {
  return new Option(
    '--queue <url>',
    `redis://, rediss:// (TLS) or postgres:// (default: the environment's ${VARIABLE})`,
  );
}

export function patienceOption(): Option {
  return new Option(
    '--patience <seconds>',
    'a worker that is not heard of for so long is taken for dead; the same for all (default: 30)',
  ).argParser(parsePositive('--patience'));
}

/** The URL of the flag, or else of the environment, where other users of the machine do not see its password. @throws InputError */
export function queueUrl(flag: string | undefined): string {
  const url = flag ?? process.env[VARIABLE];
  if (url !== undefined && url !== '') return url;
  throw new InputError({
    source: '--queue',
    expected: 'the URL of a queue',
    found: 'none',
    mend: `Pass --queue redis://host:6379, or set ${VARIABLE}.`,
  });
}
