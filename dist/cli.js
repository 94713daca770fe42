import { a as Progress, d as INPUT_NAMES, i as toolWords, n as outliveReaders, o as BadInputs, r as stopOnSignals, s as readSettings, t as mergeRecords, u as INPUTS, v as quoted } from "./merge.js";
import { A as replayCommand, At as REFERENCE, C as reproduceCommand, Gt as shareOf, Kt as OPERATIONS, M as plansOf, N as allBugs, O as IN_CLONE, St as counted, Tt as inertLines, U as FILES, Ut as indicesOf, _ as readStoredPlan, _t as bugLine, a as runOnHost, bt as describeFinding, c as stackOf, f as callEngine, j as isMostlyUnknown, jt as CannotRun, n as failureOf, o as reportOn, p as BadPlan, s as runSession, u as PROGRAM, vt as findingLine, wt as inertLine } from "./failure.js";
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
// src/command-line/arguments.ts
const COMMANDS = [
	"fuzz",
	"plan",
	"replay",
	"report"
];
const isSwitch = (name) => INPUTS[name].default === "false";
function readArguments(words) {
	const inputs = INPUT_NAMES.map((name) => [name, { type: isSwitch(name) ? "boolean" : "string" }]);
	const switches = [
		"help",
		"version",
		"demo"
	].map((name) => [name, { type: "boolean" }]);
	const { values, positionals } = parse(words, Object.fromEntries([...inputs, ...switches]));
	const [first = "fuzz", target, ...rest] = positionals;
	const command = COMMANDS.find((candidate) => candidate === first);
	if (command === void 0) throw new BadInputs(`${quoted(first)} is not a command. Known are ${COMMANDS.join(", ")}.`);
	const tooMany = command === "fuzz" ? [target, ...rest] : rest;
	if (tooMany[0] !== void 0) throw new BadInputs(`${quoted(tooMany[0])} is one word too many for ${command}.`);
	return {
		command,
		target,
		help: values["help"] === true,
		version: values["version"] === true,
		demo: values["demo"] === true,
		text: (name) => values[name] === void 0 ? "" : String(values[name])
	};
}
function parse(words, options) {
	try {
		return parseArgs({
			args: [...words],
			options,
			allowPositionals: true,
			strict: true
		});
	} catch (error) {
		throw new BadInputs(complaintOf(error, Object.keys(options)));
	}
}
function complaintOf(error, flags) {
	if (!(error instanceof Error)) return String(error);
	if (!("code" in error) || error.code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION") return error.message;
	const [option = ""] = /'[^']*'/.exec(error.message) ?? [];
	return `Unknown option ${option}. Known are ${flags.map((name) => `--${name}`).join(", ")}.`;
}
// src/command-line/image.ts
async function requireLocalImage(settings, run) {
	const { image, "container-engine": engine } = settings;
	if (engine === "none") return;
	const succeeds = async (...args) => (await callEngine(run, engine, args)).code === 0;
	if (await succeeds("image", "inspect", image) || !await succeeds("version")) return;
	throw new CannotRun(`Input "image": ${engine} has no image "${image}". Build it: ${engine} build -t ${image} -f path/to/Dockerfile . (or, in the root of a clone of disk-image-differential-fuzz, script/build-image ${image} ${engine}: one with qemu-img and qemu-io).`);
}
// src/command-line/screen.ts
const LIVE_MS = 200;
const PLAIN_MS = 5e3;
const REWIND = "\r\x1B[2K";
var Screen = class {
	#live = process.stderr.isTTY === true;
	#progress;
	#timer;
	constructor(iterations, budgetSeconds) {
		this.#progress = new Progress(iterations, budgetSeconds);
		this.#timer = setInterval(() => this.#show(), this.#live ? LIVE_MS : PLAIN_MS);
	}
	fuzzing() {
		this.#progress.fuzzing();
	}
	add(iteration) {
		this.#progress.add(iteration);
		const { plan, verdict } = iteration;
		if (verdict.kind !== "divergent") return;
		this.say(findingLine({
			index: plan.index,
			finding: verdict.finding
		}));
	}
	triaging(triage) {
		this.#progress.triaging(triage);
	}
	say(line) {
		process.stderr.write(`${this.#live ? REWIND : ""}${line}\n`);
	}
	end() {
		clearInterval(this.#timer);
		this.say(this.#progress.lastLine());
	}
	#show() {
		process.stderr.write(this.#live ? `${REWIND}${this.#progress.line()}` : `${this.#progress.line()}\n`);
	}
};
// src/command-line/fuzz.ts
const MOST_TOLD = 5;
async function fuzzAndTell(settings, planOf) {
	const signal = stopOnSignals();
	await requireLocalImage(settings, runOnHost);
	const screen = new Screen(shareOf(settings.iterations, settings.shard), settings["time-budget"]);
	screen.say(inertLine(`Seed: ${settings.seed}`));
	if (settings.subject.kind === "reference") screen.say("Calibration: the reference runs against itself. Give --instar PATH to try another subject.");
	const caller = {
		runOnHost,
		signal,
		reserved: () => {},
		begun: (tools) => {
			for (const line of toolWords(tools)) screen.say(line);
		},
		fuzzing: () => screen.fuzzing(),
		finished: (iteration) => screen.add(iteration),
		known: async () => [],
		triaging: (triage) => screen.triaging(triage),
		warn: (message) => screen.say(inertLines(message))
	};
	try {
		const code = tellReport(await runSession(settings, planOf, caller).finally(() => screen.end()), settings);
		return code === 0 && signal.aborted ? 130 : code;
	} catch (error) {
		if (signal.aborted) return 130;
		throw error;
	}
}
function tellReport(report, settings) {
	tell(report);
	if (failureOf(report, settings["fail-on"], false)?.kind === "failed") return 1;
	return report.verdict === "error" || report.run.error !== void 0 ? 3 : 0;
}
function tell(report) {
	const { verdict, counts, finished, unexplained, directory, run } = report;
	const findings = [...allBugs(report), ...unexplained];
	const lines = [
		`${verdict}: ${counts.ok} ok, ${counts.divergent} divergent, ${counts.inconclusive} inconclusive of ${counted(finished, "iteration")}`,
		...run.error === void 0 ? [] : [inertLine(run.error)],
		...isMostlyUnknown(report) ? ["Warning: more than a tenth was inconclusive; the summary says why."] : [],
		...findings.slice(0, MOST_TOLD).flatMap((finding) => [
			"",
			"index" in finding ? findingLine(finding) : bugLine(finding),
			`  expected: ${inertLine(describeFinding(finding.finding).expected)}`,
			`  got:      ${inertLine(describeFinding(finding.finding).got)}`,
			`  script:   ${inertLine(join(directory, finding.folder, "repro.sh"))}`,
			..."reproduced" in finding && !finding.reproduced ? [] : [`  run it:   ${reproduceCommand(report, finding)}`],
			`  replay:   ${replayCommand(report, finding)}`
		]),
		...findings.length > MOST_TOLD ? ["", `The summary has ${counted(findings.length - MOST_TOLD, "more finding")}.`] : [],
		"",
		...findings.length === 0 ? [] : [`Replay:  the commands above, ${IN_CLONE}`],
		`Summary: ${inertLine(join(directory, FILES.summary))}`,
		`Page:    ${inertLine(join(directory, FILES.page))}`
	];
	process.stdout.write(`${lines.join("\n")}\n`);
}
// src/command-line/help.ts
function helpText() {
	return `Runs instar and qemu-img on the same random disk images and reports where they differ.

Usage:
  script/fuzz [fuzz] [flags]                 fuzz; without --instar the reference is run against itself
  script/fuzz --demo                         fuzz a subject with a planted data-loss bug, to see a finding: about a minute, ends with 1
  script/fuzz plan [SEED/INDEX] [flags]      print plans as JSON, without touching the disk
  script/fuzz replay WHAT [flags]            run one plan again; WHAT is a finding's folder, a plan.json or SEED/INDEX
  script/fuzz report DIRECTORY [flags]       merge the records of all shards below a directory
  script/fuzz --help | --version

Flags:
${INPUT_NAMES.map(flagLine).join("\n")}

Exit codes: 0 nothing that --fail-on names, 1 something that it names, 2 wrong usage, 3 could not run, 130 stopped by a signal.`;
}
function flagLine(name) {
	const { default: byDefault, description } = INPUTS[name];
	const preset = byDefault === "" || byDefault === "false" ? "" : ` (default ${byDefault})`;
	return `  --${name.padEnd(29)} ${description}${preset}`;
}
// src/command-line/run.ts
const DEMO = {
	instar: fileURLToPath(new URL("../testing/planted/convert-loses-the-end", import.meta.url)),
	iterations: "20",
	seed: "demo"
};
async function runCommandLine(words) {
	outliveReaders();
	try {
		const given = readArguments(words);
		if (given.help) return print(helpText());
		if (given.version) return print(PROGRAM);
		const settings = settingsOf(given);
		if (given.command === "plan") return printPlans(settings, given.target);
		if (given.command === "fuzz") return await fuzzAndTell(settings, planned(settings, settings.seed));
		if (given.command === "report") return merge(settings, given.target);
		return await replay(settings, given.target);
	} catch (error) {
		return explain(error);
	}
}
function explain(error) {
	const usage = error instanceof BadInputs || error instanceof BadPlan;
	const message = usage || error instanceof CannotRun ? error.message : `Unexpected: ${stackOf(error)}`;
	process.stderr.write(`${inertLines(message)}\n`);
	if (usage) process.stderr.write("script/fuzz --help lists what there is.\n");
	return usage ? 2 : 3;
}
function settingsOf(given) {
	const unless = given.demo ? DEMO : { instar: REFERENCE };
	return readSettings({
		text: (name) => given.text(name) || (unless[name] ?? ""),
		event: "workflow_dispatch",
		workspace: process.cwd(),
		temporary: tmpdir()
	});
}
async function replay(settings, target) {
	if (target === void 0) throw new BadInputs("replay needs a finding’s folder, a plan.json or SEED/INDEX.");
	const plan = existsSync(resolve(target)) ? readStoredPlan(resolve(target), OPERATIONS) : drawnPlan(settings, target);
	const operations = [...new Set(plan.steps.map(({ operation }) => operation))];
	const one = {
		seed: plan.seed,
		first: plan.index,
		iterations: 1,
		shard: void 0,
		lanes: 1,
		operations
	};
	return fuzzAndTell({
		...settings,
		...one
	}, () => plan);
}
function merge(settings, target) {
	if (target === void 0) throw new BadInputs("report needs the directory below which the shards’ records lie.");
	const { reportDirectory } = settings;
	if ((existsSync(resolve(target)) ? mergeRecords(resolve(target), reportDirectory) : void 0) === void 0) throw new BadInputs(`${quoted(target)} holds no record (run.json) of a shard.`);
	return tellReport(reportOn(reportDirectory, { warn: (words) => print(inertLines(words)) }), settings);
}
function printPlans(settings, target) {
	if (target !== void 0) return print(JSON.stringify(drawnPlan(settings, target), null, 2));
	const planOf = planned(settings, settings.seed);
	for (const index of indicesOf(settings.iterations, settings.shard)) print(JSON.stringify(planOf(index)));
	return 0;
}
function drawnPlan(settings, target) {
	const [, seed, index] = /^(.+)\/(\d{1,9})$/.exec(target) ?? [];
	if (seed === void 0) throw new BadInputs(`${quoted(target)} is neither a file or folder nor SEED/INDEX, such as 42/17.`);
	return planned(settings, seed)(Number(index));
}
function planned(settings, seed) {
	return plansOf(seed, settings.operations, settings.gapOf);
}
function print(text) {
	process.stdout.write(`${text}\n`);
	return 0;
}
// src/cli.ts
process.exit(await runCommandLine(process.argv.slice(2)));
export {};
