/**
 * Watches an abort signal.
 * @returns counts the listeners that it has at the time of the call
 */
export function countListeners(signal: AbortSignal): () => number {
  const listeners = new Map<unknown, boolean>();
  const add = signal.addEventListener.bind(signal) as AddListener;
  const remove = signal.removeEventListener.bind(signal) as (type: string, listener: unknown) => void;
  const addEventListener: AddListener = (type, listener, options) => {
    listeners.set(listener, typeof options === 'object' && options.once === true);
    add(type, listener, options);
  };
  const removeEventListener = (type: string, listener: unknown): void => {
    listeners.delete(listener);
    remove(type, listener);
  };
  Object.assign(signal, { addEventListener, removeEventListener });
  return () => [...listeners.values()].filter((isOnce) => !(isOnce && signal.aborted)).length;
}

type AddListener = (type: string, listener: unknown, options?: boolean | AddEventListenerOptions) => void;
