import type { BothTables } from "../both-tables.ts";
import { content } from "./content.ts";
import { declaredKey } from "./declared-key.ts";
import { otherColumns } from "./other-columns.ts";
import { sharedColumns } from "./shared-columns.ts";
import { unchangedColumns } from "./unchanged-columns.ts";
import type { Found, Way } from "./way.ts";

/** Every way to name rows, in the order in which they are tried. */
export const ways: readonly Way[] = [declaredKey, otherColumns, content, sharedColumns, unchangedColumns];

/** What the first convincing way finds, if that is more than the first one that applies does; else what that one finds. */
export function nameRows(tables: BothTables): Found & { way: string } {
  let first: (Found & { way: string }) | null = null;
  for (const { name, find } of ways) {
    const found = find(tables);
    if (found === null) continue;
    if (found.convincing && (first === null || findsMore(found, first))) {
      return { ...found, doubts: [...(first?.doubts ?? []), ...found.doubts], way: name };
    }
    first ??= { ...found, way: name };
  }
  return first!;
}

function findsMore(found: Found, first: Found): boolean {
  return first.hopeless === true || found.pairs().base.length > first.pairs().base.length;
}
