import { expect, it } from "vitest";
import { listFormats } from "../../../pipeline/read/formats.ts";
import { refuseContent } from "../../../pipeline/read/refuse-content.ts";

it.each([
  ["UTF-16 text", Buffer.from("\uFEFFa,b\n1,2\n", "utf16le"), "Save the file as UTF-8."],
  ["a zip archive or an Excel workbook", Buffer.from("PK\x03\x04"), "Export the data as CSV."],
])("%s is refused with what helps", (found, bytes, remedy) => {
  expect(refuseContent(bytes, "data.csv")).toEqual({
    code: "wrong-format",
    where: { path: "data.csv" },
    message: `The file is ${found}.`,
    written: found,
    allowed: `${listFormats()}, also compressed with gzip`,
    remedy,
  });
});
