import { useText } from '../context.js';
import { CameraPanel } from './camera-panel.js';
import { ClassList } from './class-list.js';
import { ClipGrid } from './clip-grid.js';
import { FilesPanel, ProjectPanel, ReadyPanel } from './files-panel.js';

/** Recordings: by the camera, from files, or the ready ones. */
export function RecordView() {
  const { studio, text } = useText();
  const { isEmpty, clips } = studio.state;
  return (
    <>
      {isEmpty.value && (
        <section class="card welcome">
          <ol>
            <li>{text('emptyOne')}</li>
            <li>{text('emptyTwo')}</li>
            <li>{text('emptyThree')}</li>
          </ol>
          <ReadyPanel />
        </section>
      )}
      <div class="columns">
        <ClassList />
        <CameraPanel />
        <FilesPanel />
        <ProjectPanel />
      </div>
      {clips.value.length > 0 && (
        <section class="card">
          <h3>
            {text('recordings')} <small class="faint">{text('recordingsCount', { count: clips.value.length })}</small>
          </h3>
          <ClipGrid clips={clips.value} />
        </section>
      )}
    </>
  );
}
