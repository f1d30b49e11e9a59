import { useInspector } from '../client/inspector-context.js';
import { Button } from '../parts/button.js';

/** Starts to record, and stops. */
export function RecordButton(): React.ReactNode {
  const client = useInspector();
  const { recorder, model, status } = client;
  const press = (): void => {
    if (recorder.isRunning) recorder.stop();
    else recorder.start(model.description);
    client.frames.ask();
  };
  return (
    <Button kind="primary" onPress={press} isDisabled={status.phase !== 'live'}>
      {recorder.isRunning ? '■ Stop' : '● Start'}
    </Button>
  );
}
