import { A as LIFTABLE, M as OPERATION_NAMES, O as SEVERITIES } from "./failure.js";
import { availableParallelism } from "node:os";
import { randomBytes } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { accessSync, constants, existsSync, mkdirSync, realpathSync, rmdirSync, statSync } from "node:fs";
// src/inputs/check.ts
const good = (value) => ({
	ok: true,
	value
});
const bad = (problem) => ({
	ok: false,
	problem
});
function quoted(text) {
	return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text).replace(/[\u007f-\uffff]/g, (character) => character === "…" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
function wholeNumber(what, low, high) {
	return (text) => {
		const value = /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : NaN;
		return value >= low && value <= high ? good(value) : bad(`${quoted(text)} is not ${what} between ${low} and ${high}.`);
	};
}
function optional(check) {
	return (text) => text === "" ? good(void 0) : check(text);
}
function oneOf(words) {
	return (text) => {
		const word = words.find((candidate) => candidate === text);
		return word === void 0 ? bad(`${quoted(text)} is not one of ${words.join(", ")}.`) : good(word);
	};
}
const yesOrNo = (text) => text === "true" || text === "false" ? good(text === "true") : bad(`${quoted(text)} is not one of true, false.`);
function listOf(names, byDefault = names) {
	return (text) => {
		if (text.trim() === "") return good(byDefault);
		const items = text.trim().split(/[,\n]/).map((item) => item.trim());
		if (items.includes("")) return bad(`${quoted(text)} has an empty item. Separate the names by single commas or new lines.`);
		const unknown = items.filter((item) => !names.includes(item));
		if (unknown.length > 0) return bad(`${unknown.map(quoted).join(", ")} is unknown. Known are ${names.join(", ")}.`);
		const twice = items.find((item, at) => items.indexOf(item) !== at);
		return twice === void 0 ? good(items) : bad(`${quoted(twice)} stands there twice.`);
	};
}
const seedText = (text) => {
	if (text.length > 200) return bad(`it has ${text.length} characters; a seed has at most 200.`);
	if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffd]/u.test(text)) return bad(`${quoted(text)} holds line breaks, control or invisible characters. Use visible text.`);
	return good(text);
};
function path(what) {
	return (text) => {
		if (text === "") return bad(`it is required: give ${what}.`);
		if (/[\p{Cc}\ufffd]/u.test(text)) return bad(`${quoted(text)} is no usable path: it holds control characters or is not valid UTF-8.`);
		return good(text);
	};
}
const imageName = (text) => /^[A-Za-z0-9][\w.:/@-]{0,254}$/.test(text) ? good(text) : bad(`${quoted(text)} is not the name of a container image, such as "instar-build" or "registry/name:tag".`);
const pathNames = (text) => {
	const items = text.trim() === "" ? [] : text.split(/[,\n]/).map((item) => item.trim());
	const wrong = items.find((item) => item === "" || item.split("/").includes("..") || /[\p{Cc}\ufffd]/u.test(item));
	if (wrong === void 0) return good(items);
	return bad(`${quoted(wrong)} is no path. Give whole paths, or names without "..", separated by single commas or new lines.`);
};
// src/inputs/fail-on.ts
const FAIL_ON_WORDS = "What turns the step red: divergence, on a pull request without what depends on the version of qemu-img alone; never; or a list of new (bugs that neither an issue of the repository nor an earlier run on its default branch knows) and severities (data-loss, corruption, crash, refusal, metadata, leniency, version-dependent): a bug must be new if that stands there, and of one of the severities if any does.";
const WORDS = [
	"divergence",
	"never",
	"new",
	...SEVERITIES
];
const failOn = (text) => {
	const words = text.split(/[,\n]/).map((word) => word.trim());
	const unknown = words.find((word) => !WORDS.includes(word));
	if (unknown !== void 0) return {
		ok: false,
		problem: `${quoted(unknown)} is not one of ${WORDS.join(", ")}.`
	};
	const twice = words.find((word, at) => words.indexOf(word) !== at);
	if (twice !== void 0) return {
		ok: false,
		problem: `${quoted(twice)} stands there twice.`
	};
	const [alone] = words;
	if (alone === "divergence" || alone === "never") {
		if (words.length === 1) return {
			ok: true,
			value: { kind: alone }
		};
		return {
			ok: false,
			problem: `${quoted(text)} names more than ${alone}, which stands alone.`
		};
	}
	if (words.includes("divergence") || words.includes("never")) return {
		ok: false,
		problem: `${quoted(text)} is no list: divergence and never stand alone.`
	};
	const severities = SEVERITIES.filter((severity) => words.includes(severity));
	return {
		ok: true,
		value: {
			kind: "bugs",
			onlyNew: words.includes("new"),
			severities
		}
	};
};
// src/inputs/definitions.ts
const iterations = wholeNumber("a number of iterations", 1, 1e6);
const define = (check, byDefault, description) => ({
	check,
	default: byDefault,
	description
});
const INPUTS = {
	instar: define(path("the path of the subject’s executable, or the word qemu-img for a calibration run"), "", "The executable of the tool under test, relative to the workspace or absolute; the whole directory that holds it is mounted read-only. The word qemu-img alone means the container’s own: a calibration run."),
	baseline: define(optional(path("an executable")), "", "The same tool built from the base branch. A bug that it shows too was there before, one that it does not show was introduced."),
	references: define(pathNames, "", "Other versions of qemu-img that sit as a jury on each bug, separated by commas or new lines: a whole path is one inside the image, any other name one in the directory of the subject."),
	image: define(imageName, "instar-build", "The container image; it must hold qemu-img, the reference, and should hold qemu-io."),
	"container-engine": define(oneOf([
		"docker",
		"podman",
		"none"
	]), "docker", "docker or podman; none when the job already runs inside the image."),
	iterations: define(optional(iterations), "", "Iterations for every trigger; empty takes the number of the trigger from the inputs below."),
	"iterations-pull-request": define(iterations, "100", "Iterations on pull_request, pull_request_target and merge_group."),
	"iterations-push": define(iterations, "200", "Iterations on push and on any event not named here."),
	"iterations-schedule": define(iterations, "1000", "Iterations on schedule."),
	"iterations-workflow-dispatch": define(iterations, "100", "Iterations on workflow_dispatch."),
	seed: define(seedText, "", "The text that all randomness comes from; empty draws one and prints it."),
	operations: define(listOf(OPERATION_NAMES), "", "The operations to draw from, separated by commas or new lines; empty means all."),
	"lift-gaps": define(listOf(LIFTABLE, []), "", "Known gaps to step into in this run, by their ids (docs/gaps.md), separated by commas or new lines: to try a fix that closes one. Nothing is filed or remembered then."),
	timeout: define(wholeNumber("a number of seconds", 1, 3600), "30", "Seconds that one command of either side may take."),
	"fail-fast": define(yesOrNo, "false", "Stop at the first divergence."),
	lanes: define(wholeNumber("a number of lanes", 0, 64), "0", "Iterations in flight at a time; 0 means one a core."),
	"report-dir": define(optional(path("a directory")), "", "Where the record of the run goes; empty makes a new directory under the runner’s temporary directory."),
	shrink: define(yesOrNo, "true", "Make each confirmed finding as small as it gets before it is told: one bug, one entry, few commands."),
	"shrink-timeout": define(wholeNumber("a number of seconds", 1, 3600), "60", "Seconds that shrinking one finding may take."),
	"fail-on": define(failOn, "divergence", FAIL_ON_WORDS)
};
const INPUT_NAMES = Object.keys(INPUTS);
function checkAll(definitions, textOf) {
	const checked = Object.keys(definitions).map((name) => [name, definitions[name].check(textOf(name))]);
	const values = checked.flatMap(([name, result]) => result.ok ? [[name, result.value]] : []);
	return {
		values: Object.fromEntries(values),
		problems: checked.flatMap(([name, result]) => result.ok ? [] : [`Input "${name}": ${result.problem}`])
	};
}
// src/inputs/files.ts
function findSubject(name, workspace) {
	if (name === "qemu-img") return { kind: "reference" };
	const given = resolve(workspace, name);
	if (!existsSync(given)) return `${quoted(name)} does not exist (looked for ${quoted(given)}). Build it in an earlier step.`;
	const path = realpathSync(given);
	if (!statSync(path).isFile()) return `${quoted(name)} is not a file. Give the executable itself, not its directory.`;
	if (!isExecutable(path)) return `${quoted(name)} is not executable. Run chmod +x on it.`;
	return {
		kind: "file",
		path,
		directory: dirname(path)
	};
}
function checkReportDirectory(name, workspace) {
	if (name === void 0) return void 0;
	const directory = resolve(workspace, name);
	if (existsSync(join(directory, "run.json"))) return `${quoted(name)} already holds the record of an earlier run. Give an empty or new directory.`;
	try {
		const made = makeLevels(directory);
		accessSync(directory, constants.W_OK | constants.X_OK);
		for (const level of made.toReversed()) rmdirSync(level);
		return;
	} catch (error) {
		const why = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
		return `${quoted(name)} is not a directory that can be made and written (${why}). Give one that can.`;
	}
}
function makeLevels(directory) {
	const missing = [];
	for (let path = directory; !existsSync(path); path = dirname(path)) missing.unshift(path);
	for (const level of missing) mkdirSync(level);
	return missing;
}
function isExecutable(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
// src/inputs/iterations.ts
const BY_EVENT = {
	pull_request: "iterations-pull-request",
	pull_request_target: "iterations-pull-request",
	merge_group: "iterations-pull-request",
	schedule: "iterations-schedule",
	workflow_dispatch: "iterations-workflow-dispatch"
};
function iterationsFor(event, values) {
	if (values.iterations !== void 0) return values.iterations;
	return values[Object.hasOwn(BY_EVENT, event) ? BY_EVENT[event] : "iterations-push"];
}
// src/inputs/settings.ts
var BadInputs = class extends Error {};
function readSettings(from, others = []) {
	const checked = checkAll(INPUTS, (name) => from.text(name) || INPUTS[name].default);
	const values = checked.values;
	const subject = values.instar === void 0 ? void 0 : findSubject(values.instar, from.workspace);
	const baseline = values.baseline === void 0 ? void 0 : findSubject(values.baseline, from.workspace);
	const reportProblem = checkReportDirectory(values["report-dir"], from.workspace);
	const problems = [
		...checked.problems,
		...typeof subject === "string" ? [`Input "instar": ${subject}`] : [],
		...typeof baseline === "string" ? [`Input "baseline": ${baseline}`] : [],
		...reportProblem === void 0 ? [] : [`Input "report-dir": ${reportProblem}`],
		...others
	];
	if (problems.length > 0 || subject === void 0 || typeof subject === "string" || typeof baseline === "string") throw new BadInputs(problems.join("\n"));
	return {
		...complete(values, subject, from),
		...baseline === void 0 ? {} : { baseline }
	};
}
function complete(values, subject, from) {
	const { "report-dir": reportDirectory, baseline: _, ...others } = values;
	return {
		...others,
		subject,
		iterations: iterationsFor(from.event, values),
		seed: values.seed === "" ? randomBytes(6).toString("hex") : values.seed,
		lanes: values.lanes === 0 ? availableParallelism() : values.lanes,
		reportDirectory: reportDirectory === void 0 ? join(from.temporary, `differential-fuzz-report-${randomBytes(4).toString("hex")}`) : resolve(from.workspace, reportDirectory)
	};
}
// src/report/progress.ts
var Progress = class {
	#iterations;
	#started = performance.now();
	#counts = {
		ok: 0,
		divergent: 0,
		inconclusive: 0
	};
	#triage;
	constructor(iterations) {
		this.#iterations = iterations;
	}
	add({ verdict }) {
		this.#counts[verdict.kind] += 1;
	}
	triaging(findings) {
		this.#triage = {
			findings,
			since: performance.now()
		};
	}
	line() {
		const { ok, divergent, inconclusive } = this.#counts;
		if (this.#triage !== void 0) {
			const seconds = Math.round((performance.now() - this.#triage.since) / 1e3);
			return `${ok + divergent + inconclusive} iterations done; ${this.#triage.findings} findings are tried again, alone, and made small, for ${seconds} s`;
		}
		const done = ok + divergent + inconclusive;
		const rate = done / Math.max(.001, (performance.now() - this.#started) / 1e3);
		const left = done === 0 ? "unknown" : `${Math.ceil((this.#iterations - done) / rate)} s`;
		return `${done}/${this.#iterations} iterations, ${rate.toFixed(1)}/s: ${ok} ok, ${divergent} divergent, ${inconclusive} inconclusive; left: ${left}`;
	}
};
// src/shell/stop.ts
function stopOnSignals() {
	const controller = new AbortController();
	for (const name of [
		"SIGINT",
		"SIGTERM",
		"SIGHUP"
	]) process.once(name, () => controller.abort(name));
	return controller.signal;
}
function outliveReaders() {
	for (const stream of [process.stdout, process.stderr]) stream.on("error", (error) => {
		if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
	});
}
export { readSettings as a, checkAll as c, quoted as d, wholeNumber as f, BadInputs as i, define as l, stopOnSignals as n, INPUTS as o, yesOrNo as p, Progress as r, INPUT_NAMES as s, outliveReaders as t, oneOf as u };
