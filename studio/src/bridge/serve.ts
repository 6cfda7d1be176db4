import type { Calls, FromWorker, ToWorker } from './protocol.js';

/** Told of the events of a call, and whether it is still wanted. */
export interface CallContext<Event> {
  readonly emit: (event: Event) => void;
  readonly signal: AbortSignal;
}

/** A function for each call. */
export type Handlers<C extends Calls<C>> = {
  readonly [K in keyof C]: (
    input: C[K]['in'],
    context: CallContext<C[K]['event']>,
  ) => Promise<C[K]['out']> | C[K]['out'];
};

/** Answers calls in a worker, or over any port. */
export function serveCalls<C extends Calls<C>>(
  port: Pick<Worker, 'postMessage' | 'onmessage'>,
  handlers: Handlers<C>,
): void {
  const table = handlers as Readonly<Record<string, (input: unknown, context: CallContext<unknown>) => unknown>>;
  const running = new Map<number, AbortController>();
  const tell = (message: FromWorker) => port.postMessage(message);
  port.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
    const { id } = data;
    if (data.type === 'abort') return running.get(id)?.abort();
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const context = { emit: (event: unknown) => tell({ id, type: 'event', event }), signal: controller.signal };
      tell({ id, type: 'out', out: await table[data.name](data.input, context) });
    } catch (error) {
      const { name = 'Error', message = String(error) } = error as Partial<Error>;
      tell({ id, type: 'fault', fault: { name, message } });
    } finally {
      running.delete(id);
    }
  };
}
