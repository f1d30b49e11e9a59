import { Component, signal } from '@angular/core';
import { injectTopic, subscribeUntilDestroyed } from '@stasis-rx/angular';
import { CallAnswered } from './messages';

@Component({ selector: 'app-call-count', template: '<output id="count">{{ count() }}</output>' })
export class CallCount {
  readonly count = signal(0);

  constructor() {
    const countOne = (): void => this.count.update((count) => count + 1);
    subscribeUntilDestroyed(injectTopic('calls'), countOne, { accept: [CallAnswered] });
  }
}
