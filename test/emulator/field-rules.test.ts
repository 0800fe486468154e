import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openPull, type Setting, startSetting } from "./setting.ts";

let setting: Setting;
let head = "";
beforeAll(async () => {
  setting = await startSetting();
  head = (await openPull(setting, "rules")).head.sha;
  await setting.bob.issues.createLabel({ ...setting.demo, name: "known", color: "ABCDEF", description: "d" });
});
afterAll(() => setting.close());
afterEach(() => expect(setting.github.violations).toEqual([]));

/** The status of an answer, and of a refusal also its errors. */
async function outcome(request: Promise<{ status: number }>): Promise<unknown[]> {
  return request.then(
    ({ status }) => [status],
    ({ status, response }) => [status, ...(response.data.errors ?? [response.data.message])],
  );
}

const x = (length: number) => "x".repeat(length);
const tooLong = (resource: string, field: string, longest: number) => ({
  ...{ resource, code: "custom", field },
  message: `${field} is too long (maximum is ${longest} characters)`,
});
const missing = (resource: string, field: string) => ({ resource, code: "missing_field", field });

describe("texts", () => {
  it.each<[string, (setting: Setting) => Promise<{ status: number }>, unknown[]]>([
    [
      "an issue without a title",
      ({ bob, demo }) => bob.issues.create({ ...demo, title: " " }),
      [422, missing("Issue", "title")],
    ],
    ["an issue of 256 characters", ({ bob, demo }) => bob.issues.create({ ...demo, title: "é".repeat(256) }), [201]],
    [
      "an issue of 257 characters",
      ({ bob, demo }) => bob.issues.create({ ...demo, title: x(257) }),
      [422, tooLong("Issue", "title", 256)],
    ],
    [
      "a pull request of 257 characters",
      ({ bob, demo }) => bob.pulls.create({ ...demo, title: x(257), head: "rules", base: "main" }),
      [422, tooLong("Issue", "title", 256)],
    ],
    [
      "a new title of 257 characters",
      ({ bob, demo }) => bob.pulls.update({ ...demo, pull_number: 1, title: x(257) }),
      [422, tooLong("Issue", "title", 256)],
    ],
    [
      "a status of 141 characters",
      ({ bob, demo }) => bob.repos.createCommitStatus({ ...demo, sha: head, state: "success", description: x(141) }),
      [422, tooLong("Status", "description", 140)],
    ],
    [
      "a repository of 351 characters",
      ({ ada, demo }) => ada.repos.update({ ...demo, description: x(351) }),
      [422, tooLong("Repository", "description", 350)],
    ],
  ])("of %s", async (_, send, expected) => {
    expect(await outcome(send(setting))).toEqual(expected);
  });
});

describe("a label", () => {
  const color = { resource: "Label", code: "invalid", field: "color" };
  it.each<[string, { name: string; color?: string; description?: string }, unknown[]]>([
    ["a colour in words", { name: "red", color: "invalid" }, [422, color]],
    ["a colour with its sign", { name: "red", color: "#ff0000" }, [422, color]],
    ["a colour of three digits", { name: "red", color: "f00" }, [422, color]],
    ["a colour", { name: "red", color: "fF0000" }, [201]],
    ["no name", { name: "", color: "ff0000" }, [422, missing("Label", "name")]],
    ["a name of 51 characters", { name: x(51) }, [422, tooLong("Label", "name", 50)]],
    ["a name of 50 characters", { name: x(50) }, [201]],
    [
      "a description of 101 characters",
      { name: "d", description: x(101) },
      [422, tooLong("Label", "description", 100)],
    ],
    ["a name that is there", { name: "KNOWN" }, [422, { resource: "Label", code: "already_exists", field: "name" }]],
  ])("with %s", async (_, fields, expected) => {
    expect(await outcome(setting.bob.issues.createLabel({ ...setting.demo, ...fields }))).toEqual(expected);
  });

  it("keeps what it is when its change is refused", async () => {
    const { bob, demo } = setting;
    await bob.issues.createLabel({ ...demo, name: "other" });
    const update = (fields: object) => bob.issues.updateLabel({ ...demo, name: "known", ...fields });
    expect(await outcome(update({ new_name: "OTHER", color: "000000" }))).toMatchObject([
      422,
      { code: "already_exists" },
    ]);
    expect(await outcome(update({ new_name: "Known", color: "x" }))).toMatchObject([422, { field: "color" }]);
    const { data } = await bob.issues.getLabel({ ...demo, name: "known" });
    expect([data.name, data.color, data.description]).toEqual(["known", "ABCDEF", "d"]);
    expect(await outcome(update({ new_name: "Known" }))).toEqual([200]);
  });

  it("that an issue is given follows the same rules", async () => {
    const { bob, demo } = setting;
    const adding = bob.issues.addLabels({ ...demo, issue_number: 1, labels: [x(51)] });
    expect(await outcome(adding)).toEqual([422, tooLong("Label", "name", 50)]);
  });
});

describe("a check run", () => {
  const place = { path: "a.py", start_line: 2, end_line: 2, annotation_level: "notice", message: "m" } as const;
  const annotations = { resource: "CheckRun", code: "invalid", field: "annotations" };
  const bytes = (field: string) => ({
    ...{ resource: "CheckRun", code: "custom", field },
    message: `${field} exceeds a maximum bytesize of 65535`,
  });
  const noted = (fields: object) => ({ annotations: [place, { ...place, ...fields }] });
  it.each<[string, { name?: string; output?: object; details_url?: string }, unknown[]]>([
    ["a name of 255 characters", { name: x(255) }, [201]],
    ["a name of 256 characters", { name: x(256) }, [422, tooLong("CheckRun", "name", 255)]],
    ["no name", { name: "" }, [422, missing("CheckRun", "name")]],
    ["a title of 256 characters", { output: { title: x(256) } }, [422, tooLong("CheckRun", "title", 255)]],
    ["a summary of 65,535 bytes", { output: { summary: `${"é".repeat(32_767)}x` } }, [201]],
    ["a summary of 65,536 bytes", { output: { summary: "é".repeat(32_768) } }, [422, bytes("summary")]],
    ["a text of 65,536 bytes", { output: { text: "é".repeat(32_768) } }, [422, bytes("text")]],
    ["an annotation of one line with columns", { output: noted({ start_column: 3, end_column: 3 }) }, [201]],
    ["an annotation that ends before it starts", { output: noted({ end_line: 1 }) }, [422, annotations]],
    ["columns over several lines", { output: noted({ end_line: 3, start_column: 1 }) }, [422, annotations]],
    ["columns backwards", { output: noted({ start_column: 3, end_column: 2 }) }, [422, annotations]],
    ["a column of zero", { output: noted({ start_column: 0, end_column: 2 }) }, [422, annotations]],
    ["a line of zero", { output: noted({ start_line: 0 }) }, [422, annotations]],
    ["a message of 64 KB", { output: noted({ message: x(65_536) }) }, [201]],
    ["a message above 64 KB", { output: noted({ message: x(65_537) }) }, [422, annotations]],
    ["a title of an annotation above 255", { output: noted({ title: x(256) }) }, [422, annotations]],
    ["details above 64 KB", { output: noted({ raw_details: x(65_537) }) }, [422, annotations]],
    [
      "an address that no browser opens",
      { details_url: "file:///etc/passwd" },
      [422, "Invalid request.\n\nThe details_url scheme must be http or https."],
    ],
  ])("with %s", async (_, { name = "gate", output, details_url }, expected) => {
    const sent = { ...setting.demo, name, head_sha: head, ...(details_url ? { details_url } : {}) };
    const more = output ? { output: { title: "t", summary: "s", ...output } } : {};
    expect(await outcome(setting.checker.checks.create({ ...sent, ...more }))).toEqual(expected);
  });
});
