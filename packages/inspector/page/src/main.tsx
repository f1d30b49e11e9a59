import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../design/page.css';
import { connect } from './client/connect.js';
import { InspectorClient } from './client/inspector-client.js';
import { InspectorContext } from './client/inspector-context.js';
import { restoreTheme } from './client/theme.js';
import { App } from './shell/app.js';

restoreTheme();
const client = new InspectorClient();
connect(client);
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <InspectorContext value={client}>
        <App />
      </InspectorContext>
    </StrictMode>,
  );
}
