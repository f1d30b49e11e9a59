import { useEffect, useEffectEvent } from 'react';

/** Does something at a key, unless somebody writes just then, or another key is held. */
export function useShortcut(key: string, act: () => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const { target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
    if (event.key !== key || ctrlKey || metaKey || altKey || defaultPrevented || isWriting(target)) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => pressed(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=range]), select, textarea, dialog') !== null;
}
