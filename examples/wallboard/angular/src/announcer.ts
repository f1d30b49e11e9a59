import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { toLatestSignal } from '@stasis-rx/angular';
import { Announcement } from '../../model/index.js';
import { WALLBOARD } from './provide-wallboard.js';

/** Says the few things that those who do not see the board would miss. */
@Component({
  selector: 'p[appAnnouncer]',
  template: '{{ words()?.data }}',
  host: { class: 'visually-hidden', role: 'status' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Announcer {
  protected readonly words = toLatestSignal(inject(WALLBOARD).announcements, Announcement);
}
