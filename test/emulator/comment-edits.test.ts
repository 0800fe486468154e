import { afterAll, beforeAll, expect, it } from "vitest";
import { openPull, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
beforeAll(async () => {
  setting = await startSetting();
});
afterAll(async () => {
  expect(setting.github.violations).toEqual([]);
  await setting.close();
});

const query = `query Edits($id: ID!) {
  node(id: $id) {
    ... on IssueComment {
      databaseId body lastEditedAt includesCreatedEdit
      editor { __typename login }
      userContentEdits(first: 2) {
        totalCount pageInfo { hasNextPage }
        nodes { id editedAt diff editor { __typename login ... on User { databaseId } } }
      }
    }
  }
}`;

it("tells who gave a comment which text, the newest first", async () => {
  const { ada, checker, demo } = setting;
  const pull = await openPull(setting, "edits");
  const { data: comment } = await checker.issues.createComment({
    ...demo,
    issue_number: pull.number,
    body: "- [ ] waive",
  });
  const read = () => checker.graphql<{ node: object }>(query, { id: comment.node_id });
  expect((await read()).node).toEqual({
    ...{ databaseId: comment.id, body: "- [ ] waive", lastEditedAt: null, includesCreatedEdit: false, editor: null },
    userContentEdits: { totalCount: 0, pageInfo: { hasNextPage: false }, nodes: [] },
  });
  await ada.issues.updateComment({ ...demo, comment_id: comment.id, body: "- [x] waive" });
  const { data: edited } = await checker.issues.updateComment({ ...demo, comment_id: comment.id, body: "done" });
  const user = { __typename: "User", login: "ada", databaseId: expect.any(Number) };
  const bot = { __typename: "Bot", login: "checker" };
  expect((await read()).node).toEqual({
    ...{
      databaseId: comment.id,
      body: "done",
      lastEditedAt: edited.updated_at,
      includesCreatedEdit: true,
      editor: bot,
    },
    userContentEdits: {
      totalCount: 3,
      pageInfo: { hasNextPage: true },
      nodes: [
        { id: expect.any(String), editedAt: edited.updated_at, diff: "done", editor: bot },
        { id: expect.any(String), editedAt: expect.any(String), diff: "- [x] waive", editor: user },
      ],
    },
  });
});

it("knows no comment by the number of another thing", async () => {
  await expect(setting.checker.graphql(query, { id: "IC_999999" })).rejects.toThrow("Could not resolve to a node");
});
