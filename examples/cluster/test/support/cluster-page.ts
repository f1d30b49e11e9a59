import type { Locator, Page } from 'playwright-core';
import { until } from './until.js';

/** The page, as somebody reads it. */
export class ClusterPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits until a figure of the sum has a value. */
  async showsSum(name: string, expected: number): Promise<void> {
    await shows(this.#figure('#sum', name), expected);
  }

  /** Waits until a figure of a server has a value. */
  async shows(server: string, name: string, expected: number): Promise<void> {
    await shows(this.#figure(`[data-server="${server}"] dl`, name), expected);
  }

  /** What a figure of a server says now. */
  async figure(server: string, name: string): Promise<string | null> {
    return this.#figure(`[data-server="${server}"] dl`, name).textContent();
  }

  /** Waits until a server is there, or gone. */
  async showsAlive(server: string, isAlive: boolean): Promise<void> {
    await this.#page.locator(`[data-server="${server}"][data-alive="${isAlive}"]`).waitFor();
  }

  /** Waits for a text. */
  async says(text: string): Promise<void> {
    await this.#page.getByText(text).first().waitFor();
  }

  /** Which process a server is, and its epoch. */
  async identityOf(server: string): Promise<{ pid: number; epoch: string | undefined }> {
    const text = (await this.#page.locator(`[data-server="${server}"] .state`).textContent()) ?? '';
    return { pid: Number(/process (\d+)/.exec(text)?.[1]), epoch: /epoch (\w+)/.exec(text)?.[1] };
  }

  /** The pages that take part, as this one has them. */
  async pages(): Promise<string[]> {
    return ((await this.#page.locator('#pages').textContent()) ?? '').split(', ');
  }

  #figure(list: string, name: string): Locator {
    const term = this.#page.locator('dt', { hasText: new RegExp(`^${name}$`) });
    return this.#page.locator(`${list} > div`, { has: term }).locator('dd');
  }
}

async function shows(value: Locator, expected: number): Promise<void> {
  await until(async () => (await value.textContent()) === expected.toLocaleString('en'));
}
