import { Figures } from './figures.js';
import type { ServerView } from './server-view.js';

/** What is younger than this came now, as far as anybody can see. */
const NOW_MS = 1500;

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

  show({ totals, channels, sighting: { epoch, snapshots, lastAt } }: ServerView): void {
    this.element.dataset.alive = String(totals !== undefined);
    const state = totals === undefined ? 'gone' : `process ${totals.pid}, epoch ${epoch?.slice(0, 8) ?? '?'}`;
    if (this.#state.textContent !== state) this.#state.textContent = state;
    this.#figures.show({
      channels: totals?.channels ?? '–',
      bridges: totals?.bridges ?? '–',
      'channels so far': totals?.created ?? '–',
      snapshots,
      'last heard': lastAt === undefined ? '–' : ageText(Date.now() - lastAt),
      'recordings played': totals === undefined ? '–' : `${totals.played} of ${totals.recordings.join(', ')}`,
    });
    this.#showChannels(channels);
  }

  #showChannels(channels: ServerView['channels']): void {
    const shown = channels.map(({ id, state }) => `${id} ${state}`).join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#channels.replaceChildren(...channels.map(channelItem));
  }
}

/** The state is enough to see; who hears it, or points at it, gets the name too. */
function channelItem({ name, state }: ServerView['channels'][number]): HTMLLIElement {
  const item = document.createElement('li');
  const spoken = document.createElement('span');
  spoken.className = 'spoken';
  spoken.textContent = `${name}: `;
  item.dataset.state = state;
  item.title = name;
  item.append(spoken, state);
  return item;
}

function ageText(ageMs: number): string {
  return ageMs < NOW_MS ? 'now' : `${Math.round(ageMs / 1000).toLocaleString('en')} s ago`;
}
