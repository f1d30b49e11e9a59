import type { CacheWrite } from '../../../src/model/caches/cache-write.js';
import { differencesOf, type Difference } from '../../../src/model/values/differences.js';
import { textOfShown } from '../../../src/model/values/text-of-shown.js';
import { useInspector } from '../client/inspector-context.js';
import { timeText } from '../client/format.js';
import { MessageLink } from '../parts/message-link.js';

interface CacheChangeProps {
  readonly write: CacheWrite;
  /** Goes to the moment after it. */
  readonly goTo: () => void;
}

/** One write: when, who, and where what stood there is another now. */
export function CacheChange({ write, goTo }: CacheChangeProps): React.ReactNode {
  const { model } = useInspector();
  const { at, by, type, snapshot, before, after } = write;
  const cause = by === 0 ? undefined : model.messages.get(by)?.cause;
  return (
    <li className="change">
      <p className="change__head">
        <button
          type="button"
          className="link"
          onClick={goTo}
          aria-label={`${timeText(at)}: to the moment after this change of ${snapshot}`}
        >
          {timeText(at)}
        </button>
        <strong>
          {type} {snapshot}
        </strong>
        <span>{after === undefined ? 'removed' : before === undefined ? 'new' : 'changed'}</span>
        <span className="soft">
          {by === 0 ? 'as nobody holds it any more' : 'by '}
          {by !== 0 && <MessageLink id={by} />}
          {cause !== undefined && (
            <>
              {' because of '}
              <MessageLink id={cause} view="Causes" />
            </>
          )}
        </span>
      </p>
      <ul className="differences">
        {differencesOf(before, after, 20).map((difference) => (
          <DifferenceLine key={difference.path.join('\n')} difference={difference} />
        ))}
      </ul>
    </li>
  );
}

function DifferenceLine({ difference: { path, before, after } }: { readonly difference: Difference }) {
  return (
    <li>
      {path.length > 0 && <span className="differences__path">{path.join('.')} </span>}
      {before !== undefined && <del>{textOfShown(before, 120)}</del>}
      {before !== undefined && after !== undefined && ' → '}
      {after !== undefined && <ins>{textOfShown(after, 120)}</ins>}
    </li>
  );
}
