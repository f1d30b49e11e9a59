// A bus by the constructor: parameters have decorators only where `experimentalDecorators` is set.
import { Component, Inject, Input, Optional } from '@angular/core';
import { BUS, injectTopic, toLatestSignal } from '@stasis-rx/angular';
import { messageType, type Bus, type Message } from '@stasis-rx/core';

const CallAnswered = messageType<{ readonly agent: string }>('call_answered');

@Component({ selector: 'app-agent', template: '{{ latest()?.data?.agent }}' })
export class AgentComponent {
  @Input() title = '';
  readonly latest = toLatestSignal(injectTopic<Message<{ readonly agent: string }>>('calls'), CallAnswered);

  constructor(
    @Inject(BUS) readonly bus: Bus,
    @Optional() @Inject(BUS) readonly other: Bus | null,
  ) {
    // @ts-expect-error a bus has no such method
    bus.publish(CallAnswered({ agent: this.title }));
  }
}
