/**
 * What a row of the ledger can be about, and what it says. The only list: a new kind is a line here. Who only reads rows takes
 * any kind, so that an older ModelSync can verify and export what a newer one wrote.
 */
export const rowKinds = {
  begin: "A chain begins. What was recorded before it, if anything, is not in this ledger.",
  verdict: "A verdict was published.",
  policy: "Another policy judges the pull requests of a base branch.",
  waiver: "A finding was accepted.",
  unwaiver: "A finding is no longer accepted.",
  command: "A command was given.",
  override: "A check run was published by hand.",
} as const;

export type RowKind = keyof typeof rowKinds;

export function isRowKind(kind: string): kind is RowKind {
  return Object.hasOwn(rowKinds, kind);
}
