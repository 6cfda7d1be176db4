import { lineOf } from '../action.js';
import { type OpenOutput, OutputError } from './output.js';

/** What is used of Web Serial. */
interface SerialPort extends EventTarget {
  readonly writable: WritableStream<Uint8Array>;
  open(options: { readonly baudRate: number }): Promise<void>;
  close(): Promise<void>;
}

/** Writes a line to a serial port, which the person chooses, at so many baud. */
export const openOutput: OpenOutput = async (target, onLost) => {
  const baudRate = Number(target);
  if (!Number.isInteger(baudRate) || baudRate < 1) throw new OutputError('actBaud');
  const { serial } = navigator as unknown as { serial?: { requestPort(): Promise<SerialPort> } };
  if (serial === undefined) throw new OutputError('actUnknown');
  const port = await serial.requestPort();
  await port.open({ baudRate });
  port.addEventListener('disconnect', onLost);
  const writer = port.writable.getWriter();
  return {
    send: (happening) => writer.write(new TextEncoder().encode(`${lineOf(happening)}\n`)),
    close() {
      port.removeEventListener('disconnect', onLost);
      writer.releaseLock();
      port.close().catch(() => {}); // it may be unplugged already
    },
  };
};
