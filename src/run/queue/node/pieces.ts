/** Checkpoints in the database of a queue: in pieces, so that no single value is large. */
import { createHash, randomBytes } from 'node:crypto';

/** Named bytes. What is read is whole, or there is nothing. */
export interface Pieces {
  put(name: string, bytes: Uint8Array): Promise<void>;
  get(name: string): Promise<Uint8Array | undefined>;
  drop(name: string): Promise<void>;
}

/** Of one piece, in bytes. */
export const PIECE = 2 ** 18;
/** Of all pieces of a name: a checkpoint of the largest network here has some 10 MB. */
const MOST_PIECES = 2 ** 10;
/** Seconds until what nobody asks for goes by itself. */
export const LIFETIME = 7 * 24 * 3600;

/** Which pieces belong together, and what they give. */
export interface Head {
  readonly generation: string;
  readonly count: number;
  readonly sha256: string;
}

export function cutToPieces(bytes: Uint8Array): { readonly head: Head; readonly pieces: readonly Uint8Array[] } {
  const count = Math.max(1, Math.ceil(bytes.length / PIECE));
  if (count > MOST_PIECES) throw new RangeError(`a checkpoint of ${bytes.length} bytes is too large for a queue`);
  const pieces = Array.from({ length: count }, (_, i) => bytes.subarray(i * PIECE, (i + 1) * PIECE));
  return { head: { generation: randomBytes(8).toString('hex'), count, sha256: digest(pieces) }, pieces };
}

/** The bytes of all pieces; nothing if one is missing or another's. */
export function joinPieces({ count, sha256 }: Head, pieces: readonly (Uint8Array | null)[]): Uint8Array | undefined {
  const whole = pieces.filter((piece) => piece !== null);
  if (whole.length !== count || digest(whole) !== sha256) return undefined;
  return new Uint8Array(Buffer.concat(whole));
}

/** Nothing where it is no head. */
export function parseHead(text: string | null): Head | undefined {
  const found = /^([0-9a-f]{16}) ([1-9]\d{0,3}) ([0-9a-f]{64})$/.exec(text ?? '');
  if (found === null || Number(found[2]) > MOST_PIECES) return undefined;
  return { generation: found[1], count: Number(found[2]), sha256: found[3] };
}

export function formatHead({ generation, count, sha256 }: Head): string {
  return `${generation} ${count} ${sha256}`;
}

function digest(pieces: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}
