import { ApplicationInitStatus, DestroyRef, effect, inject, Injector, PendingTasks, untracked } from '@angular/core';

/**
 * Calls back once, when the application has been initialised and has rendered since: whatever components that made are there.
 * Until then the application is not stable, so that a server waits for it; or until the environment is destroyed, whose
 * injection context this is to be called in. `afterNextRender` would not do: it calls nothing on a server.
 */
export function whenRendered(callback: () => void): void {
  const injector = inject(Injector);
  const initialisation = inject(ApplicationInitStatus);
  const removeTask = inject(PendingTasks).add();
  inject(DestroyRef).onDestroy(removeTask);

  function finish(): void {
    callback();
    removeTask();
  }

  /** Root effects run while the application renders, and microtasks when it has. */
  function begin(): void {
    untracked(() => effect(() => void Promise.resolve().then(finish), { injector }));
  }

  const isInitialised = initialisation.done as boolean; // by its declaration it never is
  if (isInitialised) begin();
  // Where it fails, Angular has told of it; or the environment has been destroyed meanwhile.
  else initialisation.donePromise.then(begin).catch(() => undefined);
}
