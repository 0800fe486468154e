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

/** A list of labels, each by name or as `{ name }`. */
const namesOfLabels = {
  type: "array",
  items: {
    anyOf: [{ type: "string" }, { type: "object", properties: { name: { type: "string" } }, required: ["name"] }],
  },
};

/** Applied when the description is pruned. */
export const corrections: readonly Correction[] = [
  ...pulls,
  {
    path: ["schemas", "pull-request-simple", "properties", "labels", "items", "properties", "description"],
    why: "a label may have no description; the schema of labels says so, this copy of it does not",
    change: orNull,
  },
  ...(["POST", "PUT"] as const).map((method) => ({
    path: ["operations", `${method} /repos/{owner}/{repo}/issues/{issue_number}/labels`, "body"],
    why: "clients send a bare list of labels, as earlier descriptions had it, and recordings answer 200",
    change: (schema: unknown) => ({ anyOf: [schema, namesOfLabels] }),
  })),
  {
    path: [
      ...["operations", "PUT /repos/{owner}/{repo}/branches/{branch}/protection", "body"],
      ...["properties", "required_status_checks", "required"],
    ],
    why: "contexts are deprecated: recordings with checks alone answer 200",
    change: () => ["strict"],
  },
  {
    path: ["operations", "DELETE /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers", "body", "required"],
    why: "teams alone may be taken back",
    change: () => [],
  },
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
