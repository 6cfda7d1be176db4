import { behaves } from './support/queue-behaviour.js';
import { startPostgres } from './support/servers.js';
import { describeWith } from './support/tools.js';

describeWith('PostgreSQL', 'a queue in PostgreSQL', () => behaves(startPostgres));
