/** What a limit is measured in: UTF-8 bytes are never fewer than characters, however GitHub counts those. */
export function sizeOf(markdown: string): number {
  return Buffer.byteLength(markdown, "utf8");
}

/**
 * As much of a Markdown text as fits, from its start, cut between lines and never inside a fenced block. A heading
 * with nothing left below it is cut, too.
 *
 * @param limit in UTF-8 bytes
 * @param note what to append when something was cut, given the number of characters left out; counts towards the limit
 */
export function fitMarkdown(markdown: string, limit: number, note: (leftOut: number) => string): string {
  if (sizeOf(markdown) <= limit) return markdown;
  const room = limit - sizeOf(note(markdown.length)) - 2;
  const kept: string[] = [];
  let used = 0;
  for (const atom of atomsOf(markdown)) {
    const size = sizeOf(atom) + 1;
    if (used + size > room) break;
    kept.push(atom);
    used += size;
  }
  while (kept.length > 0 && /^(?:#{1,6} .*|\s*)$/.test(kept.at(-1)!)) kept.pop();
  const text = kept.join("\n");
  const cut = note(markdown.length - text.length);
  return text === "" ? cut : `${text}\n\n${cut}`;
}

/** Lines, with fenced blocks kept whole. */
function atomsOf(markdown: string): string[] {
  const atoms: string[] = [];
  let fence: string[] | null = null;
  for (const line of markdown.split("\n")) {
    const marks = line.startsWith("```");
    if (fence !== null) {
      fence.push(line);
      if (!marks) continue;
      atoms.push(fence.join("\n"));
      fence = null;
    } else if (marks) fence = [line];
    else atoms.push(line);
  }
  return fence === null ? atoms : [...atoms, fence.join("\n")];
}
