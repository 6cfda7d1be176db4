import { useRef } from 'preact/hooks';
import { useText } from '../context.js';

/** The movements, the one that is recorded now, and who performs. */
export function ClassList() {
  const { studio, text } = useText();
  const { project, clips, label, person, addClass, removeClass } = studio.state;
  const field = useRef<HTMLInputElement>(null);
  const { classes, nothing } = project.value;
  const count = (name: string) => clips.value.filter((clip) => clip.label === name).length;
  const add = (event: Event) => {
    event.preventDefault();
    if (addClass(field.current!.value)) field.current!.value = '';
  };
  return (
    <section class="card">
      <h3 id="classes">{text('classes')}</h3>
      <ul class="classes" aria-labelledby="classes">
        {classes.map((name) => (
          <li key={name}>
            <label>
              <input type="radio" name="label" checked={label.value === name} onChange={() => (label.value = name)} />
              <span class="name">{name}</span>
              <span class="count">{count(name)}</span>
            </label>
            <button
              type="button"
              class="plain"
              aria-label={text('classRemove', { name })}
              onClick={() => removeClass(name)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <form class="line" onSubmit={add}>
        <input ref={field} aria-label={text('classNew')} placeholder={text('classNew')} maxLength={60} />
        <button type="submit">{text('classAdd')}</button>
      </form>
      {classes.length > 0 && nothing.length === 0 && (
        <p>
          <button type="button" class="plain" onClick={() => addClass(text('nothingName'), true)}>
            {text('nothingAdd')}
          </button>{' '}
          <small class="faint">{text('nothingHint')}</small>
        </p>
      )}
      <label class="field">
        {text('person')}
        <input
          value={person.value}
          maxLength={60}
          list="persons"
          aria-describedby="person-hint"
          onInput={(event) => (person.value = event.currentTarget.value.trim())}
        />
      </label>
      <datalist id="persons">
        {studio.state.persons.value.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <small class="faint" id="person-hint">
        {text('personHint')}
      </small>
    </section>
  );
}
