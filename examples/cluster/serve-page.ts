import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createServer as createVite } from 'vite';

/** The page, served from its sources. */
export interface PageServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly origin: string;
}

/** Serves the page on this machine, on a free port. */
export async function servePage(): Promise<PageServer> {
  // Behind a server of our own: Vite's would end the process at SIGTERM, and leave the others running.
  const server = createServer();
  const vite = await createVite({
    configFile: fileURLToPath(new URL('./page/vite.config.ts', import.meta.url)),
    server: { middlewareMode: true, hmr: { server } },
  });
  server.on('request', vite.middlewares).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await vite.close();
    },
  };
}
