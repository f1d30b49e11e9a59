import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { SourceState, type Playback, type SourcePhase } from '../../model/index.js';
import { injectShown } from './inject-shown.js';

@Component({
  selector: 'button[appPlayButton]',
  template: '{{ text() }}',
  host: {
    type: 'button',
    class: 'button button--primary',
    '[disabled]': 'isDisabled()',
    '(click)': 'toggle()',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PlayButton {
  readonly playback = input.required<Playback>();

  readonly #source = injectShown(SourceState);
  protected readonly text = computed(() => playText(this.#source().phase));
  protected readonly isDisabled = computed(() => ['loading', 'failed'].includes(this.#source().phase));

  protected toggle(): void {
    if (this.#source().phase === 'playing') this.playback().pause();
    else this.playback().play();
  }
}

function playText(phase: SourcePhase): string {
  if (phase === 'playing') return 'Pause';
  return phase === 'finished' ? 'Play again' : 'Play';
}
