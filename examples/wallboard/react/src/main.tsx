import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../../design/wallboard.css';
import { restoreTheme } from '../../design/theme.js';
import { createWallboard, readSettings, withoutLogin } from '../../model/index.js';
import { App } from './app.js';
import { WallboardProvider } from './wallboard-context.js';

restoreTheme();
const wallboard = createWallboard(readSettings(location.search));
history.replaceState(null, '', location.pathname + withoutLogin(location.search));

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <WallboardProvider wallboard={wallboard}>
      <App />
    </WallboardProvider>
  </StrictMode>,
);
