import { useNavigation, type View } from '../client/navigation.js';

interface MessageLinkProps {
  readonly id: number;
  readonly view?: View;
  readonly children?: React.ReactNode;
}

/** Leads to a message. */
export function MessageLink({ id, view = 'Messages', children }: MessageLinkProps): React.ReactNode {
  const { go } = useNavigation();
  return (
    <button type="button" className="link" onClick={() => go({ view, message: id })}>
      {children ?? `message ${id}`}
    </button>
  );
}
