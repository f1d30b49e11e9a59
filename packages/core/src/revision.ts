/**
 * Grows with every change of who gets what on a bus. While it stands still every dispatch plan of the bus holds, which
 * is one comparison for a publish; otherwise a plan looks at the audiences that it was made from.
 */
export class Revision {
  number = 0;
}
