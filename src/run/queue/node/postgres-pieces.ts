import type { Pool } from 'pg';
import { PREFIX } from './names.js';
import { cutToPieces, formatHead, joinPieces, LIFETIME, type Pieces, parseHead } from './pieces.js';

/** Each piece a row of one table; a write is a transaction. */
export class PostgresPieces implements Pieces {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** Makes the table, and takes away what nobody asked for. */
  async prepare(): Promise<void> {
    await this.pool.query(
      `CREATE TABLE IF NOT EXISTS ${PREFIX}.pieces (name text, i int, head text NOT NULL, bytes bytea NOT NULL,
       made timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (name, i))`,
    );
    await this.pool.query(`DELETE FROM ${PREFIX}.pieces WHERE made < now() - interval '${LIFETIME} seconds'`);
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const { head, pieces } = cutToPieces(bytes);
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`DELETE FROM ${PREFIX}.pieces WHERE name = $1`, [name]);
      for (const [i, piece] of pieces.entries()) {
        const row = [name, i, formatHead(head), Buffer.from(piece)];
        await client.query(`INSERT INTO ${PREFIX}.pieces (name, i, head, bytes) VALUES ($1, $2, $3, $4)`, row);
      }
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    const { rows } = await this.pool.query(`SELECT head, bytes FROM ${PREFIX}.pieces WHERE name = $1 ORDER BY i`, [
      name,
    ]);
    const head = parseHead(rows[0]?.head ?? null);
    return (
      head &&
      joinPieces(
        head,
        rows.map(({ bytes }) => bytes),
      )
    );
  }

  async drop(name: string): Promise<void> {
    await this.pool.query(`DELETE FROM ${PREFIX}.pieces WHERE name = $1`, [name]);
  }
}
