import type { Redis } from 'ioredis';
import { PREFIX } from './names.js';
import { cutToPieces, formatHead, type Head, joinPieces, LIFETIME, type Pieces, parseHead } from './pieces.js';

/** Each piece a key that expires; the head is written last, so that a reader sees the old bytes or the new. */
export class RedisPieces implements Pieces {
  private readonly client: Redis;

  constructor(client: Redis) {
    this.client = client;
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const { head, pieces } = cutToPieces(bytes);
    for (const [i, piece] of pieces.entries()) {
      await this.client.set(pieceKey(name, head, i), Buffer.from(piece), 'EX', LIFETIME);
    }
    const before = await this.client.set(headKey(name), formatHead(head), 'EX', LIFETIME, 'GET');
    await this.forget(name, parseHead(before));
  }

  async get(name: string, tries = 3): Promise<Uint8Array | undefined> {
    const head = parseHead(await this.client.get(headKey(name)));
    if (head === undefined || tries === 0) return undefined;
    const pieces: (Uint8Array | null)[] = [];
    for (let i = 0; i < head.count; i++) pieces.push(await this.client.getBuffer(pieceKey(name, head, i)));
    return joinPieces(head, pieces) ?? this.get(name, tries - 1); // another may have been put meanwhile
  }

  async drop(name: string): Promise<void> {
    await this.forget(name, parseHead(await this.client.getdel(headKey(name))));
  }

  private async forget(name: string, head: Head | undefined): Promise<void> {
    if (head === undefined) return;
    await this.client.unlink(Array.from({ length: head.count }, (_, i) => pieceKey(name, head, i)));
  }
}

function headKey(name: string): string {
  return `${PREFIX}:checkpoint:${name}`;
}

function pieceKey(name: string, { generation }: Head, i: number): string {
  return `${headKey(name)}:${generation}:${i}`;
}
