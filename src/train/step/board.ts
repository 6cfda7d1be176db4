import type { Heap, Pointer } from '../../kernels/contract.js';

/** Places of the task board, Int32: what the threads agree on through atomics. */
const GENERATION = 0;
const PHASE = 1;
const TASKS = 2;
const NEXT = 3;
const FINISHED = 4;
const FAILED = 5;
const STOPPED = 6;
const MESSAGE_LENGTH = 7;

/** Int32 places that a board takes; those from 16 on hold the message of a failed worker, 4 bytes each. */
export const BOARD_PLACES = 144;
const MESSAGE_START = 16;
const MESSAGE_BYTES = (BOARD_PLACES - MESSAGE_START) * 4;

/** The phases of a step, in their order: a phase begins when all tasks of the one before are done. */
export const PHASES = ['prepare', 'pass', 'update'] as const;
export type Phase = (typeof PHASES)[number];

/** The tasks of each phase; those of one phase can run at the same time on any thread. */
export interface PhaseTasks {
  count(phase: Phase): number;
  run(phase: Phase, task: number, thread: number): void;
}

/** A worker that has not finished its part of a phase for so long is taken for dead, in milliseconds. */
const PATIENCE = 60_000;
/** How long the main thread sleeps before it looks for a failed worker, in milliseconds. */
const LOOK_AGAIN = 250;
/** Looks at the board before a thread goes to sleep; waking takes longer than most gaps between phases. */
const SPINS = 20_000;

/** Hands the tasks of a phase to all threads; which thread takes which task never changes a result. */
export class TaskBoard {
  private readonly places: Int32Array;

  constructor(heap: Pick<Heap, 'buffer'>, pointer: Pointer) {
    this.places = new Int32Array(heap.buffer, pointer, BOARD_PLACES);
  }

  /** Main thread: runs one phase together with `workers` other threads. @throws Error when a worker failed or died. */
  run(tasks: PhaseTasks, phase: Phase, workers: number): void {
    const { places } = this;
    Atomics.store(places, PHASE, PHASES.indexOf(phase));
    Atomics.store(places, TASKS, tasks.count(phase));
    Atomics.store(places, NEXT, 0);
    Atomics.store(places, FINISHED, 0);
    Atomics.add(places, GENERATION, 1);
    Atomics.notify(places, GENERATION);
    this.takeTasks(tasks, phase, 0);
    this.awaitWorkers(workers);
  }

  /** Worker thread: tells the main thread that this one is out, and why. */
  fail(thread: number, error: unknown): void {
    const message = new TextEncoder().encode(String(error)).subarray(0, MESSAGE_BYTES);
    this.messageBytes().set(message);
    Atomics.store(this.places, MESSAGE_LENGTH, message.length);
    Atomics.store(this.places, FAILED, thread);
    Atomics.notify(this.places, FINISHED);
  }

  /** Worker thread: works on phase after phase until stopped. @throws what a task throws */
  serve(tasks: PhaseTasks, thread: number): void {
    for (let generation = 0; ; generation++) {
      this.awaitGeneration(generation);
      if (Atomics.load(this.places, STOPPED) === 1) return;
      this.takeTasks(tasks, PHASES[Atomics.load(this.places, PHASE)], thread);
      Atomics.add(this.places, FINISHED, 1);
      Atomics.notify(this.places, FINISHED);
    }
  }

  /** Lets the workers return from `serve`. */
  stop(): void {
    Atomics.store(this.places, STOPPED, 1);
    Atomics.add(this.places, GENERATION, 1);
    Atomics.notify(this.places, GENERATION);
  }

  private takeTasks(tasks: PhaseTasks, phase: Phase, thread: number): void {
    const count = Atomics.load(this.places, TASKS);
    for (;;) {
      const task = Atomics.add(this.places, NEXT, 1);
      if (task >= count) return;
      tasks.run(phase, task, thread);
    }
  }

  private awaitWorkers(workers: number): void {
    const deadline = Date.now() + PATIENCE;
    for (let finished = 0; finished < workers; finished = Atomics.load(this.places, FINISHED)) {
      const failed = Atomics.load(this.places, FAILED);
      if (failed > 0) throw new Error(`training thread ${failed} failed: ${this.readMessage()}`);
      if (Date.now() > deadline) throw new Error(`a training thread has not responded for ${PATIENCE / 1000} seconds`);
      this.awaitChange(FINISHED, finished, LOOK_AGAIN);
    }
  }

  private readMessage(): string {
    return new TextDecoder().decode(this.messageBytes().slice(0, Atomics.load(this.places, MESSAGE_LENGTH)));
  }

  private messageBytes(): Uint8Array {
    const { buffer, byteOffset } = this.places;
    return new Uint8Array(buffer, byteOffset + MESSAGE_START * 4, MESSAGE_BYTES);
  }

  /** Sleeps until the generation has passed `done`; a notification may come late, for a phase that is over. */
  private awaitGeneration(done: number): void {
    while (Atomics.load(this.places, GENERATION) === done) this.awaitChange(GENERATION, done);
  }

  private awaitChange(place: number, value: number, timeout?: number): void {
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(this.places, place) !== value) return;
    Atomics.wait(this.places, place, value, timeout);
  }
}
