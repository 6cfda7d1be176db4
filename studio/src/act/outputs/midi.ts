import { type OpenOutput, OutputError } from './output.js';

/** Of the first channel of sixteen. */
const [NOTE_ON, NOTE_OFF] = [0x90, 0x80];
const VELOCITY = 100;
/** Time that a note sounds, in milliseconds. */
const LENGTH = 200;

/** Plays a note, 0 to 127, on every MIDI output there is. */
export const openOutput: OpenOutput = async (target, onLost) => {
  const note = Number(target);
  if (target.trim() === '' || !Number.isInteger(note) || note < 0 || note > 127) throw new OutputError('actNote');
  if (navigator.requestMIDIAccess === undefined) throw new OutputError('actUnknown');
  const access = await navigator.requestMIDIAccess();
  const outputs = () => [...access.outputs.values()].filter(({ state }) => state === 'connected');
  if (outputs().length === 0) throw new OutputError('actNoDevice');
  const watch = () => outputs().length === 0 && onLost();
  access.addEventListener('statechange', watch);
  return {
    send() {
      for (const output of outputs()) {
        output.send([NOTE_ON, note, VELOCITY]);
        output.send([NOTE_OFF, note, 0], performance.now() + LENGTH);
      }
    },
    close: () => access.removeEventListener('statechange', watch),
  };
};
