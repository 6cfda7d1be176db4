/** Reads decimals among bytes, since a text of them takes as long to make as all numbers to read. */
export class PlainDecimal {
  /** What was read last. */
  value = 0;

  /**
   * Reads a decimal of at most 15 digits and no exponent, which one division gives exactly as `Number` does.
   * @returns where it ends; −1 where none is written
   */
  read(bytes: Uint8Array, from: number): number {
    let at = from;
    const isNegative = bytes[at] === MINUS;
    if (isNegative) at++;
    let digits = 0;
    let point = -1;
    let value = 0;
    for (; at < bytes.length; at++) {
      const code = bytes[at] - ZERO;
      if (code >= 0 && code <= 9) {
        value = value * 10 + code;
        digits++;
      } else if (code === POINT - ZERO && point < 0) point = digits;
      else break;
    }
    if (digits === 0 || digits > EXACT_DIGITS) return -1;
    const magnitude = point < 0 ? value : value / POWERS[digits - point];
    this.value = isNegative ? -magnitude : magnitude;
    return at;
  }
}

const [ZERO, MINUS, POINT] = [...'0-.'].map((letter) => letter.charCodeAt(0));
/** So many digits are a whole number that a double holds. */
const EXACT_DIGITS = 15;
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => 10 ** i);
