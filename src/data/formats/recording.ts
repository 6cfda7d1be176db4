/**
 * What a reader finds in a file, before anything is known of the data set that it belongs to.
 *
 * A recording is a sequence as its producer wrote it: positions with NaN where a joint was lost, the joints' names or the
 * layout where the format tells them, time stamps, unit, and whatever the file says of class, performer and split. Formats
 * give nothing that they do not know: what cannot be seen is asked of dataset.json.
 */

/** Units of length that producers write; `image` is a share of the picture's width and height. */
export const UNITS = ['metre', 'centimetre', 'millimetre', 'inch', 'pixel', 'image', 'normalised'] as const;
export type Unit = (typeof UNITS)[number];

/** An instant that the file marks, such as the moment at which a gesture is recognisable. */
export interface RecordingEvent {
  readonly seconds: number;
  readonly label: string;
}

/** One recording of a file. */
export interface Recording {
  /** Which of several in one file, such as `annotations[3]`; empty if the file holds one. */
  readonly part: string;
  readonly frames: number;
  readonly persons: number;
  readonly joints: number;
  /** Coordinates in x, y, z order: [frame][person][joint][axis]; NaN in all three where a joint was lost. */
  readonly positions: Float32Array;
  /** 2 where the format has no depth: z is 0 throughout. */
  readonly dimensions: 2 | 3;
  /** Name of the layout that the format always has, such as `openpose-body-25`. */
  readonly layout?: string;
  /** Names of the joints in the order of the positions, where the file gives them. */
  readonly jointNames?: readonly string[];
  /** Parent of each joint as an index, −1 for the root, where the file gives the tree. */
  readonly parents?: readonly number[];
  /** Time of each frame in seconds, not decreasing. */
  readonly seconds?: Float64Array;
  /** Frames a second, where the file gives a rate but no time stamps. */
  readonly framesPerSecond?: number;
  readonly unit?: Unit;
  /** Width divided by height of the picture that `image` or `pixel` coordinates are of. */
  readonly aspect?: number;
  /** Name of the class, where the file gives it. */
  readonly label?: string;
  /** Instants that the file marks, in the order of time; on the clock of `seconds`. */
  readonly events?: readonly RecordingEvent[];
  /** Who performs, where the file gives it. */
  readonly subject?: string;
  /** Parts of published splits that this recording belongs to: name of the split to `train` or `test`. */
  readonly splits?: Readonly<Record<string, 'train' | 'test'>>;
  /** What a reader noticed and a user should know, such as `3 frames without a person`. */
  readonly notes?: readonly string[];
}
