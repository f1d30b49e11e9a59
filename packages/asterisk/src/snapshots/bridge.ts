import type { AriFields } from '../events/ari-fields.js';

/** A bridge, as ARI shows it and with ARI's own field names; what older Asterisks leave out is empty. */
export interface Bridge {
  /** Unique for the life of the bridge. */
  readonly id: string;
  /** The bridging technology in use, such as `simple_bridge`. */
  readonly technology: string;
  /** `mixing` or `holding`. */
  readonly bridge_type: string;
  /** The kind of bridge, such as `basic` or `stasis`. */
  readonly bridge_class: string;
  /** The application or module that asked for it; empty for none. */
  readonly creator: string;
  /** The name that its creator gave it; empty for none. */
  readonly name: string;
  /** Ids of the channels in it. */
  readonly channels: readonly string[];
  /** As ARI writes times: see `parseAriTime`. */
  readonly creationtime: string;
  /** How video is handled: `none`, `talker`, `single` or `sfu`. */
  readonly video_mode: string;
}

/** A bridge that the event may leave out. @throws BrokenAriEventError */
export function readOptionalBridge(event: AriFields, key: string): Bridge | null {
  const fields = event.optionalObject(key);
  return fields && readBridge(fields);
}

/** @throws BrokenAriEventError */
export function readBridge(fields: AriFields): Bridge {
  return {
    ...fields.json,
    id: fields.id('id'),
    technology: fields.text('technology', ''),
    bridge_type: fields.text('bridge_type', ''),
    bridge_class: fields.text('bridge_class', ''),
    creator: fields.text('creator', ''),
    name: fields.text('name', ''),
    channels: fields.texts('channels'),
    creationtime: fields.text('creationtime', ''),
    video_mode: fields.text('video_mode', ''),
  };
}
