/** What ticking or unticking a box of the comment asks for, as it is drawn. */
export interface Box {
  /** `waive`: drawn empty, a tick waives. `unwaive`: drawn ticked, whoever empties it takes that back. */
  does: "waive" | "unwaive";
  fingerprints: readonly string[];
  /** The commit that the comment is about. */
  headSha: string;
}

/** At the start of a line of a list, below which nothing of a pull request can stand: every text of one is escaped. */
const drawnBox =
  /^( {0,4}- \[)([ xX])(\] <!-- modelsync:(waive|unwaive) ([0-9a-f]{16}(?:,[0-9a-f]{16})*) ([0-9a-f]{40,64}) -->)/gm;

const drawnMark = { waive: " ", unwaive: "x" } as const;

/** The box, with what it stands for in a hidden mark: `[ ] <!-- modelsync:waive … -->`. */
export function drawBox({ does, fingerprints, headSha }: Box): string {
  return `[${drawnMark[does]}] <!-- modelsync:${does} ${fingerprints.join(",")} ${headSha} -->`;
}

/**
 * What somebody did to the boxes of a comment.
 *
 * @returns the comment as it was if nothing but boxes was changed, and those that are not as they were drawn. Whether the rest is
 *   as it was, only the digest of what was written tells: everybody who may write to the repository may edit it.
 */
export function readBoxes(comment: string): { asDrawn: string; changed: Box[] } {
  const changed: Box[] = [];
  const asDrawn = plainText(comment).replace(
    drawnBox,
    (_, before: string, mark: string, after: string, does: Box["does"], fingerprints: string, headSha: string) => {
      if (mark.toLowerCase() !== drawnMark[does])
        changed.push({ does, fingerprints: fingerprints.split(","), headSha });
      return `${before}${drawnMark[does]}${after}`;
    },
  );
  return { asDrawn, changed };
}

/** As it was sent: a browser sends other line ends, and drops the last one. */
function plainText(comment: string): string {
  return `${comment.replaceAll("\r\n", "\n").trimEnd()}\n`;
}
