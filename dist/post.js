import { i as recall, r as showSummary, u as warn, x as setFailed } from "./present.js";
import { Tt as inertLines, U as FILES, a as runOnHost, d as removeTraces, jt as CannotRun, o as reportOn } from "./failure.js";
import { existsSync } from "node:fs";
import { join } from "node:path";
// src/action/clean-up.ts
async function cleanUp() {
	const problems = [];
	const attempt = async (task) => {
		try {
			await task();
		} catch (error) {
			problems.push(error instanceof CannotRun ? error.message : `Cleaning up failed: ${String(error)}`);
		}
	};
	await attempt(async () => {
		const left = recall();
		if (left === void 0) return;
		const { sandbox } = left;
		if (sandbox) await attempt(() => removeTraces(sandbox, runOnHost));
		await attempt(() => reportFor(left));
	});
	if (problems.length > 0) setFailed(inertLines(problems.join("\n")));
}
async function reportFor({ reported, reportDirectory }) {
	const recorded = existsSync(join(reportDirectory, FILES.run));
	if (!reported && recorded) await showSummary(reportOn(reportDirectory, { warn }));
}
// src/post.ts
await cleanUp();
export {};
