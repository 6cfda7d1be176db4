import { InputError } from '../../core/errors.js';
import { MAX_CODE, magnitudeOf } from '../../runtime/file/precision.js';
import type { Dtype, RawTensor } from './safetensors.js';

/** Reads number i of a tensor; NaN for what is not finite in float16. */
type Reader = (view: DataView, i: number) => number;

const READERS: Partial<Record<Dtype, Reader>> = {
  F64: (view, i) => view.getFloat64(i * 8, true),
  F32: (view, i) => view.getFloat32(i * 4, true),
  F16: (view, i) => signedFloat16(view.getUint16(i * 2, true)),
  BF16: (view, i) => magnitudeOf(view.getUint16(i * 2, true) << 16, 'float32', 1),
};

/** The numbers of a tensor as float32. @throws InputError on another type, and on numbers that are not finite in float32 */
export function tensorNumbers({ dtype, shape, bytes }: RawTensor, name: string, source: string): Float32Array {
  const place = `tensor "${name}"`;
  const reader = READERS[dtype];
  if (reader === undefined) {
    const expected = `a dtype of ${Object.keys(READERS).join(', ')}`;
    throw new InputError({ source, place, expected, found: dtype, mend: 'Convert it: tensor.float() in PyTorch.' });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = shape.reduce((product, size) => product * size, 1);
  const values = Float32Array.from({ length }, (_, i) => reader(view, i));
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return values;
  throw new InputError({
    source,
    place: `${place}, number ${bad}`,
    expected: 'a finite number in float32',
    found: String(reader(view, bad)),
    mend: 'Save a state from before the training diverged.',
  });
}

function signedFloat16(code: number): number {
  const magnitude = code & 0x7fff;
  if (magnitude > MAX_CODE.float16) return Number.NaN;
  return (code & 0x8000 ? -1 : 1) * magnitudeOf(magnitude, 'float16', 1);
}
