/** The element of `index.html` that has this id. */
export function elementOf(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}
