// npm run example: serves this page, the runtime, the model (by ranges) and recordings of the data set irds.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { loadDataset } from 'anyrate/node';
import sirv from 'sirv';

const PAGE = '/examples/3-page/';
/** Recordings of each class. */
const TAKES = 3;

/** @param port 0 takes a free one. Rejects where it is taken, or no port. */
async function serve(port) {
  const files = sirv(fileURLToPath(new URL('../..', import.meta.url)), { dev: true });
  const recordings = JSON.stringify(chooseRecordings(await loadDataset('irds')));
  const server = createServer((request, response) => {
    if (request.url === `${PAGE}recordings.json`)
      response.setHeader('Content-Type', 'application/json').end(recordings);
    else if (request.url === '/') response.writeHead(302, { Location: PAGE }).end();
    else files(request, response);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, 'localhost', resolve));
  return server;
}

/** The first test recordings of each class, one a subject. */
function chooseRecordings({ samples, splits, classes }) {
  const test = splits[0].test.map((index) => samples[index]);
  return classes.flatMap((_, label) => {
    const bySubject = new Map(
      test
        .filter((sample) => sample.label === label)
        .map((sample) => [sample.subject, sample])
        .reverse(),
    );
    return [...bySubject.values()].reverse().slice(0, TAKES).map(compact);
  });
}

/** Coordinates to the millimetre. */
function compact({ label, subject, frames, persons, joints, positions }) {
  const rounded = Array.from(positions, (value) => Math.round(value * 1000) / 1000);
  return { label, subject, frames, persons, joints, positions: rounded };
}

const wanted = process.env.PORT ?? 8080;
try {
  const { port } = (await serve(Number(wanted))).address();
  console.log(`http://localhost:${port}${PAGE}`);
} catch (error) {
  if (error.code === undefined) throw error;
  console.error(`Port ${wanted} cannot be used (${error.code}). Give another: PORT=8081 npm run example`);
  process.exit(2);
}
