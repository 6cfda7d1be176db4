import { lineOf } from '../action.js';
import { type OpenOutput, OutputError } from './output.js';

/** The serial line over Bluetooth of Nordic Semiconductor, which many boards and their libraries speak; what they receive. */
const SERVICE = '6e400001-b5a3-f393-e0a9-e50e24dcca9e';
const RECEIVER = '6e400002-b5a3-f393-e0a9-e50e24dcca9e';
/** Bytes that go at once to any device. */
const PART = 20;

/** What is used of Web Bluetooth. */
interface Device extends EventTarget {
  readonly gatt: {
    connect(): Promise<{ getPrimaryService(service: string): Promise<Service> }>;
    disconnect(): void;
  };
}
interface Service {
  getCharacteristic(name: string): Promise<{ writeValue(bytes: Uint8Array): Promise<void> }>;
}
interface Bluetooth {
  requestDevice(options: object): Promise<Device>;
}

/** Writes a line to a device over Bluetooth LE, which the person chooses. */
export const openOutput: OpenOutput = async (_, onLost) => {
  const { bluetooth } = navigator as unknown as { bluetooth?: Bluetooth };
  if (bluetooth === undefined) throw new OutputError('actUnknown');
  const device = await bluetooth.requestDevice({ filters: [{ services: [SERVICE] }] });
  const server = await device.gatt.connect();
  const receiver = await (await server.getPrimaryService(SERVICE)).getCharacteristic(RECEIVER);
  device.addEventListener('gattserverdisconnected', onLost);
  let last: Promise<void> = Promise.resolve();
  const write = async (line: string) => {
    const bytes = new TextEncoder().encode(`${line}\n`);
    for (let at = 0; at < bytes.length; at += PART) await receiver.writeValue(bytes.slice(at, at + PART));
  };
  return {
    send(happening) {
      last = last.catch(() => {}).then(() => write(lineOf(happening)));
      return last;
    },
    close() {
      device.removeEventListener('gattserverdisconnected', onLost);
      device.gatt.disconnect();
    },
  };
};
