import type { Heap, Pointer } from '../../kernels/contract.js';
import { RATE_SETTINGS, type RateSlot, STEP_SETTINGS, type StepPlan } from './plan.js';

/** Numbers of one step that all threads read. */
export type StepSettings = Record<(typeof STEP_SETTINGS)[number], number>;

/** One rate's numbers of one step. */
export interface RateSettings extends Record<(typeof RATE_SETTINGS)[number], number> {
  /** s of W = s ŵ ψ, gain included, one a weight tensor. */
  readonly scales: ArrayLike<number>;
}

export function doublesAt(heap: Heap, pointer: Pointer, count: number): Float64Array {
  return new Float64Array(heap.buffer, pointer, count);
}

export function writeStepSettings(heap: Heap, plan: StepPlan, settings: StepSettings): void {
  doublesAt(heap, plan.settings, STEP_SETTINGS.length).set(STEP_SETTINGS.map((key) => settings[key]));
}

/** The step's numbers, each read from the heap when it is asked for. */
export function stepSettingsIn(heap: Heap, plan: StepPlan): Readonly<StepSettings> {
  return keysIn(STEP_SETTINGS, doublesAt(heap, plan.settings, STEP_SETTINGS.length));
}

export function writeRateSettings(heap: Heap, slot: RateSlot, settings: RateSettings): void {
  const numbers = [...RATE_SETTINGS.map((key) => settings[key]), ...Array.from(settings.scales)];
  doublesAt(heap, slot.settings, numbers.length).set(numbers);
}

/** One rate's numbers, each read from the heap when it is asked for. */
export function rateSettingsIn(heap: Heap, slot: RateSlot): Readonly<RateSettings> {
  const numbers = doublesAt(heap, slot.settings, RATE_SETTINGS.length + slot.weights.length);
  return Object.assign(keysIn(RATE_SETTINGS, numbers), { scales: numbers.subarray(RATE_SETTINGS.length) });
}

function keysIn<Key extends string>(keys: readonly Key[], numbers: Float64Array): Readonly<Record<Key, number>> {
  const settings = {} as Record<Key, number>;
  for (const [i, key] of keys.entries()) Object.defineProperty(settings, key, { get: () => numbers[i] });
  return settings;
}
