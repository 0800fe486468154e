/** Far more than the largest row. */
const maxLineBytes = 16 * 1024 * 1024;
const lineFeed = 10;

/**
 * The lines of an exported file. Null: bytes that are no UTF-8, or more than any row has. A line end at the very end of the file may
 * be missing; nothing is lost with it.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string | null> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const add = (part: Uint8Array) => {
    bytes += part.length;
    if (bytes <= maxLineBytes) parts.push(part);
  };
  const end = () => {
    const line = bytes <= maxLineBytes ? decode(Buffer.concat(parts)) : null;
    parts = [];
    bytes = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, start)) {
      add(chunk.subarray(start, at));
      yield end();
      start = at + 1;
    }
    add(chunk.subarray(start));
  }
  if (bytes > 0) yield end();
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
