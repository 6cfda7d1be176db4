// Embeds what exported programs are made of, so that exporting needs neither files nor a compiler:
// src/export/c/parts/ as src/export/c/parts.ts.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PARTS = 'src/export/c/parts';

const texts = readdirSync(PARTS).map((name) => [name, readFileSync(join(PARTS, name), 'utf8')]);
const lines = texts.map(([name, text]) => `  ${JSON.stringify(name)}:\n    ${JSON.stringify(text)},`);
writeFileSync(
  `${PARTS}.ts`,
  `/** Made by scripts/build-exports.js from parts/. */\nexport const parts = {\n${lines.join('\n')}\n} as const;\n
export type PartName = keyof typeof parts;\n`,
);
