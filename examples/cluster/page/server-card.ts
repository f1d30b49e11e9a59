import { Figures } from './figures.js';
import type { ServerView } from './server-view.js';

/** A server on the page. */
export class ServerCard {
  readonly element: HTMLLIElement = document.createElement('li');
  readonly #state = document.createElement('p');
  readonly #figures: Figures;
  readonly #channels = document.createElement('ul');
  #shown = '';

  constructor(name: string) {
    const title = document.createElement('h3');
    const figures = document.createElement('dl');
    title.textContent = name;
    this.element.dataset.server = name;
    this.#state.className = 'state';
    this.#channels.className = 'channels';
    this.#channels.setAttribute('aria-label', `Channels of ${name}`);
    this.#figures = new Figures(figures);
    this.element.append(title, this.#state, figures, this.#channels);
  }

  show({ totals, channels }: ServerView, epoch: string | undefined): void {
    this.element.dataset.alive = String(totals !== undefined);
    const state = totals === undefined ? 'gone' : `process ${totals.pid}, epoch ${epoch?.slice(0, 8) ?? '?'}`;
    if (this.#state.textContent !== state) this.#state.textContent = state;
    this.#figures.show({
      channels: totals?.channels ?? '–',
      bridges: totals?.bridges ?? '–',
      'channels so far': totals?.created ?? '–',
      'recordings played': totals === undefined ? '–' : `${totals.played} of ${totals.recordings.join(', ')}`,
    });
    this.#showChannels(channels);
  }

  #showChannels(channels: ServerView['channels']): void {
    const shown = channels.map(({ id, state }) => `${id} ${state}`).join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#channels.replaceChildren(
      ...channels.map(({ name, state }) => {
        const item = document.createElement('li');
        item.dataset.state = state;
        item.title = `${name}: ${state}`;
        item.textContent = state;
        return item;
      }),
    );
  }
}
