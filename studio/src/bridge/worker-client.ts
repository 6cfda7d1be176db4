import type { Calls, FromWorker, ToWorker } from './protocol.js';

/** How a call is followed and ended. */
export interface CallOptions<Event> {
  readonly onEvent?: (event: Event) => void;
  readonly signal?: AbortSignal;
  /** What moves to the worker instead of being copied. */
  readonly transfer?: readonly Transferable[];
}

/** The side of a worker that a client sees. */
export type Port = Pick<Worker, 'postMessage' | 'onmessage' | 'onerror' | 'terminate'>;

interface Pending {
  readonly onEvent: (event: unknown) => void;
  readonly resolve: (out: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A call that failed; `name` is that of the error in the worker: `InputError` where somebody can mend it. */
export class CallError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Calls the functions of a worker, which starts with the first call, and again after it has crashed. */
export class WorkerClient<C extends Calls<C>> {
  private readonly start: () => Port;
  private port: Port | undefined;
  private readonly pending = new Map<number, Pending>();
  private calls = 0;

  constructor(start: () => Port) {
    this.start = start;
  }

  /** @throws CallError */
  call<K extends keyof C & string>(
    name: K,
    input: C[K]['in'],
    { onEvent = () => {}, signal, transfer = [] }: CallOptions<C[K]['event']> = {},
  ): Promise<C[K]['out']> {
    const port = this.open();
    const id = ++this.calls;
    const post = (message: ToWorker, moved: readonly Transferable[] = []) => port.postMessage(message, [...moved]);
    const abort = () => post({ id, type: 'abort' });
    signal?.addEventListener('abort', abort);
    return new Promise<C[K]['out']>((resolve, reject) => {
      this.pending.set(id, { onEvent, resolve, reject });
      post({ id, type: 'call', name, input }, transfer);
      if (signal?.aborted) abort();
    }).finally(() => signal?.removeEventListener('abort', abort));
  }

  /** Ends the worker; calls that are under way fail. */
  close(reason = 'closed'): void {
    this.port?.terminate();
    this.port = undefined;
    const failed = [...this.pending.values()];
    this.pending.clear();
    for (const { reject } of failed) reject(new CallError('WorkerEnded', reason));
  }

  private open(): Port {
    if (this.port !== undefined) return this.port;
    const port = this.start();
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
    port.onerror = ({ message = 'it could not be loaded' }: Partial<ErrorEvent>) => this.close(message);
    this.port = port;
    return port;
  }

  private receive(message: FromWorker): void {
    const call = this.pending.get(message.id);
    if (message.type === 'event') {
      call?.onEvent(message.event);
      return;
    }
    this.pending.delete(message.id);
    if (message.type === 'out') call?.resolve(message.out);
    else call?.reject(new CallError(message.fault.name, message.fault.message));
  }
}
