import type { ReactNode } from 'react';
import { SourceState } from '../../model/index.js';
import { Announcer } from './announcer.js';
import { BridgeTable } from './bridge-table.js';
import { BusStrip } from './bus-strip.js';
import { ChannelTable } from './channel-table.js';
import { Figures } from './figures.js';
import { LoginForm } from './login-form.js';
import { Masthead } from './masthead.js';
import { Notice } from './notice.js';
import { PlaybackControls } from './playback-controls.js';
import { RateChart } from './rate-chart.js';
import { useShown } from './use-shown.js';
import { useWallboard } from './wallboard-context.js';

export function App(): ReactNode {
  const { source } = useWallboard();
  const { asksLogin } = useShown(SourceState);
  return (
    <div className="wallboard">
      <Masthead />
      <Notice />
      {source.kind === 'live' && asksLogin && <LoginForm source={source} />}
      <main className="board">
        <Figures />
        <RateChart />
        <ChannelTable />
        <BridgeTable />
      </main>
      <footer className="foot">
        {source.kind === 'playback' && <PlaybackControls playback={source} />}
        <BusStrip />
      </footer>
      <Announcer />
    </div>
  );
}
