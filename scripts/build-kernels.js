// Compiles assembly/ with AssemblyScript, for plain and for shared memory, deterministic and with relaxed SIMD, and embeds the binaries in
// src/kernels/wasm/binaries.ts, so that Node and a browser load them alike.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const MOST_PAGES = 65536;
const COMMON = [
  'assembly/index.ts',
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

async function compile(flags, folder) {
  const outFile = join(folder, 'kernels.wasm');
  const { error, stderr } = await asc.main([...COMMON, ...flags, '--outFile', outFile]);
  if (error) throw new Error(`AssemblyScript: ${error.message}\n${stderr.toString()}`);
  return readFileSync(outFile).toString('base64');
}

const folder = mkdtempSync(join(tmpdir(), 'anyrate-kernels-'));
try {
  const lines = ['/** Made by scripts/build-kernels.js from assembly/: WebAssembly modules in base64. */'];
  for (const [name, flags] of Object.entries(VARIANTS)) {
    lines.push(`export const ${name}: string =\n  '${await compile(flags, folder)}';`);
  }
  writeFileSync('src/kernels/wasm/binaries.ts', `${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
