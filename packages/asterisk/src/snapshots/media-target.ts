/** To what a playback or a recording belongs. */
export interface MediaTarget {
  readonly kind: 'channel' | 'bridge';
  readonly id: string;
}

/** Reads `channel:<id>` or `bridge:<id>`. @returns `undefined` for anything else */
export function mediaTarget(uri: string): MediaTarget | undefined {
  const [, kind, id] = /^(channel|bridge):(.+)$/s.exec(uri) ?? [];
  return kind === undefined || id === undefined ? undefined : { kind: kind as MediaTarget['kind'], id };
}
