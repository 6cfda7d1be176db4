import type { TextKey } from '../texts/texts.js';
import type { Moment, OutputKind } from './action.js';

export const OUTPUT_NAMES: Readonly<Record<OutputKind, TextKey>> = {
  keyboard: 'actKeyboard',
  channel: 'actChannel',
  midi: 'actMidi',
  serial: 'actSerial',
  bluetooth: 'actBluetooth',
  webhook: 'actWebhook',
};

/** What each output goes to, where a person has a say. */
export const TARGET_NAMES: Readonly<Partial<Record<OutputKind, TextKey>>> = {
  keyboard: 'actKeyboardTarget',
  channel: 'actChannelTarget',
  midi: 'actMidiTarget',
  serial: 'actSerialTarget',
  webhook: 'actWebhookTarget',
};

export const HINTS: Readonly<Record<OutputKind, TextKey>> = {
  keyboard: 'actKeyboardHint',
  channel: 'actChannelHint',
  midi: 'actMidiHint',
  serial: 'actSerialHint',
  bluetooth: 'actBluetoothHint',
  webhook: 'actWebhookHint',
};

export const MOMENT_NAMES: Readonly<Record<Moment, TextKey>> = {
  start: 'actStart',
  end: 'actEnd',
  repetition: 'actRepetition',
};
