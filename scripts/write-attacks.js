// npm run attacks: writes the hostile files of test/attacks/forge.ts into test/attacks/files/, and attacks.json, what the
// runtime says of each.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const FOLDER = 'test/attacks';
const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external', write: false };
const { outputFiles } = await build({ entryPoints: [`${FOLDER}/forge.ts`], ...options });
const script = `${FOLDER}/forge.bundle.mjs`;
writeFileSync(script, outputFiles[0].text);
const { attacks, errors, fileOf } = await import(`../${script}`).finally(() => rmSync(script));

rmSync(`${FOLDER}/files`, { recursive: true, force: true });
mkdirSync(`${FOLDER}/files`);
for (const [name, [bytes]] of Object.entries(attacks)) writeFileSync(`${FOLDER}/files/${fileOf(name)}`, bytes());
writeFileSync(`${FOLDER}/attacks.json`, `${JSON.stringify(errors, undefined, 2)}\n`);
