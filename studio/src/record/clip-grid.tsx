import { useState } from 'preact/hooks';
import { type Clip, secondsOf } from '../clip.js';
import { useText } from '../context.js';
import { ClipCanvas } from './clip-canvas.js';
import { ClipEditor } from './clip-editor.js';

/** Clips that are shown at first, and with every "more". */
const PAGE = 24;

/** Recordings as moving skeletons, of one movement or all; one at a time can be changed. */
export function ClipGrid({ clips }: { readonly clips: readonly Clip[] }) {
  const { studio, text } = useText();
  const [shown, setShown] = useState(PAGE);
  const [label, setLabel] = useState('');
  const [edited, setEdited] = useState<string>();
  const labels = studio.state.project.value.classes;
  const chosen = clips.filter((clip) => label === '' || clip.label === label).toReversed();
  return (
    <>
      <label class="line">
        {text('clipsShown')}
        <select value={label} onChange={(event) => setLabel(event.currentTarget.value)}>
          <option value="">{text('clipsAll')}</option>
          {labels.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <ul class="clips">
        {chosen.slice(0, shown).map((clip) => (
          <li key={clip.id}>
            {edited === clip.id ? (
              <ClipEditor clip={clip} onDone={() => setEdited(undefined)} />
            ) : (
              <ClipCard clip={clip} onEdit={() => setEdited(clip.id)} />
            )}
          </li>
        ))}
      </ul>
      {chosen.length > shown && (
        <button type="button" onClick={() => setShown(shown + PAGE)}>
          {text('clipsMore', { count: Math.min(PAGE, chosen.length - shown) })}
        </button>
      )}
    </>
  );
}

/** One recording, which a press opens to be changed. */
export function ClipCard({ clip, onEdit }: { readonly clip: Clip; readonly onEdit?: () => void }) {
  const { text } = useText();
  const inside = (
    <>
      <ClipCanvas clip={clip} />
      <span class="name">{clip.label}</span>
      <small class="faint">
        {clip.person || text('clipSomebody')} · {text('clipSeconds', { seconds: secondsOf(clip).toFixed(1) })}
      </small>
    </>
  );
  if (onEdit === undefined) return <div class="clip">{inside}</div>;
  return (
    <button type="button" class="clip" onClick={onEdit}>
      <span class="heard">{text('clipEdit')} </span>
      {inside}
    </button>
  );
}
