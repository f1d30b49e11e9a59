import { BusProvider } from '@stasis-rx/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { bus } from './messages';

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <BusProvider bus={bus}>
      <App />
    </BusProvider>
  </StrictMode>,
);
