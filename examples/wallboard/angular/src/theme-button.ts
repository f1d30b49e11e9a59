import { ChangeDetectionStrategy, Component, computed, signal } from '@angular/core';
import { chooseTheme, currentTheme } from '../../design/theme.js';

@Component({
  selector: 'button[appThemeButton]',
  template: `{{ other() === 'dark' ? 'Dark' : 'Light' }}<span class="visually-hidden"> theme</span>`,
  host: { type: 'button', class: 'button', '(click)': 'choose()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ThemeButton {
  readonly #theme = signal(currentTheme());
  protected readonly other = computed(() => (this.#theme() === 'dark' ? 'light' : 'dark'));

  protected choose(): void {
    const theme = this.other();
    chooseTheme(theme);
    this.#theme.set(theme);
  }
}
