/**
 * Networks over time for the runtime: import it beside anyrate/runtime, and files of such networks can be loaded.
 * @module anyrate/temporal
 */
import { layerKinds } from './network/products.js';
import { temporalKinds } from './network/temporal-layers.js';
import { TemporalNetwork } from './network/temporal-network.js';
import { channelSteps } from './skeleton/channels.js';
import { frameSteps } from './skeleton/frame-channels.js';
import { networks } from './view.js';

Object.assign(layerKinds, temporalKinds);
Object.assign(channelSteps, frameSteps);
networks.push(TemporalNetwork);
