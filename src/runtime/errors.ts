/** A model file that says something impossible, or is not whole. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly place: string;
  readonly expected: string;
  readonly found: string;

  constructor(place: string, expected: string, found: unknown) {
    super(`${place}: expected ${expected}, found ${found}`);
    this.place = place;
    this.expected = expected;
    this.found = String(found);
  }
}
