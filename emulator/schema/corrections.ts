/** A place where GitHub's description is narrower than what GitHub really answers. */
export interface Correction {
  /** From the root of the pruned description. */
  readonly path: readonly string[];
  readonly why: string;
  readonly change: (schema: unknown) => unknown;
}

const orNull = (schema: unknown): unknown => ({ anyOf: [schema, { type: "null" }] });

const pulls: readonly Correction[] = ["pull-request", "pull-request-simple"].flatMap((schema) => [
  {
    path: ["schemas", schema, "properties", "head", "properties", "repo"],
    why: "the repository of the head is null once the fork was deleted",
    change: orNull,
  },
  {
    path: ["schemas", schema, "properties", "head", "properties", "user"],
    why: "the owner of the head is null once the account was deleted",
    change: orNull,
  },
  {
    path: ["schemas", schema, "properties", "user"],
    why: "the author is null once the account was deleted",
    change: orNull,
  },
]);

/** Applied when the description is pruned. */
export const corrections: readonly Correction[] = [
  ...pulls,
  {
    path: ["schemas", "content-submodule", "properties", "submodule_git_url"],
    why: "the address is null when .gitmodules does not name the submodule",
    change: orNull,
  },
  {
    path: ["operations", "GET /app/installations", "responses", "200", "items"],
    why: "a copy of the installation schema wants an account that is a person and an enterprise at once",
    change: () => ({ $ref: "#/schemas/installation" }),
  },
];
