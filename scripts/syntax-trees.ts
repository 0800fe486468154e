import type { SourceFile } from "typescript/unstable/ast";
import { createVirtualFileSystem } from "typescript/unstable/fs";
import { API } from "typescript/unstable/sync";

/** The compiler's syntax tree of each text, by the path it was given under. Nothing is resolved, checked or read from the disk. */
export function syntaxTrees(texts: ReadonlyMap<string, string>): Map<string, SourceFile> {
  const project = "/tree/tsconfig.json";
  const options = { compilerOptions: { noLib: true, noResolve: true, types: [], allowImportingTsExtensions: true } };
  const files = Object.fromEntries([...texts].map(([path, text]) => [`/tree/${path}`, text]));
  const fs = createVirtualFileSystem({
    ...files,
    [project]: JSON.stringify({ ...options, files: Object.keys(files) }),
  });
  const api = new API({ cwd: "/tree", fs });
  try {
    const program = api.updateSnapshot({ openProjects: [project] }).getProject(project)!.program;
    return new Map([...texts.keys()].map((path) => [path, program.getSourceFile(`/tree/${path}`)!]));
  } finally {
    api.close();
  }
}
