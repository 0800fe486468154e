import { compareKeys } from "../compare-keys.ts";
import type { DoubtFinder } from "./doubt-finder.ts";

/** The key of both experiments names other rows, or the same by other spellings; the head may have renamed it. */
export const replacedKeys: DoubtFinder = ({ tables, base, head, changes }) => {
  const { key } = tables;
  const { renamed, moved } = changes.columns;
  const before = [...renamed, ...moved].find(({ to }) => to === key)?.from ?? key;
  if (key === null || base.experiment.key !== before) return null;
  const old = base.table.columns.find(({ name }) => name === before);
  const now = head.table.columns.find(({ name }) => name === key);
  const found = old && now ? compareKeys(old, now) : null;
  return found && { kind: "keys-replaced", key, ...found };
};
