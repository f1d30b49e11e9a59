import { useState } from 'react';
import { readRecordingText } from '../../../src/model/recording/read-recording.js';
import { useInspector } from '../client/inspector-context.js';

/** So much a browser can hold as one text. */
const MOST_BYTES = 400e6;

/** Opens a file. */
export function ImportField(): React.ReactNode {
  const client = useInspector();
  const [problem, setProblem] = useState('');
  const open = async (file: File): Promise<void> => {
    try {
      if (file.size > MOST_BYTES) throw new Error('it is larger than 400 MB');
      const recording = readRecordingText(await file.text());
      setProblem(recording.passedOver > 0 ? `${recording.passedOver} lines were passed over.` : '');
      client.openRecording(recording, file.name);
    } catch (error) {
      setProblem(`${file.name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <>
      <label className="field">
        <span className="field__label">Recording (.jsonl)</span>
        <input
          type="file"
          accept=".jsonl,.ndjson,application/x-ndjson"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file !== undefined) void open(file);
            target.value = '';
          }}
        />
      </label>
      <p role="alert" className={problem === '' ? undefined : 'notice'}>
        {problem}
      </p>
    </>
  );
}
