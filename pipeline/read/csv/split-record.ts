/**
 * The trimmed cells of the first record of CSV text, quotes resolved. Meant for header lines: simple, not fast.
 *
 * @example splitRecord('a, "b;c" ;""\n1;2;3\n', ";"); // ["a, \"b", "c\"", ""]: a quote only opens at a cell's start
 */
export function splitRecord(text: string, delimiter: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let cell = "";
    const opening = /^ *"/.exec(text.slice(at, at + 1000));
    if (opening !== null) {
      at += opening[0].length;
      for (;;) {
        const closing = text.indexOf('"', at);
        const end = closing < 0 ? text.length : closing;
        cell += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at++;
      }
    }
    while (at < text.length && text[at] !== delimiter && text[at] !== "\n") cell += text[at++];
    cells.push(cell.trim());
    if (text[at] !== delimiter) return cells;
    at++;
  }
}
