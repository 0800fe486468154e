/** How one pull request of the demo ended. */
export interface Outcome {
  pullRequest: string;
  verdict: string;
  reason: string;
  merge: string;
  /** What the demo expected in place of verdict and merge, when it was something else. */
  unexpected: string | null;
  page: string;
}

/** The table at the end of the demo, as plain text lines; the reason is wrapped. */
export function closingTable(outcomes: Outcome[]): string[] {
  const headings = ["pull request", "verdict", "merge", "reason"];
  const rows = outcomes.map(({ pullRequest, verdict, merge, reason, unexpected }) => [
    pullRequest,
    verdict,
    unexpected === null ? merge : `${merge} (UNEXPECTED: ${unexpected})`,
    reason,
  ]);
  const widths = headings.map((heading, column) =>
    column === 3 ? 60 : Math.max(heading.length, ...rows.map((row) => row[column]!.length)),
  );
  const print = (cells: string[]): string[] => {
    const reason = wrap(cells[3]!, widths[3]!);
    return reason.map((part, index) =>
      [...cells.slice(0, 3).map((cell, column) => (index === 0 ? cell : "").padEnd(widths[column]!)), part]
        .join("  ")
        .trimEnd(),
    );
  };
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [...print(headings), rule, ...rows.flatMap(print), "", ...new Set(outcomes.map(({ page }) => page))];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [""];
  for (const word of text.split(/\s+/)) {
    const current = lines.at(-1)!;
    if (current !== "" && current.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = current === "" ? word : `${current} ${word}`;
  }
  return lines;
}
