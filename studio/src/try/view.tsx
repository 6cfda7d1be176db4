import { ScoreList } from 'anyrate/page';
import type { View } from 'anyrate/runtime';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ActPanel } from '../act/view.js';
import { keptPart } from '../clip.js';
import { useText } from '../context.js';
import { ClipCanvas } from '../record/clip-canvas.js';
import { percent } from '../studio.js';
import { Live } from './live.js';
import { useView } from './use-view.js';

/** The network at the chosen size, in a stream and on recordings. */
export function TryView() {
  const { studio, text } = useText();
  const view = useView();
  if (studio.state.trained.value === undefined) return <p class="card">{text('tryFirst')}</p>;
  return (
    view && (
      <>
        <Live view={view} />
        <ActPanel classes={view.classes.filter((name) => !view.stream.nothing?.includes(name))} />
        <OnRecording view={view} />
      </>
    )
  );
}

/** What it says of a recording. */
function OnRecording({ view }: { readonly view: View }) {
  const { studio, text } = useText();
  const { clips, trained } = studio.state;
  const tested = clips.value.filter(({ id }) => trained.value?.tested.includes(id));
  const choice = tested.length > 0 ? tested : clips.value;
  const [id, setId] = useState(choice[0]?.id);
  const clip = choice.find((one) => one.id === id) ?? choice[0];
  const list = useRef<HTMLUListElement>(null);
  const scores = useRef<ScoreList>(undefined);
  const [answer, setAnswer] = useState('');
  useEffect(() => {
    scores.current = new ScoreList(list.current!, view.classes);
    if (clip === undefined) return;
    const prediction = view.predict(keptPart(clip));
    scores.current.show(prediction);
    setAnswer(text('tryAnswer', { label: prediction.name, probability: percent(prediction.probability) }));
  }, [view, clip]);
  return (
    <section class="card">
      <h3>{text('tryClip')}</h3>
      <label class="field">
        {text('tryClipChoose')}
        <select value={clip?.id} onChange={(event) => setId(event.currentTarget.value)}>
          {choice.map((one) => (
            <option key={one.id} value={one.id}>
              {text('clip', { label: one.label, person: one.person || text('clipSomebody'), id: Number(one.id) })}
            </option>
          ))}
        </select>
      </label>
      <div class="columns">
        {clip && (
          <ClipCanvas
            clip={clip}
            label={text('clip', { label: clip.label, person: clip.person, id: Number(clip.id) })}
          />
        )}
        <div>
          <p class="answer" role="status">
            {answer}
          </p>
          <ul class="scores" ref={list} aria-label={text('tryScores')} />
        </div>
      </div>
    </section>
  );
}
