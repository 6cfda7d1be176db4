import type { Prediction } from '../runtime/view.js';

/** Shows the probability of every class as a bar, the answer marked. */
export class ScoreList {
  private readonly rows: readonly { readonly item: HTMLElement; readonly percent: HTMLElement }[];

  constructor(list: HTMLElement, classes: readonly string[]) {
    this.rows = classes.map((name) => {
      const item = document.createElement('li');
      const percent = document.createElement('output');
      const label = document.createElement('span');
      label.textContent = name;
      item.append(label, percent);
      return { item, percent };
    });
    list.replaceChildren(...this.rows.map(({ item }) => item));
  }

  show({ scores, label }: Prediction): void {
    for (const [i, { item, percent }] of this.rows.entries()) {
      item.style.setProperty('--score', String(scores[i]));
      item.classList.toggle('answer', i === label);
      percent.textContent = `${(scores[i] * 100).toFixed(1)} %`;
    }
  }
}
