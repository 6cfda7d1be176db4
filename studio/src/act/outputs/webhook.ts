import { allowedOrigins, isAllowed } from '../policy.js';
import { type OpenOutput, OutputError } from './output.js';

/** Time that an answer may take, in milliseconds. */
const PATIENCE = 5000;

/** Posts to a program on this computer, at a port that whoever started the studio allowed. */
export const openOutput: OpenOutput = (target) => {
  if (!isAllowed(target, allowedOrigins(document))) throw new OutputError('actPort');
  return {
    async send(happening) {
      const response = await post(target, JSON.stringify(happening));
      if (!response.ok) throw new OutputError('actAnswer');
    },
    close() {},
  };
};

async function post(url: string, body: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new OutputError('actAnswer');
  }
}
