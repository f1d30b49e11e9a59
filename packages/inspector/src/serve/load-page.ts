import { html as notBuilt } from '../page.js';

/** The page; where it has not been built, one that says so. */
export async function loadPage(): Promise<string> {
  try {
    const { html } = await import('@stasis-rx/inspector/page');
    return html;
  } catch {
    return notBuilt;
  }
}
