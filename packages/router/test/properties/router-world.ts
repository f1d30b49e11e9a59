import { World } from '../../../core/test/properties/world.js';
import type { RouterWitness } from './router-witness.js';

/** Where programs with routers run. */
export class RouterWorld extends World {
  /** The variables of the program. */
  readonly routers = new Map<string, RouterWitness>();
  readonly everyRouter: RouterWitness[] = [];

  override checkState(): void {
    super.checkState();
    for (const router of this.everyRouter) router.checkState();
  }

  protected override isQuiet(): boolean {
    for (const router of this.everyRouter) router.catchUp();
    return super.isQuiet() && this.everyRouter.every((router) => router.isQuiet);
  }
}
