import { StasisError } from '@stasis-rx/core';

/**
 * Opens a window, in which nothing stands.
 * @throws StasisError with code `WINDOW_BLOCKED`
 */
export function openWindow(opener: Window): Window {
  const opened = opener.open('', '', 'popup,width=1200,height=800');
  if (opened !== null) return opened;
  const text = '[inspector] openInspector(): the browser opened no window. Call it on a click.';
  throw new StasisError('WINDOW_BLOCKED', text);
}
