import { a as recall, g as setFailed, i as warn, r as showSummary } from "./present.js";
import { I as FILES, a as reportOn, et as inertLines, i as runOnHost, m as removeTraces } from "./failure.js";
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
		setFailed(inertLines(`Cleaning up failed: ${String(error)}`));
	}
}
// src/post.ts
await cleanUp();
export {};
