import type { ComponentFixture } from '@angular/core/testing';

/** Waits until Angular has nothing to do, and returns what the component shows. */
export async function textOf(fixture: ComponentFixture<unknown>): Promise<string> {
  await fixture.whenStable();
  return (fixture.nativeElement as HTMLElement).textContent.trim();
}
