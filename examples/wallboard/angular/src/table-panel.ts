import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** A table of what is alive, or a text where nothing is. The frame scrolls, also by keyboard. Its content: head and body. */
@Component({
  selector: 'section[appTablePanel]',
  template: `
    <div class="panel__head">
      <h2 class="panel__title" [id]="titleId()">{{ title() }}</h2>
      <span class="panel__count" [attr.data-figure]="name() + '-alive'">{{ alive() }}</span>
      <span class="panel__note">
        <span [attr.data-figure]="name() + '-created'">{{ created() }}</span> so far
      </span>
    </div>
    @if (alive() === 0) {
      <p class="empty">{{ emptyText() }}</p>
    } @else {
      <div class="table-frame" role="region" [attr.aria-labelledby]="titleId()" tabindex="0">
        <table class="table" [attr.aria-labelledby]="titleId()">
          <ng-content />
        </table>
        @if (more() > 0) {
          <p class="table-more">and {{ more() }} more</p>
        }
      </div>
    }
  `,
  host: { class: 'panel', '[class]': '"board__" + name()', '[attr.aria-labelledby]': 'titleId()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TablePanel {
  readonly name = input.required<'channels' | 'bridges'>();
  readonly title = input.required<string>();
  /** How many there are now. */
  readonly alive = input.required<number>();
  /** How many there have been. */
  readonly created = input.required<number>();
  /** How many have no row. */
  readonly more = input.required<number>();
  readonly emptyText = input.required<string>();

  protected readonly titleId = computed(() => `${this.name()}-title`);
}
