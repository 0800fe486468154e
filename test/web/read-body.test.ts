import type { IncomingMessage } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { expect, it } from "vitest";
import { maxBodyBytes, readBody } from "../../src/web/read-body.ts";

/** A stream that fails as soon as somebody reads it. */
function brokenStream(): Readable {
  return new Readable({
    read() {
      this.destroy(new Error("reset"));
    },
  });
}

const megabyte = Buffer.alloc(1024 * 1024);

function aRequest(stream: Readable, headers: Record<string, string> = {}): IncomingMessage {
  return Object.assign(stream, { headers }) as unknown as IncomingMessage;
}

it.each<[string, IncomingMessage, object]>([
  [
    "a small body",
    aRequest(Readable.from([Buffer.from("a"), Buffer.from("b")])),
    { state: "read", bytes: Buffer.from("ab") },
  ],
  ["no body", aRequest(Readable.from([])), { state: "read", bytes: Buffer.alloc(0) }],
  [
    "a body that says it is too large",
    aRequest(Readable.from([]), { "content-length": String(maxBodyBytes + 1) }),
    { state: "too-large" },
  ],
  [
    "a body that lies about its size",
    aRequest(Readable.from(Array(27).fill(megabyte)), { "content-length": "1" }),
    { state: "too-large" },
  ],
  ["a connection that breaks", aRequest(brokenStream()), { state: "aborted" }],
])("reads %s", async (_, request, expected) => {
  const body = await readBody(request);
  expect(body).toMatchObject(expected);
  if (body.state === "read") body.release();
});

it("refuses more when too many large bodies are held, and takes them again afterwards", async () => {
  const streams = Array.from({ length: 5 }, () => new PassThrough({ highWaterMark: 64 * 1024 * 1024 }));
  const held = streams.map((stream) => readBody(aRequest(stream)));
  for (const stream of streams) for (let count = 0; count < 25; count += 1) stream.write(megabyte);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await readBody(aRequest(Readable.from(Array(10).fill(megabyte))))).toEqual({ state: "busy" });
  for (const stream of streams) stream.end();
  const read = await Promise.all(held);
  expect(read.map(({ state }) => state)).toEqual(Array(5).fill("read"));
  // What was read is held until it was checked.
  expect(await readBody(aRequest(Readable.from(Array(10).fill(megabyte))))).toEqual({ state: "busy" });
  for (const body of read) if (body.state === "read") body.release();
  const next = await readBody(aRequest(Readable.from([megabyte])));
  expect(next).toMatchObject({ state: "read", bytes: megabyte });
  if (next.state === "read") next.release();
});
