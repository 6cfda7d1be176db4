import { useRef } from 'preact/hooks';
import { useText } from '../context.js';
import { type Action, MOMENTS, type Moment, OUTPUTS, type OutputKind } from './action.js';
import { HINTS, MOMENT_NAMES, OUTPUT_NAMES, TARGET_NAMES } from './output-names.js';
import { DEVICES } from './performer.js';
import { allowedOrigins } from './policy.js';

/** What shall happen when a movement is recognised. */
export function ActPanel({ classes }: { readonly classes: readonly string[] }) {
  const { studio, text } = useText();
  const { actions, addAction } = studio.state;
  const chosen = useRef<HTMLSelectElement>(null);
  return (
    <section class="card">
      <h3 id="act">{text('act')}</h3>
      <p class="faint">{text('actHint')}</p>
      <ul class="actions" aria-labelledby="act">
        {actions.value.map((action) => (
          <li key={action.id}>
            <ActionRow action={action} classes={classes} />
          </li>
        ))}
      </ul>
      <div class="line">
        <select ref={chosen} aria-label={text('actOutput')}>
          {OUTPUTS.map((output) => (
            <option key={output} value={output}>
              {text(OUTPUT_NAMES[output])}
            </option>
          ))}
        </select>
        <button type="button" onClick={() => addAction(chosen.current!.value as OutputKind)}>
          {text('actAdd')}
        </button>
      </div>
    </section>
  );
}

function ActionRow({ action, classes }: { readonly action: Action; readonly classes: readonly string[] }) {
  const { studio, text } = useText();
  const { changeAction, removeAction } = studio.state;
  const { id, output, label, moment, target } = action;
  const name = text(OUTPUT_NAMES[output]);
  const targetName = TARGET_NAMES[output];
  return (
    <fieldset>
      <legend>{name}</legend>
      <div class="line">
        <label>
          {text('actLabel')}{' '}
          <select value={label} onChange={(event) => changeAction(id, { label: event.currentTarget.value })}>
            <option value="">{text('actAny')}</option>
            {classes.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <label>
          {text('actMoment')}{' '}
          <select
            value={moment}
            onChange={(event) => changeAction(id, { moment: event.currentTarget.value as Moment })}
          >
            {MOMENTS.map((one) => (
              <option key={one} value={one}>
                {text(MOMENT_NAMES[one])}
              </option>
            ))}
          </select>
        </label>
        {targetName !== undefined && (
          <label>
            {text(targetName)}{' '}
            <input
              value={target}
              maxLength={200}
              onInput={(event) => changeAction(id, { target: event.currentTarget.value })}
            />
          </label>
        )}
      </div>
      <div class="line">
        <Connection action={action} name={name} />
        <button
          type="button"
          class="plain"
          aria-label={text('actRemove', { output: name })}
          onClick={() => removeAction(id)}
        >
          ×
        </button>
      </div>
      <Hint output={output} />
    </fieldset>
  );
}

/** Devices are connected first; what is open can be tried. */
function Connection({ action, name }: { readonly action: Action; readonly name: string }) {
  const { studio, text } = useText();
  const { performer, state } = studio;
  const isDevice = DEVICES.includes(action.output);
  const isOpen = performer.open.value.has(action.id);
  const tryOut = async () => {
    const { label, moment } = action;
    const first = label || (state.project.value.classes[0] ?? '');
    const count = moment === 'repetition' ? { count: 1 } : {};
    state.say('actDone', { output: name });
    await performer.send(action, { name: first, moment, seconds: 0, probability: 1, ...count });
  };
  return (
    <>
      {isDevice && !isOpen && (
        <button type="button" onClick={() => performer.connect(action)}>
          {text('actConnect')}
        </button>
      )}
      {isDevice && isOpen && <span class="faint">{text('actConnected')}</span>}
      {(!isDevice || isOpen) && (
        <button type="button" onClick={tryOut}>
          {text('actTry')}
        </button>
      )}
    </>
  );
}

function Hint({ output }: { readonly output: OutputKind }) {
  const { text } = useText();
  if (output !== 'webhook') return <small class="faint">{text(HINTS[output])}</small>;
  const origins = allowedOrigins(document);
  if (origins.length === 0) return <small class="faint">{text('actWebhookNone')}</small>;
  return <small class="faint">{text('actWebhookHint', { ports: origins.join(', ') })}</small>;
}
