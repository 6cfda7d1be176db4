import { useText } from '../context.js';
import { Curves } from './curves.js';
import { Slide } from './slide.js';

/** Training, and the choice of a size. */
export function TrainView() {
  const { studio, text } = useText();
  const { clips, trained, progress } = studio.state;
  const isEnough = new Set(clips.value.map(({ label }) => label)).size > 1 && clips.value.length >= 4;
  const hasCurves = progress.value.losses.length > 1;
  return (
    <>
      <section class="card">
        {!isEnough && <p>{text('trainNeeds')}</p>}
        <Buttons isEnough={isEnough} />
        <Going />
        <Settings />
      </section>
      {hasCurves && <Curves />}
      {trained.value !== undefined && <Slide trained={trained.value} />}
    </>
  );
}

function Buttons({ isEnough }: { readonly isEnough: boolean }) {
  const { studio, text } = useText();
  const { progress, kept, trained, isChanged } = studio.state;
  const { phase } = progress.value;
  const { epoch, epochs } = kept.value ?? { epoch: 0, epochs: 0 };
  const canResume = phase === 'idle' && epoch > 0;
  const canGoOn = phase === 'idle' && trained.value !== undefined && isEnough;
  const begin = (isOn: boolean) => {
    kept.value = undefined;
    return studio.train(isOn);
  };
  return (
    <>
      {canResume && <p>{text('trainKept', { epoch, epochs })}</p>}
      {canGoOn && <p>{text(isChanged.value ? 'trainChanged' : 'trainSame')}</p>}
      <div class="line">
        {phase === 'idle' ? (
          <>
            {canResume && (
              <button type="button" class="first" onClick={() => studio.train()}>
                {text('trainResume')}
              </button>
            )}
            {canGoOn && (
              <button type="button" class={isChanged.value && !canResume ? 'first' : ''} onClick={() => begin(true)}>
                {text('trainOn')}
              </button>
            )}
            <button
              type="button"
              class={canResume || isChanged.value ? '' : 'first'}
              disabled={!isEnough}
              onClick={() => begin(false)}
            >
              {text(canResume || trained.value ? 'trainAnew' : 'trainStart')}
            </button>
          </>
        ) : (
          <button type="button" disabled={phase === 'stopping'} onClick={() => studio.stop()}>
            {text('trainStop')}
          </button>
        )}
      </div>
    </>
  );
}

function Going() {
  const { studio, text } = useText();
  const { progress, secondsLeft } = studio.state;
  const { phase, epoch, epochs, threads } = progress.value;
  if (phase === 'idle') return null;
  if (phase === 'choosing') return <p>{text('trainChoosing')}</p>;
  const left = secondsLeft.value;
  return (
    <div class="going">
      <progress max={epochs} value={epoch} aria-label={text('train')} />
      <p>
        {text('trainRound', { epoch, epochs })}
        {left !== undefined && `, ${text('trainLeft', { seconds: Math.ceil(left) })}`}{' '}
        <small class="faint">{threads > 1 ? text('trainThreads', { threads }) : text('trainOneThread')}</small>
      </p>
    </div>
  );
}

function Settings() {
  const { studio, text } = useText();
  const { project, setProject, progress } = studio.state;
  const { seed, budget, epochs } = project.value;
  const isBusy = progress.value.phase !== 'idle';
  const numberIn = (value: string, most: number) => Math.min(Math.max(0, Math.round(Number(value)) || 0), most);
  return (
    <details>
      <summary>{text('trainSettings')}</summary>
      <label class="field">
        {text('trainSeed')}
        <input
          type="number"
          min={0}
          value={seed}
          disabled={isBusy}
          onChange={(event) => setProject({ seed: numberIn(event.currentTarget.value, 2 ** 31) })}
        />
      </label>
      <label class="field">
        {text('trainEpochs')}
        <input
          type="number"
          min={1}
          value={epochs ?? ''}
          disabled={isBusy}
          onChange={(event) => setProject({ epochs: numberIn(event.currentTarget.value, 100_000) || undefined })}
        />
      </label>
      <label class="line">
        <input
          type="checkbox"
          checked={budget > 0}
          disabled={isBusy}
          onChange={(event) => setProject({ budget: event.currentTarget.checked ? DEFAULT_BUDGET : 0 })}
        />
        {text('trainSearch')}
      </label>
    </details>
  );
}

/** Optimiser steps of the trials, as `anyrate train` has it. */
const DEFAULT_BUDGET = 2000;
