import { useInspector, useNowAndThen } from '../client/inspector-context.js';
import { countText } from '../client/format.js';
import { ChangesList } from './changes-list.js';
import { ExportButtons } from './export-buttons.js';
import { ImportField } from './import-field.js';
import { PlayControls } from './play-controls.js';
import { RecordButton } from './record-button.js';

/** Keeps what happens as a file, and looks at such a file. */
export function RecordingView(): React.ReactNode {
  useNowAndThen();
  const { recorder, model, status } = useInspector();
  const isOffline = status.phase === 'recording' || status.phase === 'reading';
  return (
    <div className="recording">
      <section className="panel" aria-label="Record">
        <h2>Record</h2>
        <p className="soft">
          What happens from the start to the stop, one JSON object a line. The project’s own <code>readRecording</code>{' '}
          and <code>play</code> take such a file, and publish it on a fresh bus at any speed.
        </p>
        <div className="controls">
          <RecordButton />
          <ExportButtons />
        </div>
        <p data-figure="recorded">
          {countText(recorder.records.length)} records{recorder.isFull ? ': it is full, and has stopped' : ''}
          {recorder.lost > 0 ? `, ${countText(recorder.lost)} lost on the way` : ''}
        </p>
      </section>
      <section className="panel" aria-label="Open">
        <h2>Open a recording</h2>
        <p className="soft">It is read here; nothing leaves this page, and nothing of it runs.</p>
        <ImportField />
        {isOffline && <PlayControls />}
      </section>
      <section className="panel" aria-label="What else has happened">
        <h2>What else has happened</h2>
        <ChangesList changes={model.changes} />
      </section>
    </div>
  );
}
