/** The structure of CSV text: where records are and what is wrong with them. Lines are one-based. */
export interface RecordScan {
  /** Fields of the first record; 0 when the text has no record. */
  fields: number;
  /** Byte offset just after the first record and its line end. */
  firstEnd: number;
  /** Line on which each record starts, the first record included. */
  lines: number[];
  /** Byte ranges of lines without content, line end included; those that follow one another are one range. */
  blanks: { start: number; end: number }[];
  /** Records whose number of fields differs from the first record's. */
  ragged: Spots;
  /** Records with text after a closing quote. */
  strayQuotes: Spots;
  /** Cells over the size limit. */
  oversized: Spots;
  /** Line of a quote that is never closed. */
  unclosedQuote: number | null;
  /** A quoted cell contains a line end. */
  quotedLineEnd: boolean;
  /** Lines without content before the last record; trailing ones are common and harmless. */
  blanksInside: number;
  /** What cells may have at their ends: nothing, spaces, or any whitespace. */
  padding: "none" | "spaces" | "any";
}

/** How often something occurs, and the first ten places with a detail (fields or bytes). */
export interface Spots {
  count: number;
  first: { line: number; detail: number }[];
}

const lineFeed = 10;
const quote = 34;
const space = 32;

/**
 * Walks over UTF-8 CSV text with LF line ends once, about 1 GB/s without quotes. A quote opens a quoted cell only at the
 * start of a cell (spaces may precede it) and is written twice inside it, as RFC 4180 says.
 *
 * @param delimiter byte value
 * @param limits `records`: stop after that many records
 */
export function scanRecords(
  bytes: Buffer,
  delimiter: number,
  limits: { cellBytes: number; records: number },
): RecordScan {
  const scan: RecordScan = {
    fields: 0,
    firstEnd: 0,
    lines: [],
    blanks: [],
    ragged: { count: 0, first: [] },
    strayQuotes: { count: 0, first: [] },
    oversized: { count: 0, first: [] },
    unclosedQuote: null,
    quotedLineEnd: false,
    blanksInside: 0,
    padding: "none",
  };
  const size = bytes.length;
  let at = 0;
  let line = 1;
  let blankLines = 0;
  while (at < size && scan.lines.length < limits.records) {
    const blankEnd = endOfBlankLine(bytes, at, delimiter);
    if (blankEnd > 0) {
      const last = scan.blanks.at(-1);
      if (last?.end === at) last.end = blankEnd;
      else scan.blanks.push({ start: at, end: blankEnd });
      blankLines++;
      at = blankEnd;
      line++;
      continue;
    }
    const recordLine = line;
    let fields = 1;
    for (;;) {
      const start = at;
      while (bytes[at] === space) at++;
      if (bytes[at] === quote) {
        const opened = line;
        at++;
        if (isEdge(bytes[at] ?? 0)) pad(scan, bytes[at]!);
        for (;;) {
          const byte = bytes[at];
          if (byte === undefined) {
            scan.unclosedQuote = opened;
            return scan;
          }
          at++;
          if (byte === lineFeed) {
            line++;
            scan.quotedLineEnd = true;
          } else if (byte === quote) {
            if (bytes[at] !== quote) {
              if (isEdge(bytes[at - 2]!)) pad(scan, bytes[at - 2]!);
              break;
            }
            at++;
          }
        }
        while (bytes[at] === space) at++;
        if (at < size && bytes[at] !== delimiter && bytes[at] !== lineFeed) {
          note(scan.strayQuotes, recordLine, fields);
          while (at < size && bytes[at] !== delimiter && bytes[at] !== lineFeed) at++;
        }
      } else {
        while (at < size && bytes[at] !== delimiter && bytes[at] !== lineFeed) at++;
        if (at > start) {
          if (isEdge(bytes[start]!)) pad(scan, bytes[start]!);
          if (isEdge(bytes[at - 1]!)) pad(scan, bytes[at - 1]!);
        }
      }
      if (at - start > limits.cellBytes) note(scan.oversized, recordLine, at - start);
      if (at >= size || bytes[at] === lineFeed) break;
      fields++;
      at++;
    }
    at++;
    line++;
    if (scan.lines.length === 0) {
      scan.fields = fields;
      scan.firstEnd = Math.min(at, size);
    } else if (fields !== scan.fields) note(scan.ragged, recordLine, fields);
    scan.lines.push(recordLine);
    scan.blanksInside = blankLines;
  }
  return scan;
}

/** Offset after the line when it has only spaces and tabs, else 0. */
function endOfBlankLine(bytes: Buffer, start: number, delimiter: number): number {
  let at = start;
  while (bytes[at] === space || (bytes[at] === 9 && delimiter !== 9)) at++;
  if (at >= bytes.length) return bytes.length;
  return bytes[at] === lineFeed ? at + 1 : 0;
}

/** Space, tab or line feed, or a byte of a no-break space or a byte order mark; other text may have such a byte too. */
function isEdge(byte: number): boolean {
  return (
    byte === space ||
    byte === 9 ||
    byte === lineFeed ||
    byte === 0xc2 ||
    byte === 0xa0 ||
    byte === 0xef ||
    byte === 0xbf
  );
}

function pad(scan: RecordScan, byte: number): void {
  if (byte !== space) scan.padding = "any";
  else if (scan.padding === "none") scan.padding = "spaces";
}

function note(spots: Spots, line: number, detail: number): void {
  spots.count++;
  if (spots.first.length < 10) spots.first.push({ line, detail });
}
