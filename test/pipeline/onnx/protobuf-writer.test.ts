import { describe, expect, it } from "vitest";
import { ProtobufWriter } from "../../../pipeline/onnx/protobuf-writer.ts";

/** The examples are those of protobuf's description of its encoding, and of its Python implementation. */
describe("a protobuf field", () => {
  it.each<[string, (writer: ProtobufWriter) => void, string]>([
    ["a small integer", (writer) => writer.int(1, 0), "0800"],
    ["an integer of two bytes", (writer) => writer.int(1, 150), "089601"],
    ["the largest exact integer", (writer) => writer.int(1, Number.MAX_SAFE_INTEGER), "08ffffffffffffff0f"],
    ["a negative integer, in ten bytes", (writer) => writer.int(3, -1), "18ffffffffffffffffff01"],
    ["text", (writer) => writer.text(2, "testing"), "120774657374696e67"],
    ["text beyond ASCII", (writer) => writer.text(2, "ß🐧"), "1206c39ff09f90a7"],
    ["a message", (writer) => writer.message(3, (inner) => inner.int(1, 150)), "1a03089601"],
    ["packed integers", (writer) => writer.ints(6, [3, 270, 86942]), "3206038e029ea705"],
    ["a field number of two bytes", (writer) => writer.int(20, 7), "a00107"],
    ["nothing", () => {}, ""],
  ])("holds %s", (_, write, bytes) => {
    const writer = new ProtobufWriter();
    write(writer);
    expect(Buffer.from(writer.finish()).toString("hex")).toBe(bytes);
  });

  it("grows with what is written", () => {
    const writer = new ProtobufWriter().bytes(1, new Uint8Array(100_000)).int(2, 1);
    expect(writer.finish().length).toBe(1 + 3 + 100_000 + 2);
  });

  it.each([1.5, Number.NaN, 2 ** 53])("holds no inexact integer: %s", (value) => {
    expect(() => new ProtobufWriter().int(1, value)).toThrow("cannot be written as an integer");
  });
});
