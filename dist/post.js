import { a as recall, b as setFailed, i as warn, r as showSummary } from "./present.js";
import { B as FILES, Et as CannotRun, a as runOnHost, bt as inertLines, h as removeTraces, o as reportOn } from "./failure.js";
import { existsSync } from "node:fs";
import { join } from "node:path";
// src/action/clean-up.ts
async function cleanUp() {
	try {
		const left = recall();
		if (left === void 0) return;
		if (left.sandbox) await removeTraces(left.sandbox, runOnHost);
		const recorded = existsSync(join(left.reportDirectory, FILES.run));
		if (!left.reported && recorded) await showSummary(reportOn(left.reportDirectory, { warn }));
	} catch (error) {
		setFailed(inertLines(error instanceof CannotRun ? error.message : `Cleaning up failed: ${String(error)}`));
	}
}
// src/post.ts
await cleanUp();
export {};
