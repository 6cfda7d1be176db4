// npm run attacks: writes the hostile files of test/attacks/forge.ts into test/attacks/files/, and attacks.json, what the
// runtime says of each.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const FOLDER = 'test/attacks';
const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external', write: false };
const { outputFiles } = await build({ entryPoints: [`${FOLDER}/forge.ts`], ...options });
const script = `${FOLDER}/forge.bundle.mjs`;
writeFileSync(script, outputFiles[0].text);
const { attacks } = await import(`../${script}`).finally(() => rmSync(script));

rmSync(`${FOLDER}/files`, { recursive: true, force: true });
mkdirSync(`${FOLDER}/files`);
const errors = {};
for (const [name, [bytes, error]] of Object.entries(attacks)) {
  const file = `${name.replaceAll(' ', '-')}.anyrate`;
  writeFileSync(`${FOLDER}/files/${file}`, bytes());
  errors[file] = error;
}
writeFileSync(`${FOLDER}/attacks.json`, `${JSON.stringify(errors, undefined, 2)}\n`);
