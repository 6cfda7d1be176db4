import { checkShape, type Facts } from '../assemble.js';
import { badFile, MOST_PERSONS, MOST_VALUES } from '../format.js';
import type { Recording } from '../recording.js';
import { type TimeUnit, toSeconds } from '../time-stamps.js';

/** Collects the rows of one recording, each of them the joints of one person in one frame. */
export class RowCollector {
  readonly part: string;
  readonly label: string | undefined;
  readonly subject: string | undefined;
  private values = new Float32Array(0);
  private readonly size: number;
  private readonly source: string;
  private readonly frameOfRow: number[] = [];
  private readonly personOfRow: number[] = [];
  private readonly persons = new Map<string, number>();
  private readonly stamps: (number | undefined)[] = [];
  private readonly lines: number[] = [];
  private lastFrame: string | undefined;

  constructor(
    key: { part: string; label: string | undefined; subject: string | undefined },
    joints: number,
    source: string,
  ) {
    this.part = key.part;
    this.label = key.label;
    this.subject = key.subject;
    this.size = joints * 3;
    this.source = source;
  }

  /**
   * Adds a row whose joints are all lost, until `joint` is asked for their places.
   * @param frame rows of the same frame are of several persons; undefined: each row is a frame
   * @returns the number of the row
   */
  add(frame: string | undefined, person: string | undefined, stamp: number | undefined, line: number): number {
    if (frame === undefined || frame !== this.lastFrame) {
      this.stamps.push(stamp);
      this.lines.push(line);
      this.lastFrame = frame;
    }
    this.frameOfRow.push(this.stamps.length - 1);
    this.personOfRow.push(this.slotOf(person ?? '', line));
    this.grow(line);
    return this.frameOfRow.length - 1;
  }

  /** The place of a joint of a row, to be filled before the next row is added. */
  joint(row: number, joint: number): Float32Array {
    const start = row * this.size + joint * 3;
    return this.values.subarray(start, start + 3);
  }

  finish(facts: Omit<Facts, 'part'>, joints: number, unit: TimeUnit | undefined): Recording {
    const { part, label, subject, source } = this;
    const persons = this.persons.size;
    checkShape(this.stamps.length, persons, joints, source, part);
    const positions = new Float32Array(this.stamps.length * persons * joints * 3).fill(Number.NaN);
    for (const [row, frame] of this.frameOfRow.entries()) {
      const start = row * this.size;
      const target = (frame * persons + this.personOfRow[row]) * this.size;
      positions.set(this.values.subarray(start, start + this.size), target);
    }
    const { notes = [] } = facts;
    return {
      ...facts,
      part,
      frames: this.stamps.length,
      persons,
      joints,
      positions,
      ...(label !== undefined && { label }),
      ...(subject !== undefined && { subject }),
      ...this.seconds(unit),
      notes: [...notes, ...this.lossNotes(joints)],
    };
  }

  private slotOf(person: string, line: number): number {
    const known = this.persons.get(person);
    if (known !== undefined) return known;
    if (this.persons.size >= MOST_PERSONS) {
      const mend = 'Leave out the bystanders, or number the recordings in a column "sequence".';
      throw badFile(this.source, `line ${line}`, `at most ${MOST_PERSONS} persons in a recording`, 'one more', mend);
    }
    this.persons.set(person, this.persons.size);
    return this.persons.size - 1;
  }

  private grow(line: number): void {
    const start = (this.frameOfRow.length - 1) * this.size;
    const end = start + this.size;
    if (end > this.values.length) {
      if (end > MOST_VALUES) {
        const expected = `at most ${MOST_VALUES} numbers in a recording`;
        throw badFile(this.source, `line ${line}`, expected, 'more', 'Split the recording into shorter ones.');
      }
      const larger = new Float32Array(Math.max(end, this.values.length * 2));
      larger.set(this.values);
      this.values = larger;
    }
    this.values.fill(Number.NaN, start, end);
  }

  private seconds(unit: TimeUnit | undefined): Pick<Recording, 'seconds'> {
    const stamps = this.stamps.filter((stamp) => stamp !== undefined && !Number.isNaN(stamp)) as number[];
    if (stamps.length < this.stamps.length || stamps.length < 2) return {};
    return { seconds: toSeconds(stamps, unit, this.source, (frame) => `line ${this.lines[frame]}`) };
  }

  private lossNotes(joints: number): string[] {
    const rows = this.frameOfRow.length;
    let lost = 0;
    for (let at = 0; at < rows * this.size; at += 3) if (Number.isNaN(this.values[at])) lost++;
    return lost === 0 ? [] : [`${lost} of ${rows * joints} joints lost`];
  }
}
