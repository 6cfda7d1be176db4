import { behaves } from './support/queue-behaviour.js';
import { startRedis } from './support/servers.js';
import { describeWith } from './support/tools.js';

describeWith('redis-server', 'a queue in Redis', () => behaves(startRedis));
