// Networks over time: whoever imports this can run and train them, too.
import { TemporalNetwork } from './network/temporal-network.js';
import './temporal-kinds.js';
import { networks } from './view.js';

networks.push(TemporalNetwork);
