import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { SourceState } from '../../model/index.js';
import { injectShown } from './inject-shown.js';
import { WALLBOARD } from './provide-wallboard.js';

/** What is wrong. Not spoken at once: attempts to connect may go on all night. */
@Component({
  selector: 'section[appNotice]',
  template: `
    <span class="glyph glyph--{{ state().phase }}" aria-hidden="true"></span>
    <p class="notice__text">{{ state().problem }}</p>
    @if (source.kind === 'playback') {
      <button type="button" class="button" (click)="source.retry()">Try again</button>
    }
  `,
  host: { class: 'notice', '[class]': '"notice--" + state().phase', 'aria-label': 'Problem' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Notice {
  protected readonly source = inject(WALLBOARD).source;
  protected readonly state = injectShown(SourceState);
}
