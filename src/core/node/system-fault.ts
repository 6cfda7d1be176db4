import { getSystemErrorMap } from 'node:util';

/** Why the system refused: `no space left on device (ENOSPC)`. */
export function systemFault(error: unknown): string {
  const { code = 'an error', errno = 0 } = error as NodeJS.ErrnoException;
  const known = getSystemErrorMap().get(errno);
  return known === undefined ? code : `${known[1]} (${code})`;
}
