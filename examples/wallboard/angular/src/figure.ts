import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** A figure that one reads from the other end of the room, and a note below it. */
@Component({
  selector: 'div[appFigure]',
  template: `
    <dt class="figure__name">{{ name() }}</dt>
    <dd class="figure__value" [attr.data-figure]="key()" [style.--length]="text().length">{{ text() }}</dd>
    <dd class="figure__note"><ng-content /></dd>
  `,
  host: { class: 'figure', '[class]': '"figure--" + tone()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Figure {
  readonly name = input.required<string>();
  readonly value = input.required<number | string>();
  readonly tone = input.required<'good' | 'bad' | 'warn'>();

  protected readonly text = computed(() => this.value().toLocaleString('en-GB'));
  protected readonly key = computed(() => this.name().toLowerCase().replace(' ', '-'));
}
