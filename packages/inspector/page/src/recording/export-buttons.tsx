import { recordingLines } from '../../../src/model/recording/write-recording.js';
import { useInspector } from '../client/inspector-context.js';
import { Button } from '../parts/button.js';

/** Gives what was recorded as a file. */
export function ExportButtons(): React.ReactNode {
  const { recorder, model } = useInspector();
  const { description } = recorder;
  const save = (): void => {
    if (description === undefined) return;
    const bus = model.hello?.bus ?? description;
    const { name, eid } = bus;
    const lines = recordingLines({ bus: { name, eid }, description, records: recorder.records, lost: recorder.lost });
    download(new Blob([...lines], { type: 'application/x-ndjson' }), `${fileNameOf(name)}.jsonl`);
  };
  return (
    <Button onPress={save} isDisabled={description === undefined || recorder.records.length === 0}>
      Export
    </Button>
  );
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function fileNameOf(name: string): string {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
  return `${name.replaceAll(/[^\w-]+/g, '-').slice(0, 60)}-${time}`;
}
