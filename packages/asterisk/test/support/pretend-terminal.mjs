// Makes the program believe that a terminal reads its output; the test still gets it through pipes.
const terminal = {
  isTTY: { value: true },
  columns: { value: 120 },
  rows: { value: 40 },
  hasColors: { value: () => false },
};
Object.defineProperties(process.stdout, terminal);
Object.defineProperties(process.stderr, terminal);
