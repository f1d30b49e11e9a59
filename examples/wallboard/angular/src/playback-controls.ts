import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { BoardTime, RECORDINGS, SourceState, type Playback } from '../../model/index.js';
import { injectShown } from './inject-shown.js';
import { PlayButton } from './play-button.js';
import { RecordingChoice } from './recording-choice.js';

@Component({
  selector: 'section[appPlaybackControls]',
  imports: [PlayButton, RecordingChoice],
  template: `
    @let source = sourceState();
    <button appPlayButton [playback]="playback()"></button>
    <div class="position">
      <span data-figure="position">{{ time().position }}</span>
      @if (time().duration !== '') {
        <progress [value]="time().fraction" max="1" aria-label="Position in the recording"></progress>
        <span>{{ time().duration }}</span>
      }
    </div>
    <label class="field">
      Speed
      <input
        #speed
        type="range"
        min="1"
        max="100"
        [value]="source.speed"
        [attr.aria-valuetext]="source.speed + ' times as fast'"
        (input)="playback().setSpeed(speed.valueAsNumber)"
      />
      <span class="field__value" aria-hidden="true">×{{ source.speed }}</span>
    </label>
    <button
      type="button"
      class="button"
      [attr.aria-pressed]="source.isFullSpeed"
      (click)="playback().setFullSpeed(!source.isFullSpeed)"
    >
      Full speed
    </button>
    @if (recordings.includes(source.name)) {
      <form appRecordingChoice [name]="source.name"></form>
    }
  `,
  host: { class: 'controls', 'aria-label': 'Playback' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PlaybackControls {
  readonly playback = input.required<Playback>();

  protected readonly sourceState = injectShown(SourceState);
  protected readonly time = injectShown(BoardTime);
  protected readonly recordings = RECORDINGS;
}
