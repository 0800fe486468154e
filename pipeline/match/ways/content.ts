import { anyWrittenAnew } from "../columns/written-anew.ts";
import { findsEnough } from "../finds-enough.ts";
import { rowHashes } from "../row-hashes.ts";
import type { Way } from "./way.ts";

/** What a row holds in all columns names it, where no key is declared and both tables have the same columns. */
export const content: Way = {
  name: "content",
  find(tables) {
    if (tables.key !== null || !tables.sameNames) return null;
    const pairs = () => tables.pair(null).pairs;
    const hopeless = anyWrittenAnew(tables, tables.shared);
    const convincing = !hopeless && findsEnough(tables, pairs());
    return { columns: null, pairs, names: () => rowHashes(tables.head, null), convincing, hopeless, doubts: [] };
  },
};
