import { o as showSummary, t as recall, u as setFailed } from "./state.js";
import { i as writeSummary, m as inertLines, o as removeTraces, s as FILES, t as runOnHost } from "./run-on-host.js";
import { join } from "node:path";
import { existsSync } from "node:fs";
// src/action/clean-up.ts
/** The action's post step: removes what the run left, and reports for a run that was killed before it could. */
async function cleanUp() {
	try {
		const left = recall();
		if (left === void 0) return;
		await removeTraces(left.sandbox, runOnHost);
		const recorded = existsSync(join(left.reportDirectory, FILES.run));
		if (!left.reported && recorded) await showSummary(writeSummary(left.reportDirectory));
	} catch (error) {
		setFailed(inertLines(`Cleaning up failed: ${String(error)}`));
	}
}
// src/post.ts
await cleanUp();
export {};
