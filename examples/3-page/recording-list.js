/** Buttons for recordings, class by class, that show whether a network knows them. */
export class RecordingList {
  chosen;
  #buttons;
  #onChoose;

  constructor(parent, classes, recordings, onChoose) {
    this.#onChoose = onChoose;
    this.#buttons = new Map(recordings.map((recording) => [recording, this.#button(recording, classes)]));
    parent.replaceChildren(...classes.map((name, label) => this.#row(name, label)));
  }

  choose(recording) {
    this.chosen = recording;
    for (const [listed, button] of this.#buttons) button.setAttribute('aria-pressed', String(listed === recording));
    this.#onChoose(recording);
  }

  /** Marks what a view answers, and counts the right answers. */
  judge(view) {
    let right = 0;
    for (const [recording, button] of this.#buttons) {
      const isRight = view.predict(recording).label === recording.label;
      button.textContent = isRight ? '✓' : '✗';
      button.classList.toggle('wrong', !isRight);
      button.setAttribute('aria-label', `${button.title}: ${isRight ? 'right' : 'wrong'}`);
      right += Number(isRight);
    }
    return right;
  }

  #button(recording, classes) {
    const button = document.createElement('button');
    button.type = 'button';
    button.title = `${classes[recording.label]}, subject ${recording.subject}`;
    button.addEventListener('click', () => this.choose(recording));
    return button;
  }

  #row(name, label) {
    const row = document.createElement('div');
    const title = document.createElement('span');
    title.textContent = name;
    row.append(title, ...[...this.#buttons].filter(([listed]) => listed.label === label).map(([, button]) => button));
    return row;
  }
}
