import { useEffect, useState } from 'preact/hooks';
import type { PlacedFile } from '../calls.js';
import { useText } from '../context.js';
import { download } from '../download.js';
import { EMPTY_PROJECT, slug } from '../project.js';
import { droppedFiles } from './dropped-files.js';

/** Recordings of somebody else, so that everything can be tried at once. */
export function ReadyPanel() {
  const { studio, text } = useText();
  return (
    <p class="line">
      <button type="button" class="first" onClick={() => studio.loadReady()}>
        {text('ready')}
      </button>
      <small class="faint">{text('readyHint', { count: 144 })}</small>
    </p>
  );
}

/** Files may be dropped anywhere on the page; buttons for those who do not drag. */
export function FilesPanel() {
  const { studio, text } = useText();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const drop = async (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer !== null) await studio.importFiles(await droppedFiles(event.dataTransfer));
    };
    const over = (event: DragEvent) => {
      event.preventDefault();
      setOver(event.type === 'dragover');
    };
    const listeners = { drop, dragover: over, dragleave: over };
    for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener as EventListener);
    };
  }, [studio]);
  return (
    <section class={`card drop ${isOver ? 'over' : ''}`}>
      <h3>{text('files')}</h3>
      <p class="faint">{text('filesHint')}</p>
      <div class="line">
        <FileButton label={text('filesChoose')} />
        <FileButton label={text('folderChoose')} isFolder />
      </div>
    </section>
  );
}

function FileButton({ label, isFolder = false }: { readonly label: string; readonly isFolder?: boolean }) {
  const { studio } = useText();
  const choose = async ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
    const files = [...(currentTarget.files ?? [])].map(placed);
    currentTarget.value = '';
    await studio.importFiles(files);
  };
  return (
    <label class="file-button">
      {label}
      <input type="file" class="unseen" multiple onChange={choose} {...(isFolder && { webkitdirectory: true })} />
    </label>
  );
}

function placed(file: File): PlacedFile {
  return { file, path: file.webkitRelativePath || file.name };
}

/** The project as a file. */
export function ProjectPanel() {
  const { studio, text } = useText();
  const { project, isEmpty, setProject, replace, say } = studio.state;
  const save = async () => {
    const bytes = await studio.saveProject();
    if (bytes === undefined) return;
    const name = `${slug(project.value.title)}.zip`;
    download(name, bytes);
    say('saved', { name });
  };
  return (
    <section class="card">
      <h3>{text('project')}</h3>
      <label class="field">
        {text('projectName')}
        <input
          value={project.value.title}
          maxLength={80}
          onChange={(event) => setProject({ title: event.currentTarget.value.trim() || EMPTY_PROJECT.title })}
        />
      </label>
      <div class="line">
        <button type="button" disabled={isEmpty.value} onClick={save}>
          {text('projectSave')}
        </button>
        <button type="button" disabled={isEmpty.value} onClick={() => replace({ project: EMPTY_PROJECT, clips: [] })}>
          {text('projectNew')}
        </button>
      </div>
    </section>
  );
}
