import { ChangeDetectionStrategy, Component, computed } from '@angular/core';
import { BusFigures } from '../../model/index.js';
import { injectShown } from './inject-shown.js';

/** What the bus says of itself. */
@Component({
  selector: 'section[appBusStrip]',
  template: `
    <dl class="strip">
      @for (figure of figures(); track figure.name) {
        <div class="strip__figure">
          <dt>{{ figure.name }}</dt>
          <dd class="strip__value" [attr.data-bus]="figure.name.replaceAll(' ', '-')">{{ figure.value }}</dd>
        </div>
      }
    </dl>
  `,
  host: { 'aria-label': 'Message bus' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class BusStrip {
  readonly #shown = injectShown(BusFigures);
  protected readonly figures = computed(() => {
    const { perSecond, published, topics, subscriptions, waiting, deepest, slowestMs } = this.#shown();
    return [
      stripFigure('messages a second', perSecond),
      stripFigure('published', published),
      stripFigure('topics', topics),
      stripFigure('subscriptions', subscriptions),
      stripFigure('waiting', waiting),
      stripFigure('deepest mailbox', deepest),
      stripFigure('slowest handler, ms', slowestMs),
    ];
  });
}

function stripFigure(name: string, value: number | string): { name: string; value: string } {
  return { name, value: value.toLocaleString('en-GB') };
}
