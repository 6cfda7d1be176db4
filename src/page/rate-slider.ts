/** Rates below the slider. */
const MARKS = [0, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995];
/** Where a slider ends, unless its network starts near there or beyond. */
const MOST = 0.995;
/** No slider of any network but an empty one goes further: nearer to 1, a quarter of what is left rounds to nothing. */
const LIMIT = 1 - 2 ** -52;

/** Halvings of the weights: the scale of a slider over pruning rates. */
export function halvings(rate: number): number {
  return -Math.log2(1 - rate);
}

/** Makes a range input a slider over pruning rates from `least` on, with marks below; each step right halves the weights. */
export class RateSlider {
  private readonly input: HTMLInputElement;
  private readonly least: number;
  private readonly most: number;

  constructor(input: HTMLInputElement, least: number, start: number, onChange: (rate: number) => void) {
    this.input = input;
    this.least = least;
    this.most = Math.max(MOST, least, Math.min(1 - (1 - least) / 4, LIMIT));
    Object.assign(input, { type: 'range', step: 'any', min: halvings(least), max: halvings(this.most) });
    input.value = String(halvings(start));
    input.after(this.marks());
    this.describe();
    input.addEventListener('input', () => {
      this.describe();
      onChange(this.rate);
    });
    input.addEventListener('keydown', (event) => this.step(event));
  }

  /** The share of weights that is left has three digits. */
  get rate(): number {
    const left = Number((2 ** -Number(this.input.value)).toPrecision(3));
    return Math.min(Math.max(Number((1 - left).toFixed(9)), this.least), this.most);
  }

  /** Moves the slider. */
  moveTo(rate: number): void {
    this.input.value = String(halvings(rate));
    this.input.dispatchEvent(new Event('input'));
  }

  private describe(): void {
    this.input.setAttribute('aria-valuetext', `${formatRateInPercent(this.rate)} of the weights are zero`);
  }

  /** A range without steps does not move by keys alike in all browsers: an eighth of a halving. */
  private step(event: KeyboardEvent): void {
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const value = Number(this.input.value) + way / 8;
    const [min, max] = [Number(this.input.min), Number(this.input.max)];
    this.moveTo(1 - 2 ** -Math.min(Math.max(value, min), max));
  }

  private marks(): HTMLElement {
    const { most } = this;
    const list = document.createElement('div');
    list.className = 'marks';
    const [first, last] = [halvings(this.least), halvings(most)];
    const inside = MARKS.filter((rate) => rate > this.least && rate <= most);
    for (const rate of [this.least, ...inside]) {
      const mark = document.createElement('button');
      Object.assign(mark, { type: 'button', textContent: formatRateInPercent(rate) });
      mark.style.setProperty('--at', String((halvings(rate) - first) / (last - first)));
      mark.addEventListener('click', () => this.moveTo(rate));
      list.append(mark);
    }
    return list;
  }
}

/** Beyond these nothing is left of any network. */
const MOST_DECIMALS = 6;

/** 0.985 as 98.5 %, and 0.99975 as 99.975 %: to two digits of the share that is left. */
export function formatRateInPercent(rate: number): string {
  const decimals = Math.min(Math.max(1, Math.ceil(-Math.log10(1 - rate)) - 1), MOST_DECIMALS);
  return `${Number((rate * 100).toFixed(decimals))} %`;
}
