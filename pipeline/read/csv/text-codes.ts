import type { CategoricalColumn } from "../../table/table.ts";

/** Collects the cells of a text column as codes, without making a string for each. */
export interface TextCodes {
  /**
   * Takes the bytes from `start` to `end` as the cell of this row.
   *
   * @returns false when the texts cannot be told apart fast enough, or `accepts` refused a new one
   */
  add(row: number, start: number, end: number): boolean;
  /** The codes and categories of a column; rows that were never added are missing. */
  finish(): Pick<CategoricalColumn, "codes" | "categories">;
}

/**
 * Numbers the distinct texts of a column, in a hash table over their bytes. Texts are sorted by UTF-16 code unit in the
 * end, so that the order of rows changes nothing.
 *
 * @param body UTF-8 text in which the cells lie
 * @param accepts asked once per distinct text
 */
export function createTextCodes(body: Buffer, rows: number, accepts: (text: string) => boolean): TextCodes {
  const codes = new Int32Array(rows).fill(-1);
  const texts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const hashes: number[] = [];
  let places = new Int32Array(64).fill(-1);

  function enlarge(): void {
    places = new Int32Array(4 * places.length).fill(-1);
    for (const [code, hash] of hashes.entries()) {
      let place = hash & (places.length - 1);
      while (places[place] !== -1) place = (place + 1) & (places.length - 1);
      places[place] = code;
    }
  }

  function same(code: number, start: number, end: number): boolean {
    const from = starts[code]!;
    if (ends[code]! - from !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (body[from + i] !== body[start + i]) return false;
    return true;
  }

  function add(row: number, start: number, end: number): boolean {
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ body[at]!, 0x01000193);
    hash ^= hash >>> 15;
    let place = hash & (places.length - 1);
    for (let probes = 0; probes < mostProbes; probes++) {
      const code = places[place]!;
      if (code === -1) {
        const text = body.toString("utf8", start, end);
        if (!accepts(text)) return false;
        codes[row] = texts.length;
        places[place] = texts.length;
        texts.push(text);
        starts.push(start);
        ends.push(end);
        hashes.push(hash);
        if (texts.length > places.length / 2) enlarge();
        return true;
      }
      if (same(code, start, end)) {
        codes[row] = code;
        return true;
      }
      place = (place + 1) & (places.length - 1);
    }
    return false;
  }

  function finish() {
    const order = texts.map((_, code) => code).sort((a, b) => (texts[a]! < texts[b]! ? -1 : 1));
    const ranks = new Int32Array(texts.length);
    for (const [rank, code] of order.entries()) ranks[code] = rank;
    for (let row = 0; row < rows; row++) if (codes[row]! >= 0) codes[row] = ranks[codes[row]!]!;
    return { codes, categories: order.map((code) => texts[code]!) };
  }

  return { add, finish };
}

/** A table that is at most half full needs a few; a file made to collide must not take forever. */
const mostProbes = 200;
