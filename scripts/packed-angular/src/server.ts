import {
  AngularNodeAppEngine,
  createNodeRequestHandler,
  isMainModule,
  writeResponseToNodeResponse,
} from '@angular/ssr/node';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const browser = join(import.meta.dirname, '..', 'browser');
const engine = new AngularNodeAppEngine();

/** Scripts are files; whatever else there is, is rendered. */
export const reqHandler = createNodeRequestHandler(async (request, response) => {
  if (request.url?.endsWith('.js')) {
    response.setHeader('content-type', 'text/javascript');
    createReadStream(join(browser, request.url)).pipe(response);
    return;
  }
  const page = await engine.handle(request);
  if (page === null) response.writeHead(404).end();
  else await writeResponseToNodeResponse(page, response);
});

if (isMainModule(import.meta.url)) {
  const server = createServer((request, response) => {
    void reqHandler(request, response);
  });
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/\n`);
  });
}
