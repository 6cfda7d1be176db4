export type { SkeletonSequence } from '../runtime/sequence.js';
