import { useEffect } from 'preact/hooks';
import { CheckView } from './check/view.js';
import { StudioContext, useText } from './context.js';
import { RecordView } from './record/view.js';
import { ShipView } from './ship/view.js';
import { STEPS, type Step } from './state.js';
import type { Studio } from './studio.js';
import { LANGUAGES, type Language } from './texts/texts.js';
import { TrainView } from './train/view.js';
import { TryView } from './try/view.js';

const VIEWS = { record: RecordView, check: CheckView, train: TrainView, try: TryView, ship: ShipView };

/** The whole page. @param isLocked another tab has the studio */
export function App({ studio, isLocked = false }: { readonly studio: Studio; readonly isLocked?: boolean }) {
  return (
    <StudioContext.Provider value={studio}>
      <Shell isLocked={isLocked} />
    </StudioContext.Provider>
  );
}

function Shell({ isLocked }: { readonly isLocked: boolean }) {
  const { studio, text } = useText();
  const { state } = studio;
  const step = state.step.value;
  const View = VIEWS[step];
  useEffect(() => followAddress(studio), [studio]);
  useEffect(() => {
    document.documentElement.lang = state.language.value;
    document.title = text('title');
  }, [state.language.value, text]);
  return (
    <>
      <a class="skip" href="#content">
        {text('skip')}
      </a>
      <header>
        <h1>{text('title')}</h1>
        {!isLocked && <Steps />}
        <div class="tools">
          <button type="button" onClick={state.undo} disabled={state.past.value.length === 0}>
            {text('undo')}
          </button>
          <LanguageChoice />
        </div>
      </header>
      <Saying />
      <main id="content" tabIndex={-1}>
        {!isLocked && (
          <>
            <h2 class="step">{text(step)}</h2>
            <View />
          </>
        )}
      </main>
      <footer>
        <p>
          {text('privacy')} {text('privacyHow')}
        </p>
        <p>
          <a href="NOTICE.txt">{text('notice')}</a>
        </p>
      </footer>
    </>
  );
}

function Steps() {
  const { studio, text } = useText();
  const current = studio.state.step.value;
  return (
    <nav aria-label={text('steps')}>
      <ol>
        {STEPS.map((step) => (
          <li key={step}>
            <a href={`#${step}`} aria-current={step === current ? 'step' : undefined}>
              {text(step)}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function LanguageChoice() {
  const { studio, text } = useText();
  const { language } = studio.state;
  const choose = (event: { readonly currentTarget: HTMLSelectElement }) => {
    language.value = event.currentTarget.value as Language;
  };
  return (
    <select aria-label={text('language')} value={language.value} onChange={choose}>
      {Object.entries(LANGUAGES).map(([key, name]) => (
        <option key={key} value={key} lang={key}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** What was said last, for eyes and for screen readers. */
function Saying() {
  const { studio, text } = useText();
  const message = studio.state.saying.value;
  const words = message === undefined ? '' : text(message.key, message.values);
  return (
    <div class={`saying ${message?.isFault ? 'bad' : ''}`}>
      <p role={message?.isFault ? 'alert' : 'status'} aria-live={message?.isFault ? 'assertive' : 'polite'}>
        {words}
      </p>
      {message?.isFault && (
        <button type="button" onClick={() => (studio.state.message.value = undefined)}>
          {text('close')}
        </button>
      )}
    </div>
  );
}

/** The step is the address's fragment, so that back and forward work. */
function followAddress({ state }: Studio): () => void {
  const follow = () => {
    const wanted = location.hash.slice(1);
    if ((STEPS as readonly string[]).includes(wanted)) state.step.value = wanted as Step;
  };
  follow();
  addEventListener('hashchange', follow);
  return () => removeEventListener('hashchange', follow);
}
