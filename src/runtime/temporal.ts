// Networks over time: whoever imports this can run and train them, too; it adds their rows to the tables of the runtime.
import { layerKinds } from './network/products.js';
import { temporalKinds } from './network/temporal-layers.js';
import { TemporalNetwork } from './network/temporal-network.js';
import { channelSteps } from './skeleton/channels.js';
import { frameSteps } from './skeleton/frame-channels.js';
import { networks } from './view.js';

Object.assign(layerKinds, temporalKinds);
Object.assign(channelSteps, frameSteps);
networks.push(TemporalNetwork);
