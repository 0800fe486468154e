import { lockDirectory } from "../../src/store/directory-lock.ts";

await lockDirectory(process.argv[2]!);
process.send?.("locked");
setInterval(() => {}, 1000);
