import { useInspector, useEachFrame } from '../client/inspector-context.js';
import { countText, timeText } from '../client/format.js';
import { Button } from '../parts/button.js';

const SPEEDS: readonly (readonly [speed: number, name: string])[] = [
  [1, 'As recorded'],
  [10, '10 times'],
  [100, '100 times'],
  [Infinity, 'At once'],
];

/** Plays the recording that is open again, at a speed. */
export function PlayControls(): React.ReactNode {
  useEachFrame();
  const client = useInspector();
  const { playback, model } = client;
  if (playback === undefined) return null;
  return (
    <div className="play">
      <div className="controls" role="group" aria-label="Play again">
        {SPEEDS.map(([speed, name]) => (
          <Button key={name} isPressed={playback.speed === speed} onPress={() => client.play(speed)}>
            {name}
          </Button>
        ))}
        <Button
          isDisabled={playback.isAtEnd}
          isPressed={playback.isPaused}
          onPress={() => client.pausePlayback(!playback.isPaused)}
        >
          {playback.isPaused ? 'Go on' : 'Pause'}
        </Button>
      </div>
      <progress max={Math.max(1, playback.total)} value={playback.position} aria-label="Played" />
      <output aria-live="off" data-figure="played">
        {countText(playback.position)} of {countText(playback.total)} records
        {model.now > 0 ? `, ${timeText(model.now)}` : ''}
      </output>
    </div>
  );
}
