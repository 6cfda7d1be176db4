#!/usr/bin/env node
import { failWith } from './failure.js';
import { loadPlugins } from './plugins.js';
import { createProgram } from './program.js';

for (const stream of [process.stdout, process.stderr]) stream.on('error', outliveReader);

loadPlugins(process.argv.slice(2))
  .then(() => createProgram().parseAsync())
  .catch(failWith);

/** A reader that has seen enough, such as `head`, does not end the work. */
function outliveReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
