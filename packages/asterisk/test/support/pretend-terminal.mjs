// Makes the program believe that a terminal reads its output; the test still gets it through pipes.
const { columns = 120, rows = 40 } = JSON.parse(process.env.PRETEND_TERMINAL ?? '{}');
const terminal = {
  isTTY: { value: true },
  columns: { value: columns },
  rows: { value: rows },
  hasColors: { value: () => false },
};
Object.defineProperties(process.stdout, terminal);
Object.defineProperties(process.stderr, terminal);
