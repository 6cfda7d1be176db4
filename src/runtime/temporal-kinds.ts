// Layers and channels over time, added to the tables of the runtime: what plans and trains such networks.
import { layerKinds } from './network/products.js';
import { temporalKinds } from './network/temporal-layers.js';
import { channelSteps } from './skeleton/channels.js';
import { frameSteps } from './skeleton/frame-channels.js';

Object.assign(layerKinds, temporalKinds);
Object.assign(channelSteps, frameSteps);
