// Which packages of others a bundle contains, and their licences as a text to ship with it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of the packages whose code is in a bundle, by esbuild's metafile; a package inside another counts too. */
export function packagesIn({ inputs, outputs }) {
  const used = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = used
    .filter((path) => path in inputs)
    .flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  return [...new Set(folders)].sort();
}

/** Name, version, licence and its text, one package after the other. @throws Error on a package without a text of its licence */
export function licencesOf(folders, root) {
  return folders.map((folder) => licenceOf(join(root, folder))).join('\n');
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((other) => /^(?:licen[cs]e|copying)/i.test(other));
  if (file === undefined)
    throw new Error(`${name} ${version} (${license}): expected its licence as a file, found none`);
  return `## ${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
