import { setFlagsFromString } from 'node:v8';
import { InputError } from '../../core/errors.js';
import { supportsFast } from '../wasm/wasm.js';

/** Makes relaxed SIMD available, by V8's flag where it needs one. @throws InputError where there is none */
export function enableFast(): void {
  if (!supportsFast()) setFlagsFromString('--experimental-wasm-relaxed-simd');
  if (supportsFast()) return;
  throw new InputError({
    source: 'fast arithmetic',
    expected: 'an engine with WebAssembly relaxed SIMD (Node 20 or newer)',
    found: `Node ${process.versions.node}, V8 ${process.versions.v8}`,
    mend: 'Leave out --fast, or update Node.',
  });
}
