import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** A development server, as `npm run` starts it. */
export interface DevServer {
  /** The address that it prints. */
  readonly address: string;
  close(): Promise<void>;
}

/** Starts one on a free port. @throws Error when it ends without an address: with what it said */
export async function startDevServer(script: string): Promise<DevServer> {
  const example = resolve(__dirname, '../..');
  // In a group of its own: npm starts a shell, and that the server.
  const server = spawn('npm', ['run', '--silent', script, '--', '--port', '0'], { cwd: example, detached: true });
  const close = async () => {
    if (server.exitCode !== null || server.pid === undefined) return;
    const ended = once(server, 'close');
    process.kill(-server.pid);
    await ended;
  };
  try {
    return { address: await addressFrom(server), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function addressFrom(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = '';
    const listen = (text: Buffer) => {
      said += stripVTControlCharacters(text.toString());
      const address = /https?:\/\/localhost:\d+\//.exec(said)?.[0];
      if (address !== undefined) found(address);
      else if (/\bERROR\b/.test(said)) failed(new Error(`the server reports an error: ${said}`));
    };
    server.stdout?.on('data', listen);
    server.stderr?.on('data', listen);
    server.once('close', () => failed(new Error(`the server ended without an address: ${said}`)));
  });
}
