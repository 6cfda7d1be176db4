import { useEffect, useRef } from 'preact/hooks';
import type { Clip } from '../clip.js';
import { useText } from '../context.js';
import { ClipCanvas } from './clip-canvas.js';

/** Changes a recording: its movement, the span that counts; or deletes it. */
export function ClipEditor({ clip, onDone }: { readonly clip: Clip; readonly onDone: () => void }) {
  const { studio, text } = useText();
  const { project, relabel, trim, remove } = studio.state;
  const first = useRef<HTMLSelectElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => {
    first.current?.focus();
    whole.current?.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') onDone();
    });
  }, []);
  const { id, label, frames, start, end } = clip;
  const timeOf = (frame: number) => (clip.seconds ? clip.seconds[frame] - clip.seconds[0] : frame / 30).toFixed(2);
  return (
    <div class="clip editor" ref={whole}>
      <ClipCanvas clip={clip} />
      <label class="field">
        {text('clipLabel')}
        <select ref={first} value={label} onChange={(event) => relabel(id, event.currentTarget.value)}>
          {project.value.classes.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Span
        name={text('clipFrom')}
        value={start}
        most={frames - 2}
        words={`${timeOf(start)} s`}
        onSet={(value) => trim(id, value, end)}
      />
      <Span
        name={text('clipTo')}
        value={end}
        most={frames}
        words={`${timeOf(end - 1)} s`}
        onSet={(value) => trim(id, start, value)}
      />
      <div class="line">
        <button type="button" onClick={onDone}>
          {text('clipDone')}
        </button>
        <button type="button" onClick={() => remove(id)}>
          {text('clipDelete')}
        </button>
      </div>
    </div>
  );
}

interface SpanProps {
  readonly name: string;
  readonly value: number;
  readonly most: number;
  readonly words: string;
  readonly onSet: (value: number) => void;
}

function Span({ name, value, most, words, onSet }: SpanProps) {
  return (
    <label class="field">
      <span>
        {name} <b class="count">{words}</b>
      </span>
      <input
        type="range"
        min={0}
        max={most}
        value={value}
        aria-valuetext={words}
        onChange={(event) => onSet(Number(event.currentTarget.value))}
      />
    </label>
  );
}
