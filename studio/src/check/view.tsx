import type { Finding } from 'anyrate/browser';
import { useEffect } from 'preact/hooks';
import type { Checked } from '../calls.js';
import { useText } from '../context.js';
import { ClipCard } from '../record/clip-grid.js';
import { adviceFor, countsOf } from './advice.js';
import { inGerman } from './german.js';

/** What there is, what is odd about it, and what would help most. */
export function CheckView() {
  const { studio, text } = useText();
  const { data, isEmpty, checked } = studio.state;
  useEffect(() => {
    if (!isEmpty.value && checked.value === undefined && canCheck(data.value.clips)) studio.check();
  }, [studio, data.value]);
  if (isEmpty.value) return <p class="card">{text('checkFirst')}</p>;
  const advice = adviceFor(data.value);
  return (
    <>
      <section class="card">
        <h3>{text('checkHelps')}</h3>
        {advice.length === 0 ? (
          <p>{text('checkEnough')}</p>
        ) : (
          <ul>
            {advice.map(({ key, values }) => (
              <li key={`${key} ${Object.values(values).join(' ')}`}>{text(key, values)}</li>
            ))}
          </ul>
        )}
      </section>
      <Counts />
      {checked.value !== undefined && <Findings checked={checked.value} />}
    </>
  );
}

/** A data set has two movements. */
function canCheck(clips: readonly { readonly label: string }[]): boolean {
  return new Set(clips.map(({ label }) => label)).size > 1;
}

function Counts() {
  const { studio, text } = useText();
  const { persons, rows } = countsOf(studio.state.data.value);
  return (
    <section class="card">
      <h3 id="counts">{text('checkCounts')}</h3>
      <div class="scroll">
        <table aria-labelledby="counts">
          <thead>
            <tr>
              <th scope="col">{text('clipLabel')}</th>
              {persons.map((person) => (
                <th key={person} scope="col">
                  {person || text('clipSomebody')}
                </th>
              ))}
              <th scope="col">{text('checkTotal')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, counts }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {counts.map((count, i) => (
                  <td key={persons[i]}>{count}</td>
                ))}
                <td>{counts.reduce((sum, count) => sum + count, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Findings({ checked: { findings, testers, trainers } }: { readonly checked: Checked }) {
  const { text } = useText();
  const isByPerson = !testers.some((name) => trainers.includes(name));
  const namesOf = (people: readonly string[]) => people.map((name) => name || text('clipSomebody')).join(', ');
  return (
    <section class="card">
      <h3>{text('checkFindings')}</h3>
      <p class="faint">
        {isByPerson
          ? text('checkWho', { testers: namesOf(testers), trainers: namesOf(trainers) })
          : text('checkWhoAll')}
      </p>
      {findings.length === 0 && <p>{text('checkNone')}</p>}
      <ul class="findings">
        {findings.map((finding, i) => (
          <Found key={`${i} ${finding.kind}`} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

function Found({ finding }: { readonly finding: Finding }) {
  const { studio, text, language } = useText();
  const { severity, place } = finding;
  const { what, mend } = language === 'de' ? inGerman(finding) : finding;
  const id = place.recording?.replace(/^.*\//, '').replace(/\.json$/, '');
  const clip = studio.state.clips.value.find((one) => one.id === id);
  return (
    <li>
      {clip && <ClipCard clip={clip} />}
      <p>
        <strong class={severity === 'error' ? 'bad' : ''}>
          {text(severity === 'error' ? 'checkError' : 'checkWarning')}
        </strong>{' '}
        {place.class !== undefined && <span>{place.class}: </span>}
        {what}. {mend}
      </p>
    </li>
  );
}
