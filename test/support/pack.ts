import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));

/** The packages of the repository, by folder. */
export const FOLDERS = ['.', 'data', 'packages/runtime', 'studio'];

/** A folder of its own outside the repository, into which its packages are packed and installed. */
export function elsewhere() {
  const folder = mkdtempSync(join(tmpdir(), 'anyrate-package-'));
  const packed = new Map<string, string>();

  /** Packs a package of the repository, once; returns where. */
  const pack = (which: string): string => {
    const known = packed.get(which);
    if (known !== undefined) return known;
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(execFileSync('npm', args, { cwd: join(PACKAGE, which), encoding: 'utf8' }));
    packed.set(which, join(folder, filename));
    return join(folder, filename);
  };

  /** Packs a package and unpacks it as another project would have it installed. */
  const install = (which: string, name: string): void => {
    const target = join(folder, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    execFileSync('tar', ['xzf', pack(which), '-C', target, '--strip-components=1']);
  };

  /** Installs `anyrate` with what it depends on, and Node's types. */
  const installAnyrate = (): void => {
    install('.', 'anyrate');
    const { dependencies } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
    for (const name of [...Object.keys(dependencies), '@types/node']) {
      const link = join(folder, 'node_modules', name);
      mkdirSync(join(link, '..'), { recursive: true });
      symlinkSync(join(PACKAGE, 'node_modules', name), link);
    }
  };

  const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { folder, pack, install, installAnyrate, run };
}
