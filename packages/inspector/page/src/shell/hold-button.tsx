import { useInspector } from '../client/inspector-context.js';
import { Button } from '../parts/button.js';

/** Holds the bus, or releases it. */
export function HoldButton(): React.ReactNode {
  const client = useInspector();
  if (!client.isControllable) return null;
  const isHeld = client.model.description?.isHeld === true;
  return (
    <Button isPressed={isHeld} onPress={() => client.send({ is: isHeld ? 'release' : 'hold' })}>
      {isHeld ? 'Release bus' : 'Hold bus'}
    </Button>
  );
}
