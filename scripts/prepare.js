// What npm runs after an installation in a clone, and before packing. npx runs it as well, when it first links the command
// of a clone: then what is built already serves, and the first `npx anyrate` takes no longer than the next.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
if (process.env.npm_command !== 'exec' || !existsSync(command)) execSync('npm run build', { stdio: 'inherit' });
