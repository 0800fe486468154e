import type { Problem } from "../problem.ts";
import { listFormats } from "./formats.ts";

/**
 * Says why content that no format recognized is not CSV either, judged by its first bytes: pointers of Git LFS and DVC,
 * compressed and binary formats, UTF-16. Null when nothing speaks against it.
 */
export function refuseContent(bytes: Buffer, path: string): Problem | null {
  const start = bytes.subarray(0, 1024).toString("latin1");
  if (start.startsWith("version https://git-lfs.github.com/spec/")) {
    return {
      code: "git-lfs-pointer",
      where: { path, line: 1 },
      message: "Cannot verify: the repository holds a Git LFS pointer, not the data.",
      written: "version https://git-lfs.github.com/spec/…",
      allowed: "the data itself, as a CSV file in the repository",
      remedy: "Commit the data (or a sample of it) as a plain file, or leave this model to a job that can fetch it.",
    };
  }
  if (/^(outs:\s*\n\s*- |md5: [0-9a-f]{32}\n)/.test(start)) {
    return {
      code: "dvc-pointer",
      where: { path, line: 1 },
      message: "Cannot verify: this is a DVC pointer, not the data.",
      written: start.slice(0, start.indexOf("\n")),
      allowed: "the data itself, as a CSV file in the repository",
      remedy: "Commit the data (or a sample of it) as a plain file, or leave this model to a job that can fetch it.",
    };
  }
  const format = magicNumbers.find(([magic]) => start.startsWith(magic));
  if (format !== undefined) return wrongFormat(path, format[1]);
  if (/^\s*\[\s*[{["\d]/.test(start)) return wrongFormat(path, "a JSON list");
  const nul = bytes.indexOf(0);
  if (nul >= 0) return wrongFormat(path, `binary data (a NUL byte at offset ${nul})`);
  return null;
}

const utf16 = "UTF-16 text";

const magicNumbers: [string, string][] = [
  ["\xff\xfe", utf16],
  ["\xfe\xff", utf16],
  ["\x1f\x8b", "a gzip archive within another"],
  ["PK\x03\x04", "a zip archive or an Excel workbook"],
  ["PK\x05\x06", "an empty zip archive"],
  ["\xd0\xcf\x11\xe0", "an old Excel workbook"],
  ["PAR1", "an incomplete Parquet file"],
  ["ARROW1", "an Arrow file"],
  ["FEA1", "a Feather file"],
  ["\x28\xb5\x2f\xfd", "a Zstandard archive"],
  ["BZh", "a bzip2 archive"],
  ["\xfd7zXZ", "an xz archive"],
  ["\x89HDF", "an HDF5 file"],
  ["\x93NUMPY", "a NumPy array"],
  ["\x80\x04", "a Python pickle"],
  ["\x80\x05", "a Python pickle"],
];

function wrongFormat(path: string, found: string): Problem {
  return {
    code: "wrong-format",
    where: { path },
    message: `The file is ${found}.`,
    written: found,
    allowed: `${listFormats()}, also compressed with gzip`,
    remedy: found === utf16 ? "Save the file as UTF-8." : "Export the data as CSV.",
  };
}
