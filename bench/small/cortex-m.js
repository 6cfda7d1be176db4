// Builds an exported C program for a Cortex-M and runs it under qemu-system-arm, which counts instructions.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Processors: what they are compiled for, the board that has one, and its memory. */
export const targets = {
  'Cortex-M0': { flags: ['-mcpu=cortex-m0', '-mthumb'], board: 'mps2-an385', ram: '4M' },
  /** A board of 16 kB, which the timer's clock is another of: no instructions are counted. */
  'micro:bit': { flags: ['-mcpu=cortex-m0', '-mthumb'], board: 'microbit', ram: '16K' },
  'Cortex-M4F': {
    flags: ['-mcpu=cortex-m4', '-mthumb', '-mfloat-abi=hard', '-mfpu=fpv4-sp-d16'],
    board: 'mps2-an386',
    ram: '4M',
  },
};

/** The driver's loops call nothing of the C library, so that what is linked of that is the program's. */
const DRIVER_FLAGS = ['-fno-tree-loop-distribute-patterns'];
const C_FLAGS = ['-std=c99', '-Os', '-ffunction-sections', '-fdata-sections', '-Wall', '-Wextra', '-Werror'];

/**
 * Runs a program, its two files, on bytes of input with `driver` (predict or stream).
 * @param {readonly Uint8Array[]} files source and header
 * @param {keyof typeof targets} target
 * @param {'predict' | 'stream'} driver
 * @param {Uint8Array} input
 * @param {readonly string[]} defines
 *
 * Answers its output, and the bytes of flash and static memory that the program takes by itself.
 */
export function runOnCortex([source, header], target, driver, input, defines = []) {
  const { flags, board, ram } = targets[target];
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-cortex-'));
  const run = (tool, ...args) => execFileSync(tool, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  try {
    cpSync(here, folder, { recursive: true });
    writeFileSync(join(folder, 'net.c'), source);
    writeFileSync(join(folder, 'net.h'), header);
    writeFileSync(join(folder, 'input'), input);
    const compile = (...rest) => run('arm-none-eabi-gcc', ...flags, ...C_FLAGS, ...defines, ...rest);
    compile('-c', 'net.c');
    compile(...DRIVER_FLAGS, '-c', 'start.c', `${driver}.c`);
    const linked = [
      '-nostartfiles',
      '--specs=nosys.specs',
      '-Wl,--gc-sections',
      '-Tlink.ld',
      `-Wl,--defsym=RAM=${ram}`,
    ];
    compile('start.o', `${driver}.o`, 'net.o', ...linked, '-lm', '-Wl,-Map=map', '-o', 'program');
    const semihosting = ['-semihosting-config', 'enable=on,target=native'];
    const quiet = ['-display', 'none', '-monitor', 'none', '-serial', 'none'];
    run(
      'timeout',
      '300',
      'qemu-system-arm',
      '-M',
      board,
      ...quiet,
      ...semihosting,
      '-icount',
      'shift=0',
      '-kernel',
      'program',
    );
    return { output: readFileSync(join(folder, 'output')), ...sizesOf(readFileSync(join(folder, 'map'), 'utf8')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Bytes of flash and of static memory that a program and the library functions it calls take, and its own memory alone. */
export function sizesOf(map) {
  const sizes = { flash: 0, memory: 0, ownMemory: 0 };
  const placed = map.slice(map.indexOf('Linker script and memory map'));
  for (const [, section, address, size, file] of placed.matchAll(
    /^ (\.[\w.]+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S+)$/gm,
  )) {
    if (Number.parseInt(address, 16) === 0 && section !== '.text') continue;
    if (!/net\.o$|\.a\(/.test(file)) continue;
    const bytes = Number.parseInt(size, 16);
    if (/^\.(bss|data)/.test(section)) sizes.memory += bytes;
    if (/^\.(bss|data)/.test(section) && file.endsWith('net.o')) sizes.ownMemory += bytes;
    if (/^\.(text|rodata|data)/.test(section)) sizes.flash += bytes;
  }
  return sizes;
}
