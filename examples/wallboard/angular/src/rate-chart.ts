import { DecimalPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component } from '@angular/core';
import { CallRate } from '../../model/index.js';
import { injectShown } from './inject-shown.js';

@Component({
  selector: 'section[appRateChart]',
  imports: [DecimalPipe],
  template: `
    @let shown = rate();
    <div class="panel__head">
      <h2 class="panel__title" id="rate-title">Calls per minute</h2>
      <span class="panel__count" data-figure="calls-per-minute">{{ shown.perMinute | number }}</span>
      <span class="panel__note">a bar is {{ shown.barText }}</span>
    </div>
    <figure class="chart">
      <div class="chart__scale" aria-hidden="true">
        <span>{{ shown.top | number }}</span>
        <span>{{ shown.top / 2 | number }}</span>
        <span>0</span>
      </div>
      <div class="chart__plot">
        <svg
          class="chart__bars"
          [attr.viewBox]="'0 0 ' + shown.slots + ' ' + shown.top"
          preserveAspectRatio="none"
          role="img"
          [attr.aria-label]="shown.summary"
        >
          @for (height of shown.bars; track $index) {
            <rect
              class="chart__bar"
              [attr.x]="$index + 0.1"
              [attr.y]="shown.top - height"
              width="0.8"
              [attr.height]="height"
            />
          }
        </svg>
      </div>
    </figure>
  `,
  host: { class: 'board__rate panel', 'aria-labelledby': 'rate-title' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RateChart {
  protected readonly rate = injectShown(CallRate);
}
