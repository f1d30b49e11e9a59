import { ChangeDetectionStrategy, Component } from '@angular/core';
import { BoardTime, SourceState } from '../../model/index.js';
import { injectShown } from './inject-shown.js';
import { ThemeButton } from './theme-button.js';

@Component({
  selector: 'header[appMasthead]',
  imports: [ThemeButton],
  template: `
    @let source = sourceState();
    <h1 class="masthead__title">Wallboard</h1>
    <p class="masthead__source">
      <span class="badge badge--{{ source.phase }}" [attr.data-phase]="source.phase">
        <span class="glyph glyph--{{ source.phase }}" aria-hidden="true"></span>
        {{ source.text }}
      </span>
      <span>{{ source.name }}</span>
    </p>
    <p class="masthead__time">
      <span>{{ time().date }}</span>
      <span class="masthead__clock">{{ time().clock }}</span>
    </p>
    <button appThemeButton></button>
  `,
  host: { class: 'masthead' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Masthead {
  protected readonly sourceState = injectShown(SourceState);
  protected readonly time = injectShown(BoardTime);
}
