import { describe, expect, it } from "vitest";
import { fetchOwnComment, type OwnComment } from "../../src/github/fetch-own-comment.ts";
import { playGitHub } from "../support/github.ts";
import { aRepositoryClient } from "../support/repository-client.ts";

type Edit = [second: number, editor: { __typename: string; login: string; databaseId?: number } | null];

const ours = { __typename: "Bot", login: "modelsync", databaseId: 41 };
const ada = { __typename: "User", login: "ada", databaseId: 1 };
const grace = { __typename: "User", login: "grace", databaseId: 2 };
const namesake = { __typename: "User", login: "modelsync", databaseId: 3 };
const robot = { __typename: "Bot", login: "robot", databaseId: 42 };
const at = (second: number) => `2026-01-02T03:04:${String(second).padStart(2, "0")}Z`;

async function read(edits: Edit[] | null, hasNextPage = false): Promise<OwnComment | null> {
  const nodes = edits?.map(([second, editor]) => ({ editedAt: at(second), editor }));
  const userContentEdits = nodes === undefined ? null : { nodes, pageInfo: { hasNextPage } };
  let comment: OwnComment | null = null;
  const body = { data: { node: { databaseId: 31, body: "- [x] waive", userContentEdits } } };
  await playGitHub([{ method: "POST", path: "/graphql", status: 200, body }], async () => {
    comment = await fetchOwnComment(aRepositoryClient(), "IC_31");
  });
  return comment;
}

const by = (person: typeof ada, second: number) => ({ login: person.login, id: person.databaseId, at: at(second) });

describe("who edited our comment since we wrote it last", () => {
  it.each<[string, Edit[] | null, OwnComment["editedBy"], boolean?]>([
    ["never edited", [], "nobody"],
    ["no history", null, "nobody"],
    [
      "our own edit",
      [
        [9, ours],
        [5, ada],
        [1, ours],
      ],
      "nobody",
    ],
    [
      "one person",
      [
        [5, ada],
        [1, ours],
      ],
      by(ada, 5),
    ],
    [
      "one person, twice in a second",
      [
        [5, ada],
        [5, ada],
        [1, ours],
      ],
      by(ada, 5),
    ],
    [
      "one person after others whose changes we undid",
      [
        [9, ada],
        [7, ours],
        [5, grace],
        [1, ours],
      ],
      by(ada, 9),
    ],
    [
      "one person in the second in which we undid another's",
      [
        [7, ada],
        [7, ours],
        [7, grace],
        [1, ours],
      ],
      by(ada, 7),
    ],
    [
      "two people",
      [
        [9, ada],
        [8, grace],
        [1, ours],
      ],
      "several",
    ],
    [
      "two people, listed from the oldest on",
      [
        [1, ours],
        [8, grace],
        [9, ada],
      ],
      "several",
    ],
    [
      "a person and a bot",
      [
        [9, ada],
        [8, robot],
        [1, ours],
      ],
      "several",
    ],
    [
      "a bot",
      [
        [8, robot],
        [1, ours],
      ],
      "bot",
    ],
    [
      "a person with our name",
      [
        [8, namesake],
        [1, ours],
      ],
      by(namesake, 8),
    ],
    [
      "somebody whose account is gone",
      [
        [8, null],
        [1, ours],
      ],
      "several",
    ],
    [
      "a person and somebody whose account is gone",
      [
        [9, ada],
        [8, null],
        [1, ours],
      ],
      "several",
    ],
    [
      "one person, and more edits than are listed",
      [
        [9, ada],
        [8, ada],
      ],
      "several",
      true,
    ],
    ["one person, of a comment whose first text is not listed", [[9, ada]], by(ada, 9)],
  ])("%s", async (_, edits, editedBy, more = false) => {
    expect(await read(edits, more)).toEqual({ id: 31, body: "- [x] waive", editedBy });
  });
});

it.each([
  ["is gone", { data: { node: null }, errors: [{ type: "NOT_FOUND", message: "no", path: ["node"] }] }],
  ["is something else", { data: { node: {} } }],
])("a comment that %s is none", async (_, body) => {
  await playGitHub([{ method: "POST", path: "/graphql", status: 200, body }], async () => {
    expect(await fetchOwnComment(aRepositoryClient(), "IC_31")).toBeNull();
  });
});
