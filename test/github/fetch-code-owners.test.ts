import { expect, it } from "vitest";
import type { CodeOwnersFile } from "../../src/entitlement/code-owners.ts";
import { fetchCodeOwners } from "../../src/github/fetch-code-owners.ts";
import { type Exchange, playGitHub } from "../support/github.ts";
import { aRepositoryClient } from "../support/repository-client.ts";

const commit = "c".repeat(40);
const text = "* @ada\n/data/ @ghost\n";
const blob = (more: object = {}) => ({ oid: "e".repeat(40), byteSize: 23, isTruncated: false, text, ...more });
const found = (...places: (object | null)[]): Exchange => {
  const [place0 = null, place1 = null, place2 = null] = places;
  return {
    ...{ method: "POST", path: "/graphql", status: 200 },
    body: { data: { repository: { place0, place1, place2 } } },
  };
};
const errors = (status: number, ...list: object[]): Exchange => ({
  ...{ method: "GET", path: `/repos/acme/income/codeowners/errors?ref=${commit}`, status, body: { errors: list } },
});
const whole: Exchange = {
  ...{ method: "GET", path: `/repos/acme/income/git/blobs/${"e".repeat(40)}`, status: 200 },
  body: { content: Buffer.from(text).toString("base64"), encoding: "base64" },
};

const read = (path: string, ghost = true): CodeOwnersFile => ({
  state: "read",
  path,
  lines: [
    { line: 1, pattern: "*", owners: ["@ada"] },
    { line: 2, pattern: "/data/", owners: ghost ? ["@ghost"] : [] },
  ],
  problems: ghost ? [] : [{ line: 2, message: "GitHub knows nobody with write access as `@ghost`" }],
});

it.each<[string, Exchange[], CodeOwnersFile]>([
  ["none", [found()], { state: "absent" }],
  ["a folder of that name", [found({})], { state: "absent" }],
  ["three: the first", [found(blob(), blob(), blob()), errors(200)], read(".github/CODEOWNERS")],
  ["two: the one at the root", [found(null, blob(), blob()), errors(200)], read("CODEOWNERS")],
  ["one among the documentation", [found(null, null, blob()), errors(200)], read("docs/CODEOWNERS")],
  [
    "one in which GitHub does not know somebody",
    [found(blob()), errors(200, { line: 2, column: 8, kind: "Unknown owner" })],
    read(".github/CODEOWNERS", false),
  ],
  ["one of which GitHub lists nothing", [found(blob()), errors(404)], read(".github/CODEOWNERS")],
  ["a long one", [found(blob({ isTruncated: true })), whole, errors(200)], read(".github/CODEOWNERS")],
  [
    "one that is too large, whatever else there is",
    [found(blob({ byteSize: 3_000_000, isTruncated: true }), blob())],
    { state: "too-large", path: ".github/CODEOWNERS" },
  ],
  ["one that is no text", [found(blob({ text: null }))], { state: "no-text", path: ".github/CODEOWNERS" }],
])("finds %s", async (_, exchanges, expected) => {
  let file: CodeOwnersFile | null = null;
  const sent = await playGitHub(exchanges, async () => {
    file = await fetchCodeOwners(aRepositoryClient(), commit);
  });
  expect(file).toEqual(expected);
  expect(sent[0]).toMatchObject({
    variables: {
      place0: `${commit}:.github/CODEOWNERS`,
      place1: `${commit}:CODEOWNERS`,
      place2: `${commit}:docs/CODEOWNERS`,
    },
  });
});
