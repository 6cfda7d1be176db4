// node resident.js REQUESTS ANSWERS: runs the built command line, one command after the other, in one process. Reads requests from
// one pipe and writes answers to the other, each a line of JSON.
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { failWith } from '../../dist/cli/failure.js';
import { loadPlugins } from '../../dist/cli/plugins.js';
import { createProgram } from '../../dist/cli/program.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

const requests = openSync(process.argv[2], 'r');
const answers = openSync(process.argv[3], 'w');
for (let request = nextLine(); request !== undefined; request = nextLine()) {
  writeSync(answers, `${JSON.stringify(await answerTo(JSON.parse(request)))}\n`);
}
closeSync(answers);

async function answerTo({ cwd, args }) {
  process.chdir(cwd);
  process.argv = [process.execPath, MAIN, ...args];
  process.exitCode = undefined;
  const written = { stdout: [], stderr: [] };
  const restore = ['stdout', 'stderr'].map((name) => {
    const stream = process[name];
    const { write } = stream;
    stream.write = (chunk, encoding, done) => {
      written[name].push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      const callback = typeof encoding === 'function' ? encoding : done;
      if (callback) process.nextTick(callback);
      return true;
    };
    return () => {
      stream.write = write;
    };
  });
  try {
    await loadPlugins(args);
    await createProgram().parseAsync();
  } catch (error) {
    failWith(error);
  }
  await new Promise((resolve) => setImmediate(resolve));
  for (const back of restore) back();
  return { code: process.exitCode ?? 0, stdout: written.stdout.join(''), stderr: written.stderr.join('') };
}

/** Waits for a line; undefined when nobody is left who could write one. */
function nextLine() {
  const [parts, buffer] = [[], Buffer.alloc(1 << 16)];
  for (;;) {
    const count = readSync(requests, buffer);
    if (count === 0) return undefined;
    parts.push(Buffer.from(buffer.subarray(0, count)));
    if (buffer[count - 1] === 10) return Buffer.concat(parts).toString();
  }
}
