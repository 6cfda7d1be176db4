/** How the magnitude of a weight is written: by a whole number, its code, that grows with it. */
export type Precision = 'float32' | 'float16' | 'int8';

/** The greatest code of a finite magnitude. */
export const MAX_CODE: Record<Precision, number> = { float32: 0x7f7fffff, float16: 0x7bff, int8: 127 };

/** The magnitude of a code: IEEE 754 without the sign, or a multiple of `quantum`. */
export function magnitudeOf(code: number, precision: Precision, quantum: number): number {
  if (precision === 'int8') return code * quantum;
  if (precision === 'float32') return float32Of(code);
  precision satisfies 'float16';
  const exponent = code >> 10;
  return exponent === 0 ? code * 2 ** -24 : (1024 + (code & 1023)) * 2 ** (exponent - 25);
}

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

function float32Of(bits: number): number {
  word[0] = bits;
  return float[0];
}
