import { DecimalPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component } from '@angular/core';
import { CallFigures } from '../../model/index.js';
import { Figure } from './figure.js';
import { injectShown } from './inject-shown.js';

@Component({
  selector: 'section[appFigures]',
  imports: [DecimalPipe, Figure],
  template: `
    @let shown = figures();
    <dl class="figures">
      <div appFigure name="Answered" [value]="shown.answered" tone="good">
        of <span data-figure="calls">{{ shown.calls | number }}</span> calls
      </div>
      <div appFigure name="Lost" [value]="shown.lost" tone="bad">unanswered</div>
      <div appFigure name="Longest wait" [value]="shown.longestWait" tone="warn">
        <span data-figure="waiting">{{ shown.waiting }}</span> waiting · at most
        <span data-figure="longest-wait-ever">{{ shown.longestWaitEver }}</span>
      </div>
    </dl>
  `,
  host: { class: 'board__figures', 'aria-label': 'Calls' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Figures {
  protected readonly figures = injectShown(CallFigures);
}
