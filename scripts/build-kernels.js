// Compiles assembly/ with AssemblyScript, for plain and for shared memory, deterministic and with relaxed SIMD, and embeds the binaries in
// src/kernels/wasm/binaries.ts, so that Node and a browser load them alike; the runtime's own in src/runtime/network/frame-kernel.ts.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const MOST_PAGES = 65536;
const COMMON = [
  ...['--runtime', 'stub', '--noAssert', '-O3', '--converge', '--importMemory', '--memoryBase', '1024'],
  ...['--enable', 'simd', '--enable', 'bulk-memory'],
];
const SHARED = ['--enable', 'threads', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', String(MOST_PAGES)];
const RELAXED = ['--enable', 'relaxed-simd', '--use', 'RELAXED=1'];
const VARIANTS = {
  plain: [],
  shared: SHARED,
  relaxedPlain: RELAXED,
  relaxedShared: [...RELAXED, ...SHARED],
};

async function compile(entry, flags, folder) {
  const outFile = join(folder, 'kernels.wasm');
  const { error, stderr } = await asc.main([entry, ...COMMON, ...flags, '--outFile', outFile]);
  if (error) throw new Error(`AssemblyScript: ${error.message}\n${stderr.toString()}`);
  return readFileSync(outFile).toString('base64');
}

const folder = mkdtempSync(join(tmpdir(), 'anyrate-kernels-'));
try {
  const lines = ['/** Made by scripts/build-kernels.js from assembly/: WebAssembly modules in base64. */'];
  for (const [name, flags] of Object.entries(VARIANTS)) {
    lines.push(`export const ${name}: string =\n  '${await compile('assembly/index.ts', flags, folder)}';`);
  }
  writeFileSync('src/kernels/wasm/binaries.ts', `${lines.join('\n')}\n`);
  const frames = await compile('assembly/frames.ts', [], folder);
  const text = `/** Made by scripts/build-kernels.js from assembly/frames.ts: a WebAssembly module in base64. */`;
  writeFileSync('src/runtime/network/frame-kernel.ts', `${text}\nexport const kernel: string =\n  '${frames}';\n`);
} finally {
  rmSync(folder, { recursive: true });
}
