// Compiles assembly/ with AssemblyScript, for plain and for shared memory, deterministic and with relaxed SIMD, and embeds the binaries in
// src/kernels/wasm/binaries.ts, so that Node and a browser load them alike; those for plain memory alone beside who uses them.
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
const MODES = { deterministic: [], fast: RELAXED };
/** Modules for plain memory alone, and where they are embedded: what answers need, and what the runtime compiles for itself. */
const PLAIN = {
  'assembly/forward.ts': 'src/kernels/wasm/forward-kernel.ts',
  'assembly/frames.ts': 'src/runtime/network/frame-kernel.ts',
  'assembly/windows/index.ts': 'src/runtime/window/window-kernel.ts',
};
/** How many bytes the two modules of a mode may differ by, at most: the import of the memory. */
const MOST_OTHERS = 32;

async function compile(entry, flags, folder) {
  const outFile = join(folder, 'kernels.wasm');
  const { error, stderr } = await asc.main([entry, ...COMMON, ...flags, '--outFile', outFile]);
  if (error) throw new Error(`AssemblyScript: ${error.message}\n${stderr.toString()}`);
  return readFileSync(outFile);
}

/** The module for plain memory, and which of its bytes are others for shared memory: those that import the memory. */
async function compileMode(flags, folder) {
  const plain = await compile('assembly/index.ts', flags, folder);
  const shared = await compile('assembly/index.ts', [...flags, ...SHARED], folder);
  const from = plain.findIndex((byte, i) => byte !== shared[i]);
  let same = 0;
  while (plain.at(-1 - same) === shared.at(-1 - same)) same++;
  const bytes = [...shared.subarray(from, shared.length - same)];
  if (bytes.length > MOST_OTHERS)
    throw new Error(`modules for plain and shared memory differ by ${bytes.length} bytes`);
  return { base64: plain.toString('base64'), shared: { from, to: plain.length - same, bytes } };
}

const folder = mkdtempSync(join(tmpdir(), 'anyrate-kernels-'));
try {
  const lines = [
    "import type { Binary } from './binary.js';\n",
    '/** Made by scripts/build-kernels.js from assembly/: WebAssembly modules. */',
  ];
  for (const [name, flags] of Object.entries(MODES)) {
    lines.push(`export const ${name}: Binary = ${JSON.stringify(await compileMode(flags, folder))};`);
  }
  writeFileSync('src/kernels/wasm/binaries.ts', `${lines.join('\n')}\n`);
  for (const [entry, path] of Object.entries(PLAIN)) {
    const base64 = (await compile(entry, [], folder)).toString('base64');
    const text = `/** Made by scripts/build-kernels.js from ${entry}: a WebAssembly module in base64. */`;
    writeFileSync(path, `${text}\nexport const kernel: string =\n  '${base64}';\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
