import { Component, NgZone, signal } from '@angular/core';
import { injectTopic, subscribeUntilDestroyed } from '@stasis-rx/angular';
import { CallAnswered } from './messages';

/** Counts, and shows in which zone. */
@Component({
  selector: 'app-call-count',
  template: '<output id="count">{{ count() }}</output> <output id="zone">{{ zone() }}</output>',
})
export class CallCount {
  readonly count = signal(0);
  readonly zone = signal('');

  constructor() {
    const countOne = (): void => {
      this.count.update((count) => count + 1);
      this.zone.set(NgZone.isInAngularZone() ? 'angular' : 'none');
    };
    subscribeUntilDestroyed(injectTopic('calls'), countOne, { accept: [CallAnswered] });
  }
}
