// Whatever finds landmarks in the pictures of a camera, behind three functions: MediaPipe's in a worker, or one of a test.

/** What is looked for. */
export type Subject = 'hand' | 'hands' | 'body' | 'holistic';

/** Skeletons of one picture. */
export interface Detection {
  /** [persons][joints][x, y, z] of the subject's layout: x and y in shares of the picture's height, x to the right as the camera
   * sees it, NaN where nothing was seen. */
  readonly positions: Float32Array;
  /** Time of the picture. */
  readonly seconds: number;
}

/** A source of landmarks. */
export interface Detector {
  /** Loads what is needed. @throws Error in words for people */
  init(subject: Subject): Promise<void>;
  /** Landmarks of one picture, which it then closes. */
  detect(picture: ImageBitmap, seconds: number): Promise<Detection>;
  close(): void;
}
