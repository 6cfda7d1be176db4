// Functions of which engines have different bits: those of the runtime, to the bit.

/** e^x of x <= 0, as in src/runtime/view.ts. */
export function exp(x: f64): f64 {
  const k = Math.round(x / Math.LN2);
  let sum: f64 = 1, scale: f64 = 1;
  for (let i = 14; i > 0; --i) {
    scale *= <f64>i;
    sum = sum * (x - k * Math.LN2) + scale;
  }
  const power = (sum / scale) * powerOfTwo(k);
  return isNaN(power) ? 0 : power;
}

/** Of a whole number from 0 down. */
function powerOfTwo(k: f64): f64 {
  if (k >= -1022) return reinterpret<f64>((<i64>k + 1023) << 52);
  return k >= -1074 ? reinterpret<f64>((<i64>1) << (<i64>k + 1074)) : 0;
}

/** Of a share, as in src/runtime/stream/rejection.ts. */
export function log(share: f64): f64 {
  let root = share + 1e-30;
  for (let i = 0; i < 20; ++i) root = sqrt(root);
  return ((root - 1) / sqrt(root)) * 1048576;
}
