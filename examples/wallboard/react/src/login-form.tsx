import type { ReactNode } from 'react';
import type { LiveSource } from '../../model/index.js';

/** Asks how to connect. The fields are read when they are sent: the login is kept nowhere. */
export function LoginForm({ source }: { source: LiveSource }): ReactNode {
  const login = (fields: FormData) =>
    source.login(text(fields, 'app'), `${text(fields, 'user')}:${text(fields, 'password')}`);
  return (
    <form className="controls panel panel--row" aria-label="Login to Asterisk" action={login}>
      <label className="field">
        Application
        <input name="app" defaultValue="wallboard" required autoComplete="off" />
      </label>
      <label className="field">
        User
        <input name="user" required autoComplete="off" />
      </label>
      <label className="field">
        Password
        <input name="password" type="password" required autoComplete="off" />
      </label>
      <button type="submit" className="button button--primary">
        Connect
      </button>
    </form>
  );
}

function text(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}
