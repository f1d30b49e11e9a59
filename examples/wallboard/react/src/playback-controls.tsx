import type { ReactNode } from 'react';
import { BoardTime, RECORDINGS, SourceState, type Playback } from '../../model/index.js';
import { useShown } from './use-shown.js';

export function PlaybackControls({ playback }: { playback: Playback }): ReactNode {
  return (
    <section className="controls" aria-label="Playback">
      <PlayButton playback={playback} />
      <Position />
      <Speed playback={playback} />
      <RecordingChoice />
    </section>
  );
}

function PlayButton({ playback }: { playback: Playback }): ReactNode {
  const { phase } = useShown(SourceState);
  const isPlaying = phase === 'playing';
  const toggle = () => (isPlaying ? playback.pause() : playback.play());
  const text = isPlaying ? 'Pause' : phase === 'finished' ? 'Play again' : 'Play';
  const isDisabled = phase === 'loading' || phase === 'failed';
  return (
    <button type="button" className="button button--primary" onClick={toggle} disabled={isDisabled}>
      {text}
    </button>
  );
}

function Position(): ReactNode {
  const { position, duration, fraction } = useShown(BoardTime);
  return (
    <div className="position">
      <span data-figure="position">{position}</span>
      {duration !== '' && (
        <>
          <progress value={fraction} max={1} aria-label="Position in the recording" />
          <span>{duration}</span>
        </>
      )}
    </div>
  );
}

function Speed({ playback }: { playback: Playback }): ReactNode {
  const { speed, isFullSpeed } = useShown(SourceState);
  return (
    <>
      <label className="field">
        Speed
        <input
          type="range"
          min={1}
          max={100}
          value={speed}
          aria-valuetext={`${speed} times as fast`}
          onChange={(event) => playback.setSpeed(event.currentTarget.valueAsNumber)}
        />
        <span className="field__value" aria-hidden="true">
          ×{speed}
        </span>
      </label>
      <button
        type="button"
        className="button"
        aria-pressed={isFullSpeed}
        onClick={() => playback.setFullSpeed(!isFullSpeed)}
      >
        Full speed
      </button>
    </>
  );
}

/** Another recording is another page: the form asks for it by the query. Choosing alone does not, the keys go through all. */
function RecordingChoice(): ReactNode {
  const { name } = useShown(SourceState);
  if (!RECORDINGS.includes(name)) return null;
  return (
    <form className="field">
      <label className="field">
        Recording
        <select name="recording" defaultValue={name}>
          {RECORDINGS.map((recording) => (
            <option key={recording}>{recording}</option>
          ))}
        </select>
      </label>
      <button type="submit" className="button">
        Open
      </button>
    </form>
  );
}
