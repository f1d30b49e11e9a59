import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';

/** What goes with every answer: kept nowhere, embedded nowhere, told nowhere. */
export const PLAIN_HEADERS: OutgoingHttpHeaders = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** What goes with the page: of scripts only those run that stand in it. */
export function pageHeaders(html: string): OutgoingHttpHeaders {
  const scripts = Array.from(html.matchAll(/<script\b[^>]*>(.*?)<\/script\s*>/gis), ([, script = '']) =>
    hashOf(script),
  );
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.length === 0 ? "'none'" : scripts.join(' ')}`,
    "style-src 'unsafe-inline'", // charts and graphs set their sizes so
    'img-src data: blob:',
    'font-src data:',
    "connect-src 'self'",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    ...PLAIN_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
  };
}

function hashOf(script: string): string {
  // As browsers do before they compare.
  const text = script.replaceAll('\r\n', '\n');
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
