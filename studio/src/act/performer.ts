// Does what the actions say, with outputs that are opened when they are needed and closed when they are not. No DOM.
import { type Signal, signal } from '@preact/signals';
import { type Action, type Happening, isMeant, type OutputKind } from './action.js';
import { type OpenOutput, type Output, OutputError } from './outputs/output.js';

/** Loads the code of an output: nobody's first page holds it. */
export type LoadOutput = (kind: OutputKind) => Promise<{ readonly openOutput: OpenOutput }>;

const loadOutput: LoadOutput = (kind) => LOADERS[kind]();

const LOADERS: Readonly<Record<OutputKind, () => ReturnType<LoadOutput>>> = {
  keyboard: () => import('./outputs/keyboard.js'),
  channel: () => import('./outputs/channel.js'),
  midi: () => import('./outputs/midi.js'),
  serial: () => import('./outputs/serial.js'),
  bluetooth: () => import('./outputs/bluetooth.js'),
  webhook: () => import('./outputs/webhook.js'),
};

/** Outputs that are connected by a person, who says which device. */
export const DEVICES: readonly OutputKind[] = ['midi', 'serial', 'bluetooth'];

interface Opened {
  readonly target: string;
  readonly output: Promise<Output>;
}

/** Whoever is told of faults: an error, and whose it is. */
export type TellFault = (action: Action, error: Error) => void;

/** The outputs of a studio. */
export class Performer {
  /** Ids of actions whose output is open. */
  readonly open: Signal<ReadonlySet<string>> = signal(new Set());
  private readonly load: LoadOutput;
  private readonly tellFault: TellFault;
  private readonly opened = new Map<string, Opened>();

  constructor(tellFault: TellFault, load: LoadOutput = loadOutput) {
    this.tellFault = tellFault;
    this.load = load;
  }

  /** Opens an action's output, as a person wants it. @returns whether it is open; a fault is told */
  async connect(action: Action): Promise<boolean> {
    const { id, target } = action;
    this.disconnect(id);
    const opened = { target, output: this.openOutput(action) };
    this.opened.set(id, opened);
    try {
      await opened.output;
      this.open.value = new Set([...this.open.value, id]);
      return true;
    } catch (error) {
      if (this.opened.get(id) === opened) this.opened.delete(id);
      this.tellFault(action, error as Error);
      return false;
    }
  }

  disconnect(id: string): void {
    const { output } = this.opened.get(id) ?? {};
    this.opened.delete(id);
    this.open.value = new Set([...this.open.value].filter((other) => other !== id));
    output?.then((opened) => opened.close()).catch(() => {}); // it was never open, or is gone
  }

  /** Does all that is meant by what happened; devices that nobody connected are left alone. */
  async perform(actions: readonly Action[], happening: Happening): Promise<void> {
    await Promise.all(actions.filter((action) => isMeant(action, happening)).map((one) => this.send(one, happening)));
  }

  /** Does one action. */
  async send(action: Action, happening: Happening): Promise<void> {
    const isOpened = this.opened.get(action.id)?.target === action.target;
    if (!isOpened && (DEVICES.includes(action.output) || !(await this.connect(action)))) return;
    try {
      const output = await this.opened.get(action.id)?.output;
      await output?.send(happening);
    } catch (error) {
      this.tellFault(action, error as Error);
    }
  }

  /** Closes what no action needs any more. */
  keep(actions: readonly Action[]): void {
    for (const [id, { target }] of this.opened) {
      if (!actions.some((action) => action.id === id && action.target === target)) this.disconnect(id);
    }
  }

  private async openOutput(action: Action): Promise<Output> {
    const { openOutput } = await this.load(action.output);
    return openOutput(action.target, () => {
      this.disconnect(action.id);
      this.tellFault(action, new OutputError('actLost'));
    });
  }
}
