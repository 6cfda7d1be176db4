import { formatRateInPercent } from 'anyrate/page';
import { useState } from 'preact/hooks';
import type { ShippedFile } from '../calls.js';
import { useText } from '../context.js';
import { download } from '../download.js';
import { formatBytes } from '../format.js';
import { percent } from '../studio.js';
import type { TextKey } from '../texts/texts.js';
import { nodeCommand } from './node-command.js';
import { snippets } from './snippets.js';

/** Formats, as anyrate names them, and what they are for. */
const FORMATS: readonly (readonly [format: string, name: string, purpose: TextKey])[] = [
  ['anyrate', '.anyrate', 'shipAnyrate'],
  ['html', 'HTML', 'shipHtml'],
  ['javascript', 'JavaScript', 'shipJavascript'],
  ['onnx', 'ONNX', 'shipOnnx'],
  ['c', 'C', 'shipC'],
  ['wasm', 'WebAssembly', 'shipWasm'],
  ['safetensors', 'safetensors', 'shipSafetensors'],
];

/** The network as files. */
export function ShipView() {
  const { studio, text } = useText();
  const { trained, rate, project } = studio.state;
  const [made, setMade] = useState<{ readonly format: string; readonly files: readonly ShippedFile[] }>();
  if (trained.value === undefined) return <p class="card">{text('shipFirst')}</p>;
  const row = trained.value.rows.find((one) => one.rate === rate.value);
  const make = async (format: string) => {
    const files = await studio.ship(format);
    if (files !== undefined) setMade({ format, files });
  };
  return (
    <>
      <section class="card">
        {row && (
          <p>
            {text('shipAt', {
              rate: formatRateInPercent(rate.value),
              accuracy: percent(row.accuracy),
              bytes: formatBytes(row.bytes),
            })}{' '}
            <a href="#train">{text('slide')}</a>
          </p>
        )}
        <p class="faint">{text('shipTest')}</p>
        <ul class="formats">
          {FORMATS.map(([format, name, purpose]) => (
            <li key={format}>
              <button type="button" aria-pressed={made?.format === format} onClick={() => make(format)}>
                {text('shipMake', { format: name })}
              </button>
              <span class="faint">{text(purpose)}</span>
            </li>
          ))}
        </ul>
      </section>
      {made && <Made format={made.format} files={made.files} />}
      <section class="card">
        <h3>{text('shipNode')}</h3>
        <p>{text(trained.value.isOn ? 'shipNodeOn' : 'shipNodeHint')}</p>
        <pre>{nodeCommand(project.value)}</pre>
      </section>
    </>
  );
}

function Made({ format, files }: { readonly format: string; readonly files: readonly ShippedFile[] }) {
  const { text } = useText();
  const [main] = files;
  return (
    <section class="card">
      <h3>{text('shipFiles')}</h3>
      <ul class="formats">
        {files.map(({ name, bytes }) => (
          <li key={name}>
            <button type="button" onClick={() => download(name, bytes)}>
              {name}
            </button>
            <span class="faint">{formatBytes(bytes.length)}</span>
          </li>
        ))}
      </ul>
      <h4>{text('shipUse')}</h4>
      <pre>{snippets[format].replaceAll('NAME', main.name.replace(/\..*$/, ''))}</pre>
    </section>
  );
}
