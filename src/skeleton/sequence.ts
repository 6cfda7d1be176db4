export type { SkeletonSequence } from '../runtime/skeleton/sequence.js';
