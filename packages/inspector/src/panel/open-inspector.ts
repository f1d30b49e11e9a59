import { StasisError, type Bus } from '@stasis-rx/core';
import { assert, assertBus, assertOption } from '../ground/assert.js';
import { systemClock, type Clock } from '../ground/clock.js';
import { limitsOf, type InspectorLimits, type Limits } from '../ground/limits.js';
import type { Redact } from '../recording/redactor.js';
import { Tape } from '../recording/tape.js';
import { openWindow } from './open-window.js';
import type { ShownPanel } from './shown-panel.js';

/** How an inspector is opened in a page. */
export interface OpenInspectorOptions {
  /** Where: at the bottom of the page, or in a window of its own. Default: `panel`. */
  readonly in?: 'panel' | 'window' | undefined;
  /** What of a message is shown. Default: all of its data. */
  readonly redact?: Redact | undefined;
  /** How much is kept and shown. */
  readonly limits?: InspectorLimits | undefined;
  /** Whether one may pause, step and resume subscriptions, and hold and release the bus. Default: `true`. */
  readonly control?: boolean | undefined;
  /** Clock and timers. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/** An inspector that is open. */
export interface InspectorPanel {
  /** Until `close`, or until it was closed by who looks at it. */
  readonly isOpen: boolean;
  /** Closes it; nothing is recorded any more. Doing it twice does nothing. */
  close(): void;
  /** Same as `close`. */
  [Symbol.dispose](): void;
}

/** Gives the page that is shown. */
export type LoadPage = () => Promise<{ readonly html: string }>;

/** What is shown, and how. */
interface PanelOptions extends OpenInspectorOptions {
  readonly load: LoadPage;
  readonly limits: Limits;
}

const call = '[inspector] openInspector()';

/**
 * Shows what goes on in a bus, in the page that the bus is in. It records from now until it is closed. The inspector's own
 * page is loaded only now, and stands in a frame that gets at nothing of the application.
 *
 * @throws InvalidArgumentError when an argument or option cannot work
 * @throws StasisError with code `NO_DOCUMENT` outside of a page, or `WINDOW_BLOCKED`
 * @example
 * addEventListener('keydown', ({ key }) => key === 'F9' && openInspector(bus));
 */
export function openInspector(bus: Bus, options: OpenInspectorOptions = {}): InspectorPanel {
  return openPanel(bus, options, () => import('@stasis-rx/inspector/page'));
}

/** The same with a page of one's own. */
export function openPanel(bus: Bus, options: OpenInspectorOptions, load: LoadPage): InspectorPanel {
  assertBus(call, bus);
  const { in: where = 'panel' } = options;
  assert(['panel', 'window'].includes(where), call, "in to be 'panel' or 'window'", where);
  assertOption(call, 'redact', options.redact, 'function');
  assertOption(call, 'control', options.control, 'boolean');
  const limits = limitsOf(call, options.limits);
  if (typeof document === 'undefined') {
    throw new StasisError('NO_DOCUMENT', `${call}: it needs a document. Use serveInspector().`);
  }
  const opened = where === 'window' ? openWindow(window) : undefined;
  return new OpenPanel(bus, new Tape(bus, limits), opened, { ...options, load, limits });
}

class OpenPanel implements InspectorPanel {
  readonly #bus: Bus;
  readonly #tape: Tape;
  readonly #window: Window | undefined;
  #shown: ShownPanel | undefined;
  isOpen = true;

  constructor(bus: Bus, tape: Tape, opened: Window | undefined, options: PanelOptions) {
    this.#bus = bus;
    this.#tape = tape;
    this.#window = opened;
    tape.start();
    void this.#show(options);
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#tape.stop();
    this.#shown?.remove();
    this.#window?.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** What it takes to look is loaded when somebody looks. */
  async #show({ load, limits, redact, control = true, clock = systemClock }: PanelOptions): Promise<void> {
    try {
      const [{ html }, { showPanel }] = await Promise.all([load(), import('./shown-panel.js')]);
      if (!this.isOpen) return;
      const settings = { limits, clock, redact, isControllable: control, isAlwaysRecorded: true };
      this.#shown = showPanel(html, this.#window, {
        bus: this.#bus,
        tape: this.#tape,
        settings,
        close: () => this.close(),
      });
    } catch (cause) {
      this.#bus.report(new StasisError('NO_PAGE', `${call}: the inspector cannot be loaded.`, { cause }));
      this.close();
    }
  }
}
