import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { SourceState } from '../../model/index.js';
import { Announcer } from './announcer.js';
import { BridgeTable } from './bridge-table.js';
import { BusStrip } from './bus-strip.js';
import { ChannelTable } from './channel-table.js';
import { Figures } from './figures.js';
import { injectShown } from './inject-shown.js';
import { LoginForm } from './login-form.js';
import { Masthead } from './masthead.js';
import { Notice } from './notice.js';
import { PlaybackControls } from './playback-controls.js';
import { WALLBOARD } from './provide-wallboard.js';
import { RateChart } from './rate-chart.js';

@Component({
  selector: 'app-wallboard',
  imports: [
    Announcer,
    BridgeTable,
    BusStrip,
    ChannelTable,
    Figures,
    LoginForm,
    Masthead,
    Notice,
    PlaybackControls,
    RateChart,
  ],
  template: `
    @let state = sourceState();
    <header appMasthead></header>
    @if (state.problem !== null) {
      <section appNotice></section>
    }
    @if (source.kind === 'live' && state.asksLogin) {
      <form appLoginForm [source]="source"></form>
    }
    <main class="board">
      <section appFigures></section>
      <section appRateChart></section>
      <app-channel-table />
      <app-bridge-table />
    </main>
    <footer class="foot">
      @if (source.kind === 'playback') {
        <section appPlaybackControls [playback]="source"></section>
      }
      <section appBusStrip></section>
    </footer>
    <p appAnnouncer></p>
  `,
  host: { class: 'wallboard' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class App {
  protected readonly source = inject(WALLBOARD).source;
  protected readonly sourceState = injectShown(SourceState);
}
