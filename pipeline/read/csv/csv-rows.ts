/** Collects rows as CSV text, all cells quoted, while it is not yet known how many columns there will be. */
export interface CsvRows {
  /** An absent cell becomes an empty one. NUL would end a cell early in other tools and is dropped. */
  add(cells: readonly (string | undefined)[]): void;
  /** The text with as many cells in every row; at least as many as any row had. To be called once. */
  finish(width: number): Buffer;
}

/** Rows of one width. */
interface Block {
  bytes: Buffer;
  rows: number;
  width: number;
}

/** Characters that are held as strings, which take several times the memory of bytes. */
const blockSize = 1 << 20;

/** Memory: about twice the text, instead of a string for each cell. */
export function createCsvRows(): CsvRows {
  const blocks: Block[] = [];
  let pending: (readonly (string | undefined)[])[] = [];
  let characters = 0;
  let widest = 0;

  function flush(): void {
    const lines = pending.map((cells) => `${Array.from({ length: widest }, (_, at) => quoted(cells[at])).join(",")}\n`);
    blocks.push({ bytes: Buffer.from(lines.join("")), rows: pending.length, width: widest });
    pending = [];
    characters = 0;
  }

  return {
    add(cells) {
      // rows without a cell never fill a block, so that no block is without a column
      if (widest > 0 && cells.length > widest) flush();
      widest = Math.max(widest, cells.length);
      pending.push(cells);
      characters += 3 * widest;
      for (const cell of cells) characters += cell?.length ?? 0;
      if (characters > blockSize) flush();
    },
    finish(width) {
      flush();
      const size = blocks.reduce(
        (sum, { bytes, rows, width: own }) => sum + bytes.length + 3 * rows * (width - own),
        0,
      );
      const text = Buffer.allocUnsafe(size);
      let at = 0;
      for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) at = copy(block, width, text, at);
      return text;
    },
  };
}

function quoted(cell: string | undefined): string {
  return `"${(cell ?? "").replaceAll('"', '""').replaceAll("\0", "")}"`;
}

const quote = 34;
const lineFeed = 10;

/** Copies rows and fills them up with empty cells; a line feed between quotes ends no row. */
function copy({ bytes, width: own }: Block, width: number, text: Buffer, start: number): number {
  if (own === width) return start + bytes.copy(text, start);
  const filling = Buffer.from(',""'.repeat(width - own));
  let at = start;
  let inside = false;
  for (const byte of bytes) {
    if (byte === quote) inside = !inside;
    if (byte === lineFeed && !inside) at += filling.copy(text, at);
    text[at++] = byte;
  }
  return at;
}
