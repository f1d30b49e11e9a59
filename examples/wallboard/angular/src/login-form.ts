import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { LiveSource } from '../../model/index.js';

/** Asks how to connect. The fields are read when they are sent: the login is kept nowhere. */
@Component({
  selector: 'form[appLoginForm]',
  template: `
    <label class="field">
      Application
      <input name="app" [value]="source().app" required autocomplete="off" />
    </label>
    <label class="field">
      User
      <input name="user" required autocomplete="off" />
    </label>
    <label class="field">
      Password
      <input name="password" type="password" required autocomplete="off" />
    </label>
    <button type="submit" class="button button--primary">Connect</button>
  `,
  host: {
    class: 'controls panel panel--row',
    'aria-label': 'Login to Asterisk',
    '(submit)': 'login($event)',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LoginForm {
  readonly source = input.required<LiveSource>();

  protected login(event: SubmitEvent): void {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    this.source().login(text(fields, 'app'), `${text(fields, 'user')}:${text(fields, 'password')}`);
  }
}

function text(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}
