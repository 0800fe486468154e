import type { BothTables, SharedColumn } from "../both-tables.ts";
import { namesOf } from "../both-tables.ts";
import { holdTheSame } from "../columns/hold-the-same.ts";
import { isRunningNumber } from "../columns/running-number.ts";
import { areOtherObservations } from "../doubts/other-observations.ts";
import { findsEnough } from "../finds-enough.ts";
import { limits } from "../limits.ts";
import { pairAlike } from "../pair-alike.ts";
import { rowHashes } from "../row-hashes.ts";
import type { Way } from "./way.ts";

/**
 * The columns whose values did not change name the rows, where one was written anew: then the content of every row is
 * another, although the rows are the same. Null when these columns do not tell the rows apart.
 *
 * A column did not change when every value of the smaller table occurs in the larger one, as often or more. Columns
 * that both experiments exclude do not count, unless they split the rows. The target only tells apart rows that are equal
 * otherwise; when it changed, rows are named without it, so that a change of all labels is seen as one. A running number stays
 * the same when it is made anew: where it finds no rows again, it is left out.
 */
export const unchangedColumns: Way = {
  name: "unchanged-columns",
  find(tables) {
    if (tables.same || tables.keyed() !== null) return null;
    const { shared, target } = tables;
    const changed = namesOf(shared.filter((one) => !holdTheSame(one)));
    const told = waysToName(tables, new Set(changed)).find((one) => tellApart(tables, one.names));
    if (told === undefined) return null;
    const { naming, names: columns, left } = told;
    const words = (of: readonly string[]) => ({ base: rowHashes(tables.base, of), head: rowHashes(tables.head, of) });
    const found = pairAlike(words(columns), () => words([...columns, target]));
    const pairs = () => found;
    const names = () => rowHashes(tables.head, columns);
    if (areOtherObservations(tables, pairs(), columns)) return null;
    // numbers that were given to other rows are the same ones
    changed.push(...left);
    if (changed.length === 0) changed.push(...namesOf(shared).filter((name) => tables.unused.has(name)));
    // classes that were swapped one for one leave the target's values as they were
    if (!columns.includes(target) && !changed.includes(target)) changed.push(target);
    return {
      columns: columns.toSorted(),
      pairs,
      names,
      convincing: findsEnough(tables, pairs()),
      stayed: true,
      doubts: [{ kind: "columns-written-anew", changed, naming }],
    };
  },
};

interface Naming {
  /** The columns that stayed, but for the target and for those in `left`. */
  naming: string[];
  left: string[];
  /** The columns that name the rows. */
  names: string[];
}

function waysToName({ shared, target, unused }: BothTables, changed: ReadonlySet<string>): Naming[] {
  const stayed = shared.filter(({ name }) => name !== target && !changed.has(name) && !unused.has(name));
  const lasting = stayed.filter((one) => !isCounted(one));
  const chosen = lasting.length < stayed.length ? [stayed, lasting] : [stayed];
  return chosen.map(namesOf).flatMap((naming): Naming[] => {
    const left = namesOf(stayed).filter((name) => !naming.includes(name));
    if (naming.length === 0) return [];
    const named = (names: string[]) => ({ naming, left, names });
    return changed.has(target) ? [named(naming)] : [named([...naming, target]), named(naming)];
  });
}

function isCounted({ base, head }: SharedColumn): boolean {
  return isRunningNumber(base) && isRunningNumber(head);
}

/** True when these columns name nearly every row of both tables, and the same rows in both. */
function tellApart(tables: BothTables, names: readonly string[]): boolean {
  const { base, head, common } = tables.pair(names).distinct;
  if (base < limits.nearlyAll * tables.base.rowCount || head < limits.nearlyAll * tables.head.rowCount) return false;
  return common > 0 && common >= limits.mostly * Math.min(base, head);
}
