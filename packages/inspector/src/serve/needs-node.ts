import { StasisError, type Bus } from '@stasis-rx/core';
import type { ServedInspector } from './served-inspector.js';
import type { ListenOptions, ServeInspectorOptions } from './serve-options.js';

/**
 * What stands for it in browsers.
 * @throws StasisError (rejects) with code `NEEDS_NODE`
 */
export function serveInspector(_bus: Bus, _options?: ServeInspectorOptions): Promise<ServedInspector> {
  return Promise.reject(needsNode('serveInspector', 'Use openInspector().'));
}

/**
 * What stands for it in browsers.
 * @throws StasisError (rejects) with code `NEEDS_NODE`
 */
export function serveRecording(_text: string, _options?: ListenOptions): Promise<ServedInspector> {
  return Promise.reject(needsNode('serveRecording', 'Import the recording into an inspector.'));
}

function needsNode(call: string, hint: string): StasisError {
  return new StasisError('NEEDS_NODE', `[inspector] ${call}(): it needs Node. ${hint}`);
}
