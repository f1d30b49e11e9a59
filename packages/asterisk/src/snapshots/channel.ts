import type { AriFields } from '../events/ari-fields.js';

/**
 * A channel, as ARI shows it and with ARI's own field names. Fields that newer Asterisks add ride along; those that older
 * ones leave out are empty.
 */
export interface Channel {
  /** Unique for the life of the Asterisk, such as `1795372726.8`. */
  readonly id: string;
  /** Technology, resource and a serial number, such as `PJSIP/alice-00000001`. */
  readonly name: string;
  /** `Down`, `Ring`, `Ringing`, `Up`, `Busy`, … */
  readonly state: string;
  /** The channel driver's own id, such as the SIP Call-ID. */
  readonly protocol_id: string;
  /** The party at the end of this channel. */
  readonly caller: CallerId;
  /** The party that it is connected with. */
  readonly connected: CallerId;
  /** For billing; empty when none is set. */
  readonly accountcode: string;
  /** Where it stands in the dialplan. */
  readonly dialplan: DialplanLocation;
  /** When the channel was made, as ARI writes times: see `parseAriTime`. */
  readonly creationtime: string;
  /** Of the prompts that it hears, such as `en`. */
  readonly language: string;
  /** Channel variables that Asterisk is configured to add to every event. */
  readonly channelvars?: Readonly<Record<string, string>>;
}

/** A name and a number; both empty when not known. */
export interface CallerId {
  /** The name as it is displayed. */
  readonly name: string;
  /** The number, as text: it may begin with `+` or `0`. */
  readonly number: string;
}

/** Where a channel stands in the dialplan, and which application it runs there. */
export interface DialplanLocation {
  /** The section of the dialplan. */
  readonly context: string;
  /** The extension within it. */
  readonly exten: string;
  /** The step within the extension. */
  readonly priority: number;
  /** The application that runs there, such as `Dial`. */
  readonly app_name: string;
  /** What the application was given. */
  readonly app_data: string;
}

/** @throws BrokenAriEventError */
export function readChannel(fields: AriFields): Channel {
  return {
    ...fields.json,
    id: fields.id('id'),
    name: fields.text('name'),
    state: fields.text('state'),
    protocol_id: fields.text('protocol_id', ''),
    caller: readCallerId(fields.objectOrEmpty('caller')),
    connected: readCallerId(fields.objectOrEmpty('connected')),
    accountcode: fields.text('accountcode', ''),
    dialplan: readDialplanLocation(fields.objectOrEmpty('dialplan')),
    creationtime: fields.time('creationtime'),
    language: fields.text('language', ''),
  };
}

/** A channel that the event may leave out. @throws BrokenAriEventError */
export function readOptionalChannel(event: AriFields, key: string): Channel | null {
  const fields = event.optionalObject(key);
  return fields && readChannel(fields);
}

function readCallerId(fields: AriFields): CallerId {
  return { ...fields.json, name: fields.text('name', ''), number: fields.text('number', '') };
}

function readDialplanLocation(fields: AriFields): DialplanLocation {
  return {
    ...fields.json,
    context: fields.text('context', ''),
    exten: fields.text('exten', ''),
    priority: fields.integer('priority', 0),
    app_name: fields.text('app_name', ''),
    app_data: fields.text('app_data', ''),
  };
}
