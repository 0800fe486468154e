import { failure } from "./context.ts";

/** The arguments by which a connection is paged. */
export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const encode = (at: number): string => Buffer.from(`cursor:${at}`).toString("base64");
const decode = (cursor: string): number =>
  Number(Buffer.from(cursor, "base64").toString("utf8").replace("cursor:", ""));

/** One page of a list as a GraphQL connection, with GitHub's rules: `first` or `last`, at most 100. */
export function connect<Item>(
  name: string,
  items: readonly Item[],
  args: PageArguments,
  present: (item: Item) => unknown,
) {
  const size = args.first ?? args.last;
  if (size === undefined || size === null) {
    const text = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    throw failure("MISSING_PAGINATION_BOUNDARIES", text);
  }
  if (size > 100 || size < 0) {
    const text = `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`;
    throw failure("EXCESSIVE_PAGINATION", text);
  }
  const from = args.after ? decode(args.after) + 1 : 0;
  const to = args.before ? decode(args.before) : items.length;
  const start = args.first === undefined || args.first === null ? Math.max(from, to - size) : from;
  const end = args.first === undefined || args.first === null ? to : Math.min(to, from + size);
  const nodes = items.slice(start, end).map(present);
  return {
    totalCount: items.length,
    nodes,
    edges: nodes.map((node, at) => ({ cursor: encode(start + at), node })),
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length > 0 ? encode(start) : null,
      endCursor: nodes.length > 0 ? encode(end - 1) : null,
    },
  };
}
