import { namesOf } from "../both-tables.ts";
import { anyWrittenAnew } from "../columns/written-anew.ts";
import type { Doubt } from "../doubt.ts";
import { findsEnough } from "../finds-enough.ts";
import { limits } from "../limits.ts";
import { rowHashes } from "../row-hashes.ts";
import type { Way } from "./way.ts";

/** What a row holds in the columns of both tables names it, where their columns differ or the declared key is not in both. */
export const sharedColumns: Way = {
  name: "shared-columns",
  find(tables) {
    const { key, shared, sameNames, target, base, head } = tables;
    if (tables.keyed() !== null || (key === null && sameNames)) return null;
    const columns = namesOf(shared).sort();
    const pairs = () => tables.pair(columns).pairs;
    const names = () => rowHashes(tables.head, columns);
    const absent: Doubt[] = key === null ? [] : [{ kind: "key-absent", key }];
    const telling = columns.filter((name) => name !== target).length;
    if (!sameNames && telling < limits.fewestColumns) {
      return {
        columns,
        pairs,
        names,
        convincing: true,
        doubts: absent,
        refusal: { kind: "too-few-columns", shared: telling },
      };
    }
    const counts = { shared: columns.length, base: base.columns.length, head: head.columns.length };
    const hopeless = anyWrittenAnew(tables, shared);
    return {
      columns,
      pairs,
      names,
      convincing: !hopeless && findsEnough(tables, pairs()),
      hopeless,
      doubts: [...absent, { kind: "columns-differ", ...counts }],
    };
  },
};
