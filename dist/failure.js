import { createRequire } from "node:module";
import { tmpdir, totalmem } from "node:os";
import * as os from "os";
import * as fs from "fs";
import * as path from "path";
import * as events from "events";
import { ok } from "assert";
import { Socket } from "node:net";
import { performance as performance$1 } from "node:perf_hooks";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { StringDecoder } from "string_decoder";
import * as child from "child_process";
import { setTimeout as setTimeout$1 } from "timers";
import { accessSync, chmodSync, chownSync, closeSync, constants as constants$1, existsSync as existsSync$1, fstatSync, fsyncSync, lchownSync, lstatSync, mkdirSync, openSync, readFileSync as readFileSync$1, readSync, readdirSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, statfsSync, writeFileSync as writeFileSync$1, writeSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { execFileSync, spawn } from "node:child_process";
import { setImmediate, setTimeout as setTimeout$2 } from "node:timers/promises";
// \0rolldown/runtime.js
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __exportAll = (all, flags) => {
	let target = Object.setPrototypeOf({}, null);
	for (var name in all) __defProp(target, name, {
		get: all[name],
		enumerable: true
	});
	if (!(flags & 1)) __defProp(target, Symbol.toStringTag, { value: "Module" });
	return flags & 2 ? target : Object.preventExtensions(target);
};
var __copyProps = (to, from, except, desc) => {
	if (from && typeof from === "object" || typeof from === "function") for (var keys = __getOwnPropNames(from), i = 0, n = keys.length, key; i < n; i++) {
		key = keys[i];
		if (!__hasOwnProp.call(to, key) && key !== except) __defProp(to, key, {
			get: ((k) => from[k]).bind(null, key),
			enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable
		});
	}
	return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(isNodeMode || !mod || !mod.__esModule || !__hasOwnProp.call(mod, "default") ? __defProp(target, "default", {
	value: mod,
	enumerable: true
}) : target, mod));
var __require = (() => createRequire(import.meta.url))();
// node_modules/@actions/io/lib/io-util.js
var __awaiter$3 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs.promises;
const IS_WINDOWS$1 = process.platform === "win32";
fs.constants.O_RDONLY;
function exists(fsPath) {
	return __awaiter$3(this, void 0, void 0, function* () {
		try {
			yield stat(fsPath);
		} catch (err) {
			if (err.code === "ENOENT") return false;
			throw err;
		}
		return true;
	});
}
function isRooted(p) {
	p = normalizeSeparators(p);
	if (!p) throw new Error("isRooted() parameter \"p\" cannot be empty");
	if (IS_WINDOWS$1) return p.startsWith("\\") || /^[A-Z]:/i.test(p);
	return p.startsWith("/");
}
function tryGetExecutablePath(filePath, extensions) {
	return __awaiter$3(this, void 0, void 0, function* () {
		let stats = void 0;
		try {
			stats = yield stat(filePath);
		} catch (err) {
			if (err.code !== "ENOENT") console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
		}
		if (stats && stats.isFile()) {
			if (IS_WINDOWS$1) {
				const upperExt = path.extname(filePath).toUpperCase();
				if (extensions.some((validExt) => validExt.toUpperCase() === upperExt)) return filePath;
			} else if (isUnixExecutable(stats)) return filePath;
		}
		const originalFilePath = filePath;
		for (const extension of extensions) {
			filePath = originalFilePath + extension;
			stats = void 0;
			try {
				stats = yield stat(filePath);
			} catch (err) {
				if (err.code !== "ENOENT") console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
			}
			if (stats && stats.isFile()) {
				if (IS_WINDOWS$1) {
					try {
						const directory = path.dirname(filePath);
						const upperName = path.basename(filePath).toUpperCase();
						for (const actualName of yield readdir(directory)) if (upperName === actualName.toUpperCase()) {
							filePath = path.join(directory, actualName);
							break;
						}
					} catch (err) {
						console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
					}
					return filePath;
				} else if (isUnixExecutable(stats)) return filePath;
			}
		}
		return "";
	});
}
function normalizeSeparators(p) {
	p = p || "";
	if (IS_WINDOWS$1) {
		p = p.replace(/\//g, "\\");
		return p.replace(/\\\\+/g, "\\");
	}
	return p.replace(/\/\/+/g, "/");
}
function isUnixExecutable(stats) {
	return (stats.mode & 1) > 0 || (stats.mode & 8) > 0 && process.getgid !== void 0 && stats.gid === process.getgid() || (stats.mode & 64) > 0 && process.getuid !== void 0 && stats.uid === process.getuid();
}
// node_modules/@actions/io/lib/io.js
var __awaiter$2 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
function rmRF(inputPath) {
	return __awaiter$2(this, void 0, void 0, function* () {
		if (IS_WINDOWS$1) {
			if (/[*"<>|]/.test(inputPath)) throw new Error("File path must not contain `*`, `\"`, `<`, `>` or `|` on Windows");
		}
		try {
			yield rm(inputPath, {
				force: true,
				maxRetries: 3,
				recursive: true,
				retryDelay: 300
			});
		} catch (err) {
			throw new Error(`File was unable to be removed ${err}`);
		}
	});
}
function mkdirP(fsPath) {
	return __awaiter$2(this, void 0, void 0, function* () {
		ok(fsPath, "a path argument must be provided");
		yield mkdir(fsPath, { recursive: true });
	});
}
function which(tool, check) {
	return __awaiter$2(this, void 0, void 0, function* () {
		if (!tool) throw new Error("parameter 'tool' is required");
		if (check) {
			const result = yield which(tool, false);
			if (!result) {
				if (IS_WINDOWS$1) throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
				else throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
			}
			return result;
		}
		const matches = yield findInPath(tool);
		if (matches && matches.length > 0) return matches[0];
		return "";
	});
}
function findInPath(tool) {
	return __awaiter$2(this, void 0, void 0, function* () {
		if (!tool) throw new Error("parameter 'tool' is required");
		const extensions = [];
		if (IS_WINDOWS$1 && process.env["PATHEXT"]) {
			for (const extension of process.env["PATHEXT"].split(path.delimiter)) if (extension) extensions.push(extension);
		}
		if (isRooted(tool)) {
			const filePath = yield tryGetExecutablePath(tool, extensions);
			if (filePath) return [filePath];
			return [];
		}
		if (tool.includes(path.sep)) return [];
		const directories = [];
		if (process.env.PATH) {
			for (const p of process.env.PATH.split(path.delimiter)) if (p) directories.push(p);
		}
		const matches = [];
		for (const directory of directories) {
			const filePath = yield tryGetExecutablePath(path.join(directory, tool), extensions);
			if (filePath) matches.push(filePath);
		}
		return matches;
	});
}
// node_modules/@actions/exec/lib/toolrunner.js
var __awaiter$1 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const IS_WINDOWS = process.platform === "win32";
var ToolRunner = class extends events.EventEmitter {
	constructor(toolPath, args, options) {
		super();
		if (!toolPath) throw new Error("Parameter 'toolPath' cannot be null or empty.");
		this.toolPath = toolPath;
		this.args = args || [];
		this.options = options || {};
	}
	_debug(message) {
		if (this.options.listeners && this.options.listeners.debug) this.options.listeners.debug(message);
	}
	_getCommandString(options, noPrefix) {
		const toolPath = this._getSpawnFileName();
		const args = this._getSpawnArgs(options);
		let cmd = noPrefix ? "" : "[command]";
		if (IS_WINDOWS) {
			if (this._isCmdFile()) {
				cmd += toolPath;
				for (const a of args) cmd += ` ${a}`;
			} else if (options.windowsVerbatimArguments) {
				cmd += `"${toolPath}"`;
				for (const a of args) cmd += ` ${a}`;
			} else {
				cmd += this._windowsQuoteCmdArg(toolPath);
				for (const a of args) cmd += ` ${this._windowsQuoteCmdArg(a)}`;
			}
		} else {
			cmd += toolPath;
			for (const a of args) cmd += ` ${a}`;
		}
		return cmd;
	}
	_processLineBuffer(data, strBuffer, onLine) {
		try {
			let s = strBuffer + data.toString();
			let n = s.indexOf(os.EOL);
			while (n > -1) {
				onLine(s.substring(0, n));
				s = s.substring(n + os.EOL.length);
				n = s.indexOf(os.EOL);
			}
			return s;
		} catch (err) {
			this._debug(`error processing line. Failed with error ${err}`);
			return "";
		}
	}
	_getSpawnFileName() {
		if (IS_WINDOWS) {
			if (this._isCmdFile()) return process.env["COMSPEC"] || "cmd.exe";
		}
		return this.toolPath;
	}
	_getSpawnArgs(options) {
		if (IS_WINDOWS) {
			if (this._isCmdFile()) {
				let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
				for (const a of this.args) {
					argline += " ";
					argline += options.windowsVerbatimArguments ? a : this._windowsQuoteCmdArg(a);
				}
				argline += "\"";
				return [argline];
			}
		}
		return this.args;
	}
	_endsWith(str, end) {
		return str.endsWith(end);
	}
	_isCmdFile() {
		const upperToolPath = this.toolPath.toUpperCase();
		return this._endsWith(upperToolPath, ".CMD") || this._endsWith(upperToolPath, ".BAT");
	}
	_windowsQuoteCmdArg(arg) {
		if (!this._isCmdFile()) return this._uvQuoteCmdArg(arg);
		if (!arg) return "\"\"";
		const cmdSpecialChars = [
			" ",
			"	",
			"&",
			"(",
			")",
			"[",
			"]",
			"{",
			"}",
			"^",
			"=",
			";",
			"!",
			"'",
			"+",
			",",
			"`",
			"~",
			"|",
			"<",
			">",
			"\""
		];
		let needsQuotes = false;
		for (const char of arg) if (cmdSpecialChars.some((x) => x === char)) {
			needsQuotes = true;
			break;
		}
		if (!needsQuotes) return arg;
		let reverse = "\"";
		let quoteHit = true;
		for (let i = arg.length; i > 0; i--) {
			reverse += arg[i - 1];
			if (quoteHit && arg[i - 1] === "\\") reverse += "\\";
			else if (arg[i - 1] === "\"") {
				quoteHit = true;
				reverse += "\"";
			} else quoteHit = false;
		}
		reverse += "\"";
		return reverse.split("").reverse().join("");
	}
	_uvQuoteCmdArg(arg) {
		if (!arg) return "\"\"";
		if (!arg.includes(" ") && !arg.includes("	") && !arg.includes("\"")) return arg;
		if (!arg.includes("\"") && !arg.includes("\\")) return `"${arg}"`;
		let reverse = "\"";
		let quoteHit = true;
		for (let i = arg.length; i > 0; i--) {
			reverse += arg[i - 1];
			if (quoteHit && arg[i - 1] === "\\") reverse += "\\";
			else if (arg[i - 1] === "\"") {
				quoteHit = true;
				reverse += "\\";
			} else quoteHit = false;
		}
		reverse += "\"";
		return reverse.split("").reverse().join("");
	}
	_cloneExecOptions(options) {
		options = options || {};
		const result = {
			cwd: options.cwd || process.cwd(),
			env: options.env || process.env,
			silent: options.silent || false,
			windowsVerbatimArguments: options.windowsVerbatimArguments || false,
			failOnStdErr: options.failOnStdErr || false,
			ignoreReturnCode: options.ignoreReturnCode || false,
			delay: options.delay || 1e4
		};
		result.outStream = options.outStream || process.stdout;
		result.errStream = options.errStream || process.stderr;
		return result;
	}
	_getSpawnOptions(options, toolPath) {
		options = options || {};
		const result = {};
		result.cwd = options.cwd;
		result.env = options.env;
		result["windowsVerbatimArguments"] = options.windowsVerbatimArguments || this._isCmdFile();
		if (options.windowsVerbatimArguments) result.argv0 = `"${toolPath}"`;
		return result;
	}
	exec() {
		return __awaiter$1(this, void 0, void 0, function* () {
			if (!isRooted(this.toolPath) && (this.toolPath.includes("/") || IS_WINDOWS && this.toolPath.includes("\\"))) this.toolPath = path.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
			this.toolPath = yield which(this.toolPath, true);
			return new Promise((resolve, reject) => __awaiter$1(this, void 0, void 0, function* () {
				this._debug(`exec tool: ${this.toolPath}`);
				this._debug("arguments:");
				for (const arg of this.args) this._debug(`   ${arg}`);
				const optionsNonNull = this._cloneExecOptions(this.options);
				if (!optionsNonNull.silent && optionsNonNull.outStream) optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + os.EOL);
				const state = new ExecState(optionsNonNull, this.toolPath);
				state.on("debug", (message) => {
					this._debug(message);
				});
				if (this.options.cwd && !(yield exists(this.options.cwd))) return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
				const fileName = this._getSpawnFileName();
				const cp = child.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
				let stdbuffer = "";
				if (cp.stdout) cp.stdout.on("data", (data) => {
					if (this.options.listeners && this.options.listeners.stdout) this.options.listeners.stdout(data);
					if (!optionsNonNull.silent && optionsNonNull.outStream) optionsNonNull.outStream.write(data);
					stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
						if (this.options.listeners && this.options.listeners.stdline) this.options.listeners.stdline(line);
					});
				});
				let errbuffer = "";
				if (cp.stderr) cp.stderr.on("data", (data) => {
					state.processStderr = true;
					if (this.options.listeners && this.options.listeners.stderr) this.options.listeners.stderr(data);
					if (!optionsNonNull.silent && optionsNonNull.errStream && optionsNonNull.outStream) (optionsNonNull.failOnStdErr ? optionsNonNull.errStream : optionsNonNull.outStream).write(data);
					errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
						if (this.options.listeners && this.options.listeners.errline) this.options.listeners.errline(line);
					});
				});
				cp.on("error", (err) => {
					state.processError = err.message;
					state.processExited = true;
					state.processClosed = true;
					state.CheckComplete();
				});
				cp.on("exit", (code) => {
					state.processExitCode = code;
					state.processExited = true;
					this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
					state.CheckComplete();
				});
				cp.on("close", (code) => {
					state.processExitCode = code;
					state.processExited = true;
					state.processClosed = true;
					this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
					state.CheckComplete();
				});
				state.on("done", (error, exitCode) => {
					if (stdbuffer.length > 0) this.emit("stdline", stdbuffer);
					if (errbuffer.length > 0) this.emit("errline", errbuffer);
					cp.removeAllListeners();
					if (error) reject(error);
					else resolve(exitCode);
				});
				if (this.options.input) {
					if (!cp.stdin) throw new Error("child process missing stdin");
					cp.stdin.end(this.options.input);
				}
			}));
		});
	}
};
function argStringToArray(argString) {
	const args = [];
	let inQuotes = false;
	let escaped = false;
	let arg = "";
	function append(c) {
		if (escaped && c !== "\"") arg += "\\";
		arg += c;
		escaped = false;
	}
	for (let i = 0; i < argString.length; i++) {
		const c = argString.charAt(i);
		if (c === "\"") {
			if (!escaped) inQuotes = !inQuotes;
			else append(c);
			continue;
		}
		if (c === "\\" && escaped) {
			append(c);
			continue;
		}
		if (c === "\\" && inQuotes) {
			escaped = true;
			continue;
		}
		if (c === " " && !inQuotes) {
			if (arg.length > 0) {
				args.push(arg);
				arg = "";
			}
			continue;
		}
		append(c);
	}
	if (arg.length > 0) args.push(arg.trim());
	return args;
}
var ExecState = class ExecState extends events.EventEmitter {
	constructor(options, toolPath) {
		super();
		this.processClosed = false;
		this.processError = "";
		this.processExitCode = 0;
		this.processExited = false;
		this.processStderr = false;
		this.delay = 1e4;
		this.done = false;
		this.timeout = null;
		if (!toolPath) throw new Error("toolPath must not be empty");
		this.options = options;
		this.toolPath = toolPath;
		if (options.delay) this.delay = options.delay;
	}
	CheckComplete() {
		if (this.done) return;
		if (this.processClosed) this._setResult();
		else if (this.processExited) this.timeout = setTimeout$1(ExecState.HandleTimeout, this.delay, this);
	}
	_debug(message) {
		this.emit("debug", message);
	}
	_setResult() {
		let error;
		if (this.processExited) {
			if (this.processError) error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
			else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
			else if (this.processStderr && this.options.failOnStdErr) error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
		}
		if (this.timeout) {
			clearTimeout(this.timeout);
			this.timeout = null;
		}
		this.done = true;
		this.emit("done", error, this.processExitCode);
	}
	static HandleTimeout(state) {
		if (state.done) return;
		if (!state.processClosed && state.processExited) {
			const message = `The STDIO streams did not close within ${state.delay / 1e3} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
			state._debug(message);
		}
		state._setResult();
	}
};
// node_modules/@actions/exec/lib/exec.js
var __awaiter = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
function exec(commandLine, args, options) {
	return __awaiter(this, void 0, void 0, function* () {
		const commandArgs = argStringToArray(commandLine);
		if (commandArgs.length === 0) throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
		const toolPath = commandArgs[0];
		args = commandArgs.slice(1).concat(args || []);
		return new ToolRunner(toolPath, args, options).exec();
	});
}
function getExecOutput(commandLine, args, options) {
	return __awaiter(this, void 0, void 0, function* () {
		var _a, _b;
		let stdout = "";
		let stderr = "";
		const stdoutDecoder = new StringDecoder("utf8");
		const stderrDecoder = new StringDecoder("utf8");
		const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
		const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
		const stdErrListener = (data) => {
			stderr += stderrDecoder.write(data);
			if (originalStdErrListener) originalStdErrListener(data);
		};
		const stdOutListener = (data) => {
			stdout += stdoutDecoder.write(data);
			if (originalStdoutListener) originalStdoutListener(data);
		};
		const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), {
			stdout: stdOutListener,
			stderr: stdErrListener
		});
		const exitCode = yield exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
		stdout += stdoutDecoder.end();
		stderr += stderrDecoder.end();
		return {
			exitCode,
			stdout,
			stderr
		};
	});
}
const DEFAULT_CONFIG = {
	lang: void 0,
	message: void 0,
	abortEarly: void 0,
	abortPipeEarly: void 0
};
function getGlobalConfig(config$1) {
	if (!config$1 && true) return DEFAULT_CONFIG;
	return {
		lang: config$1?.lang ?? void 0,
		message: config$1?.message,
		abortEarly: config$1?.abortEarly ?? void 0,
		abortPipeEarly: config$1?.abortPipeEarly ?? void 0
	};
}
function _stringify(input) {
	const type = typeof input;
	if (type === "string") return `"${input}"`;
	if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
	if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
	return type;
}
function _addIssue(context, label, dataset, config$1, other) {
	const input = other && "input" in other ? other.input : dataset.value;
	const expected = other?.expected ?? context.expects ?? null;
	const received = other?.received ?? _stringify(input);
	const issue = {
		kind: context.kind,
		type: context.type,
		input,
		expected,
		received,
		message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
		requirement: context.requirement,
		path: other?.path,
		issues: other?.issues,
		lang: config$1.lang,
		abortEarly: config$1.abortEarly,
		abortPipeEarly: config$1.abortPipeEarly
	};
	const isSchema = context.kind === "schema";
	const message$1 = other?.message ?? context.message ?? (context.reference, issue.lang, void 0) ?? (isSchema ? (issue.lang, void 0) : null) ?? config$1.message ?? (issue.lang, void 0);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
}
function _isSameValueZero(value1, value2) {
	return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
}
function _isValidObjectKey(object$1, key) {
	return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
}
function _joinExpects(values$1, separator) {
	const list = [...new Set(values$1)];
	if (list.length > 1) return `(${list.join(` ${separator} `)})`;
	return list[0] ?? "never";
}
function _standardSchema(schema) {
	schema["~standard"] = {
		version: 1,
		vendor: "valibot",
		validate: (value$1) => schema["~run"]({ value: value$1 }, getGlobalConfig())
	};
	return schema;
}
function getDotPath(issue) {
	if (issue.path) {
		let key = "";
		for (const item of issue.path) if (typeof item.key === "string" || typeof item.key === "number") if (key) key += `.${item.key}`;
		else key += item.key;
		else return null;
		return key;
	}
	return null;
}
var ValiError = class extends Error {
	constructor(issues) {
		super(issues[0].message);
		this.name = "ValiError";
		this.issues = issues;
	}
};
const ISO_TIMESTAMP_REGEX = /^\d{4}-(?:0[1-9]|1[0-2])-(?:[12]\d|0[1-9]|3[01])[T ](?:0\d|1\d|2[0-3])(?::[0-5]\d){2}(?:\.\d{1,9})?(?:Z| ?[+-](?:0\d|1\d|2[0-3])(?::?[0-5]\d)?)$/u;
function check$2(requirement, message$1) {
	return {
		kind: "validation",
		type: "check",
		reference: check$2,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}
function finite$1(message$1) {
	return {
		kind: "validation",
		type: "finite",
		reference: finite$1,
		async: false,
		expects: null,
		requirement: Number.isFinite,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "finite", dataset, config$1);
			return dataset;
		}
	};
}
function integer(message$1) {
	return {
		kind: "validation",
		type: "integer",
		reference: integer,
		async: false,
		expects: null,
		requirement: Number.isInteger,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "integer", dataset, config$1);
			return dataset;
		}
	};
}
function isoTimestamp(message$1) {
	return {
		kind: "validation",
		type: "iso_timestamp",
		reference: isoTimestamp,
		async: false,
		expects: null,
		requirement: ISO_TIMESTAMP_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "timestamp", dataset, config$1);
			return dataset;
		}
	};
}
function maxLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_length",
		reference: maxLength,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length > this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
function maxValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_value",
		reference: maxValue,
		async: false,
		expects: `<=${requirement instanceof Date ? requirement.toJSON() : _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value <= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : _stringify(dataset.value) });
			return dataset;
		}
	};
}
function metadata(metadata_) {
	return {
		kind: "metadata",
		type: "metadata",
		reference: metadata,
		metadata: metadata_
	};
}
function minLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_length",
		reference: minLength,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length < this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
function minValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_value",
		reference: minValue,
		async: false,
		expects: `>=${requirement instanceof Date ? requirement.toJSON() : _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value >= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : _stringify(dataset.value) });
			return dataset;
		}
	};
}
function multipleOf(requirement, message$1) {
	return {
		kind: "validation",
		type: "multiple_of",
		reference: multipleOf,
		async: false,
		expects: `%${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value % this.requirement != 0) _addIssue(this, "multiple", dataset, config$1);
			return dataset;
		}
	};
}
function readonly() {
	return {
		kind: "transformation",
		type: "readonly",
		reference: readonly,
		async: false,
		"~run"(dataset) {
			return dataset;
		}
	};
}
function regex(requirement, message$1) {
	return {
		kind: "validation",
		type: "regex",
		reference: regex,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "format", dataset, config$1);
			return dataset;
		}
	};
}
const ABORT_EARLY_CONFIG = { abortEarly: true };
function getFallback(schema, dataset, config$1) {
	return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
function getDefault(schema, dataset, config$1) {
	return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
function is(schema, input) {
	return !schema["~run"]({ value: input }, ABORT_EARLY_CONFIG).issues;
}
function array(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: array,
		expects: "Array",
		async: false,
		item,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function boolean(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "boolean",
		reference: boolean,
		expects: "boolean",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "boolean") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function exactOptional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "exact_optional",
		reference: exactOptional,
		expects: wrapped.expects,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
function literal(literal_, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "literal",
		reference: literal,
		expects: _stringify(literal_),
		async: false,
		literal: literal_,
		message: message$1,
		"~run"(dataset, config$1) {
			if (_isSameValueZero(dataset.value, this.literal)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function looseObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "loose_object",
		reference: looseObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (_isValidObjectKey(input, key) && !Object.prototype.hasOwnProperty.call(this.entries, key)) dataset.value[key] = input[key];
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function number$2(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "number",
		reference: number$2,
		expects: "number",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function object(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object",
		reference: object,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function optional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "optional",
		reference: optional,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
function picklist(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "picklist",
		reference: picklist,
		expects: _joinExpects(options.map(_stringify), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.includes(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function record(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "record",
		reference: record,
		expects: "Object",
		async: false,
		key,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const entryKey in input) if (_isValidObjectKey(input, entryKey)) {
					const entryValue = input[entryKey];
					const keyDataset = this.key["~run"]({ value: entryKey }, config$1);
					if (keyDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "key",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of keyDataset.issues) {
							issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					const valueDataset = this.value["~run"]({ value: entryValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function strictObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_object",
		reference: strictObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key)) {
						_addIssue(this, "key", dataset, config$1, {
							input: key,
							expected: "never",
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function strictTuple(items, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_tuple",
		reference: strictTuple,
		expects: "Array",
		async: false,
		items,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < this.items.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.items[key]["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
				if (!(dataset.issues && config$1.abortEarly) && this.items.length < input.length) _addIssue(this, "type", dataset, config$1, {
					input: input[this.items.length],
					expected: "never",
					path: [{
						type: "array",
						origin: "value",
						input,
						key: this.items.length,
						value: input[this.items.length]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function string(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "string",
		reference: string,
		expects: "string",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "string") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function _subIssues(datasets) {
	let issues;
	if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
	else issues = dataset.issues;
	return issues;
}
function union(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "union",
		reference: union,
		expects: _joinExpects(options.map((option) => option.expects), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			let validDataset;
			let typedDatasets;
			let untypedDatasets;
			for (const schema of this.options) {
				const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
				if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
				else typedDatasets = [optionDataset];
				else {
					validDataset = optionDataset;
					break;
				}
				else if (untypedDatasets) untypedDatasets.push(optionDataset);
				else untypedDatasets = [optionDataset];
			}
			if (validDataset) return validDataset;
			if (typedDatasets) {
				if (typedDatasets.length === 1) return typedDatasets[0];
				_addIssue(this, "type", dataset, config$1, { issues: _subIssues(typedDatasets) });
				dataset.typed = true;
			} else if (untypedDatasets?.length === 1) return untypedDatasets[0];
			else _addIssue(this, "type", dataset, config$1, { issues: _subIssues(untypedDatasets) });
			return dataset;
		}
	});
}
function unknown() {
	return _standardSchema({
		kind: "schema",
		type: "unknown",
		reference: unknown,
		expects: "unknown",
		async: false,
		"~run"(dataset) {
			dataset.typed = true;
			return dataset;
		}
	});
}
function variant(key, options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "variant",
		reference: variant,
		expects: "Object",
		async: false,
		key,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				let outputDataset;
				let maxDiscriminatorPriority = 0;
				let invalidDiscriminatorKey = this.key;
				let expectedDiscriminators = [];
				const parseOptions = (variant$1, allKeys) => {
					for (const schema of variant$1.options) {
						if (schema.type === "variant") parseOptions(schema, new Set(allKeys).add(schema.key));
						else {
							let keysAreValid = true;
							let currentPriority = 0;
							for (const currentKey of allKeys) {
								const discriminatorSchema = schema.entries[currentKey];
								if (currentKey in input ? discriminatorSchema["~run"]({
									typed: false,
									value: input[currentKey]
								}, ABORT_EARLY_CONFIG).issues : discriminatorSchema.type !== "exact_optional" && discriminatorSchema.type !== "optional" && discriminatorSchema.type !== "nullish") {
									keysAreValid = false;
									if (invalidDiscriminatorKey !== currentKey && (maxDiscriminatorPriority < currentPriority || maxDiscriminatorPriority === currentPriority && currentKey in input && !(invalidDiscriminatorKey in input))) {
										maxDiscriminatorPriority = currentPriority;
										invalidDiscriminatorKey = currentKey;
										expectedDiscriminators = [];
									}
									if (invalidDiscriminatorKey === currentKey) expectedDiscriminators.push(schema.entries[currentKey].expects);
									break;
								}
								currentPriority++;
							}
							if (keysAreValid) {
								const optionDataset = schema["~run"]({ value: input }, config$1);
								if (!outputDataset || !outputDataset.typed && optionDataset.typed) outputDataset = optionDataset;
							}
						}
						if (outputDataset && !outputDataset.issues) break;
					}
				};
				parseOptions(this, new Set([this.key]));
				if (outputDataset) return outputDataset;
				_addIssue(this, "type", dataset, config$1, {
					input: input[invalidDiscriminatorKey],
					expected: _joinExpects(expectedDiscriminators, "|"),
					path: [{
						type: "object",
						origin: "value",
						input,
						key: invalidDiscriminatorKey,
						value: input[invalidDiscriminatorKey]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function parse$1(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, getGlobalConfig(config$1));
	if (dataset.issues) throw new ValiError(dataset.issues);
	return dataset.value;
}
function pipe(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		"~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}
function safeParse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, getGlobalConfig(config$1));
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}
// src/sandbox/command.ts
const THIRD_READERS = [
	"qcowinfo",
	"vmdkinfo",
	"vhdiinfo"
];
function isThirdReader(program) {
	return THIRD_READERS.includes(program);
}
function lastWords({ stdout, stderr }) {
	return (`${stdout.text}\n${stderr.text}`.split("\n").map((line) => line.trim()).findLast((line) => line !== "") ?? "it printed nothing").slice(0, 500);
}
function succeeded(exit) {
	return exit.kind === "exited" && exit.code === 0;
}
function crashed(exit) {
	if (exit.kind === "exited") return exit.code === 101;
	return exit.kind === "signalled" && exit.signal !== 9;
}
function describeExit(exit) {
	switch (exit.kind) {
		case "exited": return exit.code === 101 ? "exit code 101 (a Rust panic)" : `exit code ${exit.code}`;
		case "signalled": return `killed by signal ${exit.signal}`;
		case "timed-out": return `no end within ${exit.seconds} s`;
	}
}
// src/verdict/finding.ts
const ABSENT = "absent";
const OWN_REPORT = "its own report";
const TYPE_ENDS = {
	counts: "_counts_divergence",
	twinInfo: "_twin_info_divergence",
	twinCheck: "_twin_check_divergence",
	twinContent: "_twin_content_divergence",
	identity: "_identity_divergence",
	unreadable: "_unreadable_divergence",
	unwritten: "_unwritten_divergence",
	output: "_output_divergence",
	list: "_list_divergence",
	bothInfo: "_info_divergence",
	inSnapshot: "_snapshot_divergence",
	thirdReader: "_third_reader_divergence",
	fixture: "fixture_divergence"
};
// src/oracles/ending.ts
const ANSWERED = {
	kind: "exited",
	code: 0
};
const noCrash = async ({ subject }) => crashOf(subject);
const PANIC = /^(?:thread '.*' (?:\(\d+\) )?)?(panicked at .*(?:(?<=:)\n.*)?)/m;
function crashOf(result) {
	const [, panic] = (succeeded(result.exit) ? null : PANIC.exec(result.stderr.text)) ?? [];
	if (!crashed(result.exit) && panic === void 0) return void 0;
	const message = panic?.replace("\n", " ").slice(0, 500) ?? lastWords(result);
	return {
		kind: "crash",
		type: "crash_divergence",
		subject: result.exit,
		message
	};
}
function failureOf$1(result, type, hasAnswered = succeeded) {
	const crash = crashOf(result);
	if (crash || hasAnswered(result.exit)) return crash;
	return {
		kind: "exit",
		type,
		subject: result.exit,
		reference: ANSWERED,
		message: lastWords(result)
	};
}
const sameSuccess = async (observation) => successFinding(observation);
function successFinding(ends) {
	return succeeded(ends.subject.exit) === succeeded(ends.reference.exit) ? void 0 : exitFinding(ends);
}
const noAcceptance = async (observation) => succeeded(observation.subject.exit) ? sameSuccess(observation) : void 0;
function refusesLoss(kind) {
	return async (observation) => {
		const finding = await noAcceptance(observation);
		return finding && {
			...finding,
			type: `${observation.operation}${TYPE_ENDS[kind]}`
		};
	};
}
const sameExitCode = async ({ subject, reference }) => {
	const [ours, theirs] = [subject.exit, reference.exit];
	if (ours.kind === "exited" && theirs.kind === "exited" && ours.code === theirs.code) return void 0;
	return exitFinding({
		subject,
		reference
	});
};
function exitFinding({ subject, reference }) {
	const message = lastWords(succeeded(subject.exit) ? reference : subject);
	return {
		kind: "exit",
		type: "exit_code_divergence",
		subject: subject.exit,
		reference: reference.exit,
		message
	};
}
function compareEnds(ends) {
	return crashOf(ends.subject) ?? successFinding(ends);
}
const noRefusal = async (observation) => succeeded(observation.subject.exit) ? void 0 : sameSuccess(observation);
// src/oracles/inconclusive.ts
var Inconclusive = class extends Error {
	reason;
	constructor(reason) {
		super(reason.kind);
		this.reason = reason;
	}
};
// src/trust/parse.ts
const MOST_LEVELS = 64;
function parseOutsideJson(text) {
	try {
		const json = JSON.parse(text);
		return isDeeperThan(json, MOST_LEVELS) ? void 0 : json;
	} catch {
		return;
	}
}
function isDeeperThan(json, levels) {
	if (typeof json !== "object" || json === null) return false;
	return levels === 0 || Object.values(json).some((child) => isDeeperThan(child, levels - 1));
}
// src/oracles/json.ts
function parseJson({ text, truncated }) {
	return truncated ? void 0 : parseOutsideJson(text);
}
function valueAt(json, key) {
	if (typeof json !== "object" || json === null || Array.isArray(json)) return void 0;
	return Object.hasOwn(json, key) ? json[key] : void 0;
}
const MOST_DIFFERENCES = 20;
const MOST_CHARACTERS$3 = 200;
function differencesOf(subject, reference) {
	const found = [...walk("", subject, reference)];
	const depth = ({ pointer }) => pointer.split("/").length;
	return (Array.isArray(reference) ? found : found.toSorted((a, b) => depth(a) - depth(b))).slice(0, MOST_DIFFERENCES);
}
function* walk(pointer, subject, reference) {
	if (isContainer(subject) && isContainer(reference) && Array.isArray(subject) === Array.isArray(reference)) for (const key of keysOf(subject, reference)) yield* walk(`${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, childOf$1(subject, key), childOf$1(reference, key));
	else if (subject !== reference) yield {
		pointer: pointer.slice(0, MOST_CHARACTERS$3),
		subject: inWords(subject),
		reference: inWords(reference)
	};
}
function keysOf(one, other) {
	if (Array.isArray(one) && Array.isArray(other)) return Object.keys(one.length > other.length ? one : other);
	return [...new Set([...Object.keys(other), ...Object.keys(one)])].sort();
}
function isContainer(json) {
	return typeof json === "object" && json !== null;
}
function childOf$1(container, key) {
	return Array.isArray(container) ? container[Number(key)] : valueAt(container, key);
}
function inWords(json) {
	return json === void 0 ? ABSENT : JSON.stringify(json).slice(0, MOST_CHARACTERS$3);
}
// src/oracles/normalise.ts
const RULES = [
	{
		key: "actual-size",
		strength: "both",
		reason: "allocated blocks move with the file system and the layout"
	},
	{
		key: "dirty-flag",
		strength: "both",
		reason: "run-time state, and only shown since 6.1"
	},
	{
		key: "filename",
		strength: "read",
		reason: "how a tool spells the path that it was given"
	},
	{
		key: "disk size",
		strength: "read",
		reason: "allocated blocks, in the human spelling"
	},
	{
		key: "image-clusters",
		strength: "read",
		reason: "each tool counts clusters its own way"
	},
	{
		key: "fragmented-clusters",
		strength: "read",
		reason: "each tool counts fragments its own way"
	},
	{
		key: "allocated-clusters",
		strength: "read",
		reason: "each tool counts clusters its own way"
	},
	{
		key: "format-specific",
		strength: "read",
		reason: "documented as incomplete in the subject"
	},
	{
		key: "refcount-block-cache-size",
		strength: "written",
		reason: "a run-time cache hint, not image content"
	},
	{
		key: "l2-cache-size",
		strength: "written",
		reason: "a run-time cache hint, not image content"
	},
	{
		key: "l2-cache-entry-size",
		strength: "written",
		reason: "a run-time cache hint, not image content"
	},
	{
		key: "cache-clean-interval",
		strength: "written",
		reason: "a run-time cache hint, not image content"
	},
	{
		key: "cid",
		strength: "written",
		format: "vmdk",
		reason: "random in each file"
	},
	{
		key: "parent-cid",
		strength: "written",
		format: "vmdk",
		reason: "random in each file"
	},
	{
		key: "log-size",
		strength: "written",
		format: "vhdx",
		reason: "another default"
	},
	{
		key: "virtual-size",
		strength: "written",
		within: "children",
		reason: "the container file’s length, which is layout; the disk’s own size stays"
	},
	{
		key: "virtual-size",
		strength: "read",
		format: "qcow2",
		within: "children",
		reason: "the larger of the file’s length and the end of its metadata"
	},
	{
		key: "virtual-size",
		strength: "read",
		format: "raw",
		within: "children",
		reason: "the file’s length, which is not described where it ends within a sector; the disk’s own size stays"
	},
	{
		key: "extent-size-hint",
		strength: "written",
		within: "children",
		reason: "qemu gives one to what it creates on XFS"
	},
	{
		key: "date-sec",
		strength: "written",
		within: "snapshots",
		reason: "when each side took it"
	},
	{
		key: "date-nsec",
		strength: "written",
		within: "snapshots",
		reason: "when each side took it"
	}
];
function normalise(json, strength, format) {
	return strip(json, RULES.filter((rule) => (rule.strength === strength || rule.strength === "both") && (rule.format ?? format) === format), []);
}
function strip(json, rules, inside) {
	if (Array.isArray(json)) return json.map((item) => strip(item, rules, inside));
	if (typeof json !== "object" || json === null) return json;
	const applying = rules.filter(({ within }) => within === void 0 || inside.includes(within));
	const dropped = new Set(applying.map((rule) => rule.key));
	const kept = Object.entries(json).filter(([key]) => !dropped.has(key));
	return Object.fromEntries(kept.map(([key, value]) => [key, strip(value, rules, [...inside, key])]));
}
// src/oracles/info.ts
const sameReadInfo = async ({ operation, subject, reference, inputs }) => compareReports({
	subject,
	reference,
	format: inputs[0]?.format ?? ""
}, {
	differ: `${operation}_json_divergence`,
	unparsable: `${operation}_json_parse_failure`
});
function compareReports({ subject, reference, format }, types) {
	const theirs = parseJson(reference.stdout);
	if (theirs === void 0) throw unusable("info", lastWords(reference));
	const ours = parseJson(subject.stdout);
	const what = OWN_REPORT;
	if (ours === void 0) return {
		kind: "unparsable",
		type: types.unparsable,
		what,
		start: subject.stdout.text.slice(0, 200)
	};
	const differences = differencesOf(normalise(ours, "read", format), normalise(theirs, "read", format));
	return differences.length === 0 ? void 0 : {
		kind: "json",
		type: types.differ,
		what,
		differences
	};
}
function sameWrittenInfo(typeOf) {
	return async (observation) => {
		for (const file of observation.outputs) {
			const finding = await compareInfo(observation, file, typeOf(observation.operation, file));
			if (finding) return finding;
		}
	};
}
async function compareInfo(observation, file, type) {
	const theirs = await infoOf(observation, "reference", file);
	if (typeof theirs === "string") throw unusable("info", theirs);
	const ours = await infoOf(observation, "subject", file);
	if (typeof ours === "string") return {
		kind: "unreadable",
		type,
		file: file.path,
		message: ours
	};
	const differences = differencesOf(normalise(ours.json, "written", file.format), normalise(theirs.json, "written", file.format));
	return differences.length === 0 ? void 0 : {
		kind: "json",
		type,
		what: file.path,
		differences
	};
}
async function infoOf({ bench }, side, { format, path }, place) {
	const args = [
		"info",
		"-f",
		format,
		"--output=json",
		path
	];
	const result = await bench.ask({
		side,
		program: "reference",
		args,
		...place && { place }
	});
	const json = succeeded(result.exit) ? parseJson(result.stdout) : void 0;
	return json === void 0 ? lastWords(result) : { json };
}
async function virtualSizeOf(...asked) {
	const info = await infoOf(...asked);
	if (typeof info === "string") return info;
	const size = valueAt(info.json, "virtual-size");
	return typeof size === "number" ? size : "it tells no virtual size";
}
async function requireReadable(observation, file, place) {
	const own = await infoOf(observation, "reference", file, place);
	if (typeof own === "string") throw unusable("compare", own);
}
function unusable(command, message) {
	return new Inconclusive({
		kind: "reference_failed",
		command,
		message
	});
}
// src/oracles/inputs.ts
const inputsUntouched = async ({ inputs, bench }) => firstChanged(inputs, bench);
const untouchedWhenRefused = async ({ subject, reference, inputs, bench }) => {
	if (succeeded(reference.exit)) return void 0;
	return firstChanged(succeeded(subject.exit) ? inputs.filter(({ inPlace }) => !inPlace) : inputs, bench);
};
const outputsUntouchedWhenRefused = async ({ subject, reference, outputs, bench }) => {
	if (succeeded(subject.exit) || succeeded(reference.exit)) return void 0;
	return firstChanged(outputs.filter(({ isNew }) => !isNew).map((file) => ({
		...file,
		inPlace: true
	})), bench);
};
async function firstChanged(files, bench) {
	for (const file of files) if (!await bench.untouched(file)) return {
		kind: "input-modified",
		type: "input_modified_divergence",
		file: file.path
	};
}
// src/oracles/consistency.ts
const ERRORS = "check-errors";
const EXAMINED = [
	"qcow2",
	"vmdk",
	"vhdx"
];
const notLessConsistent = async (observation) => {
	const { operation, outputs } = observation;
	const type = `${operation}_check_divergence`;
	for (const { path, format } of outputs.filter((file) => EXAMINED.includes(file.format))) {
		const args = [
			"check",
			"-f",
			format,
			"--output=json",
			path
		];
		const subject = await check$1(observation, "subject", args);
		if (typeof subject !== "string" && isClean(subject)) continue;
		const reference = await check$1(observation, "reference", args);
		if (typeof reference === "string") throw unusable("check", reference);
		if (typeof subject === "string") return {
			kind: "unreadable",
			type,
			file: path,
			message: subject
		};
		if (worse(subject, reference)) return {
			kind: "inconsistent",
			type,
			file: path,
			subject,
			reference
		};
	}
};
const sameCheckCounts = async (observation) => {
	const { operation, inputs: [file], bench, subject, reference } = observation;
	const comparable = [subject, reference].every(hasExamined) || await sameExitCode(observation) === void 0;
	if (file === void 0 || !comparable) return void 0;
	const types = {
		differ: `${operation}${TYPE_ENDS.counts}`,
		unparsable: `${operation}_json_parse_failure`
	};
	return sameCounts(bench, file.path, types);
};
async function sameCounts(bench, file, types, place) {
	const args = [
		"check",
		"--output",
		"json",
		file
	];
	const reference = await check$1({ bench }, "reference", args);
	if (typeof reference === "string") throw unusable("check", reference);
	const asked = await bench.ask({
		side: "subject",
		program: "subject",
		args,
		...place ? { place } : {}
	});
	const failure = place ? failureOf$1(asked, types.differ, hasReported) : crashOf(asked);
	if (failure) return failure;
	const subject = countsOf$1(asked);
	if (subject === void 0) return {
		kind: "unparsable",
		type: types.unparsable,
		what: "its JSON report",
		start: lastWords(asked),
		member: ERRORS
	};
	return differ(subject, reference) ? {
		kind: "inconsistent",
		type: types.differ,
		file,
		subject,
		reference
	} : void 0;
}
function isClean({ corruptions, leaks, errors }) {
	return corruptions === 0 && leaks === 0 && errors === 0;
}
function worse(subject, reference) {
	return subject.corruptions > reference.corruptions || subject.leaks > reference.leaks || subject.errors > reference.errors;
}
function differ(subject, reference) {
	const { corruptions, leaks, errors } = reference;
	return subject.corruptions !== corruptions || subject.leaks !== leaks || subject.errors > 0 !== errors > 0;
}
async function check$1({ bench }, side, args) {
	const result = await bench.ask({
		side,
		program: "reference",
		args
	});
	return countsOf$1(result) ?? lastWords(result);
}
const REPORTING = [
	0,
	1,
	2,
	3
];
const WHOLE$1 = [
	0,
	2,
	3
];
function hasReported(exit) {
	return exit.kind === "exited" && REPORTING.includes(exit.code);
}
function hasExamined({ exit }) {
	return exit.kind === "exited" && WHOLE$1.includes(exit.code);
}
function countsOf$1({ exit, stdout }) {
	if (!hasReported(exit)) return void 0;
	const json = parseJson(stdout);
	if (typeof valueAt(json, ERRORS) !== "number") return void 0;
	const count = (key) => {
		const value = valueAt(json, key);
		return typeof value === "number" ? value : 0;
	};
	return {
		corruptions: count("corruptions"),
		leaks: count("leaks"),
		errors: count(ERRORS)
	};
}
// src/oracles/compared.ts
const SAME = 0;
const DIFFERENT$1 = 1;
function compareDisks(bench, one, other) {
	return compareBy(bench, [
		"-f",
		one.format,
		"-F",
		other.format,
		one.path,
		other.path
	]);
}
async function compareBy(bench, words) {
	const args = ["compare", ...words];
	return readCompared(await bench.ask({
		side: "reference",
		program: "reference",
		args,
		place: "above"
	}));
}
function readCompared(result) {
	const { exit, stdout } = result;
	const code = exit.kind === "exited" ? exit.code : void 0;
	if (code === SAME) return { kind: /size mismatch/i.test(stdout.text) ? "other-size" : "same" };
	const offset = /mismatch at offset (\d+)/i.exec(stdout.text)?.[1];
	const message = lastWords(result);
	if (code === DIFFERENT$1 && offset !== void 0) return {
		kind: "differ",
		offset: Number(offset),
		message
	};
	return {
		kind: "failed",
		message
	};
}
// src/oracles/invariant.ts
async function breachOf(observation, side) {
	for (const invariant of observation.invariants) {
		const breach = await breachIn(observation, side, invariant);
		if (breach) return breach;
	}
}
const keepsInvariants = async (observation) => {
	const breach = await breachOf(observation, "subject");
	if (breach === void 0) return void 0;
	const theirs = await breachOf(observation, "reference");
	const type = `${observation.operation}_invariant_divergence`;
	const { file, offset, says: broken } = breach;
	return {
		kind: "content",
		type,
		file,
		offset,
		broken,
		...theirs === void 0 ? {} : { both: true }
	};
};
function blameReference({ says, message }) {
	return new Inconclusive({
		kind: "reference_invariant",
		says,
		message
	});
}
async function breachIn(observation, side, invariant) {
	const { bench } = observation;
	const { says, kept, found } = invariant;
	const foundPath = bench.pathOf(side, found.path);
	const keptPath = kept.kind === "image" ? bench.pathOf("fixture", kept.path) : "";
	const compared = await compareBy(bench, compareWords(kept, keptPath, found, foundPath));
	switch (compared.kind) {
		case "same":
		case "other-size": return;
		case "differ": return {
			says,
			file: found.path,
			offset: compared.offset,
			message: compared.message
		};
		case "failed":
			if (kept.kind === "image") await requireReadable(observation, {
				format: kept.format,
				path: keptPath
			}, "above");
			return {
				says,
				file: found.path,
				offset: 0,
				message: compared.message
			};
	}
}
function compareWords(kept, keptPath, found, foundPath) {
	if (kept.kind === "image" && isWhole(kept) && isWhole(found)) return [
		"-f",
		kept.format,
		"-F",
		found.format,
		keptPath,
		foundPath
	];
	return [
		"--image-opts",
		kept.kind === "zeros" ? `driver=null-co,size=${kept.size},read-zeroes=on` : imageOptions(kept, kept.format, keptPath),
		imageOptions(found, found.format, foundPath)
	];
}
function isWhole({ offset, length }) {
	return offset === void 0 && length === void 0;
}
function imageOptions(part, format, path) {
	if (isWhole(part)) return `driver=${format},file.driver=file,file.filename=${path}`;
	return [
		"driver=raw",
		...[...part.offset === void 0 ? [] : [`offset=${part.offset}`], ...part.length === void 0 ? [] : [`size=${part.length}`]],
		`file.driver=${format},file.file.driver=file,file.file.filename=${path}`
	].join(",");
}
// src/plan/schema.ts
function nodeOf(schema) {
	return schema;
}
function schemaOf(node) {
	return node;
}
function insideOf(node) {
	return node.type === "optional" && node.wrapped ? node.wrapped : node;
}
function alternativesOf(node) {
	return node.type === "variant" ? node.options.flatMap(alternativesOf) : [node];
}
function chosenOf(node, value) {
	return alternativesOf(node).find((alternative) => is(schemaOf(alternative), value));
}
function memberOf(value, name) {
	return typeof value === "object" && value !== null ? value[name] : void 0;
}
function ordinary(...values) {
	return metadata({ ordinary: values });
}
function ordinaryOf(node) {
	const said = node.pipe?.findLast(({ metadata }) => metadata?.["ordinary"] !== void 0)?.metadata?.["ordinary"];
	if (Array.isArray(said)) return said;
	switch (node.type) {
		case "boolean": return [false];
		case "picklist": return node.options ?? [];
		case "literal": return [node.literal];
		default: return [];
	}
}
function telling() {
	return metadata({ telling: true });
}
function isTelling({ pipe = [] }) {
	return pipe.some(({ metadata }) => metadata?.["telling"] === true);
}
function unit() {
	return metadata({ unit: true });
}
function isUnit({ pipe = [] }) {
	return pipe.some(({ metadata }) => metadata?.["unit"] === true);
}
function simplestOf(node) {
	switch (node.type) {
		case "strict_object": {
			const entries = Object.entries(node.entries ?? {}).filter(([, entry]) => entry.type !== "optional");
			return Object.fromEntries(entries.map(([name, entry]) => [name, simplestOf(entry)]));
		}
		case "variant": {
			const [first] = alternativesOf(node);
			return first === void 0 ? void 0 : simplestOf(first);
		}
		case "array": return [];
		default: return ordinaryOf(node)[0];
	}
}
// src/plan/size.ts
const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;
const CLUSTER = 64 * KiB;
const UNITS = [
	{
		suffix: "G",
		bytes: GiB
	},
	{
		suffix: "M",
		bytes: MiB
	},
	{
		suffix: "K",
		bytes: KiB
	}
];
function sizeText(bytes) {
	const unit = UNITS.find((candidate) => bytes > 0 && bytes % candidate.bytes === 0);
	return unit ? `${bytes / unit.bytes}${unit.suffix}` : String(bytes);
}
const MOST_SIZE = 8 * GiB;
const BEYOND_32_BITS = 4 * GiB;
const BEYOND_SIZES = [
	4362076160,
	4294967808,
	5368709120
];
const MOST_DRAWN = Math.max(...BEYOND_SIZES) + MiB;
const DiskSize = pipe(number$2(), integer(), multipleOf(512), minValue(512), maxValue(MOST_SIZE), ordinary(MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB, GiB, BEYOND_SIZES[0]));
const BEYOND = .04;
function drawBeyond(draw) {
	return draw.chance(BEYOND) ? draw.pick(BEYOND_SIZES) : void 0;
}
const ABOUT_SIZES = .6;
function drawSize(draw, swarm, sizes, cluster, otherwise = 0) {
	const size = draw.pick(sizes);
	if (!draw.chance(swarm.includes("odd-sizes") ? .85 : otherwise)) return size;
	const sectors = Math.min(cluster, MiB) / 512;
	const off = draw.pick([
		1,
		Math.max(1, sectors / 2),
		draw.integer(1, Math.max(1, sectors - 1))
	]) * 512;
	return draw.chance(.5) && size - off >= 65536 ? size - off : size + off;
}
// src/oracles/tolerances.ts
const SIZE_TOLERANCES = [{
	format: "raw",
	least: 0,
	most: 65535,
	reason: "the subject writes whole transport sectors, so that a file may have a tail of zeros"
}, {
	format: "vpc",
	least: -2088959,
	most: 0,
	reason: "the reference rounds up to whole cylinders, the subject keeps the size (gap convert-vpc-size)"
}];
function isSameSize(format, larger) {
	const tolerance = SIZE_TOLERANCES.find((one) => one.format === format);
	return larger === 0 || tolerance !== void 0 && larger >= tolerance.least && larger <= tolerance.most;
}
const MEASURE_TOLERANCE = {
	bytes: MiB,
	oneIn: 16
};
function mostConverted(full) {
	return full + Math.max(MEASURE_TOLERANCE.bytes, Math.floor(full / MEASURE_TOLERANCE.oneIn));
}
// src/oracles/content.ts
const sameContent = async (observation) => {
	for (const file of observation.outputs) {
		const finding = await compareContent(observation, file);
		if (finding) return finding.kind === "content" ? attribute(observation, finding) : finding;
	}
};
async function attribute(observation, finding) {
	const theirs = await breachOf(observation, "reference");
	const ours = await breachOf(observation, "subject");
	if (ours === void 0) {
		if (theirs === void 0) return finding;
		throw blameReference(theirs);
	}
	const { says: broken, file, offset } = ours;
	return {
		...finding,
		file,
		offset,
		broken,
		...theirs === void 0 ? {} : { both: true }
	};
}
async function compareContent(observation, file) {
	const { bench, operation } = observation;
	const { path, format } = file;
	const type = `${operation}_content_divergence`;
	const compared = await compareDisks(bench, {
		format,
		path: bench.pathOf("subject", path)
	}, {
		format,
		path: bench.pathOf("reference", path)
	});
	switch (compared.kind) {
		case "same": return;
		case "other-size": return compareSize(observation, file, type);
		case "differ": return {
			kind: "content",
			type,
			file: path,
			offset: compared.offset
		};
		case "failed":
			await requireReadable(observation, file);
			return {
				kind: "unreadable",
				type,
				file: path,
				message: compared.message
			};
	}
}
async function compareSize(observation, file, type) {
	const reference = await virtualSizeOf(observation, "reference", file);
	if (typeof reference === "string") throw unusable("info", reference);
	const subject = await virtualSizeOf(observation, "subject", file);
	if (typeof subject === "string") return {
		kind: "unreadable",
		type,
		file: file.path,
		message: "the reference finds no virtual size in it"
	};
	if (subject === reference) return void 0;
	if (!file.exactSize && isSameSize(file.format, subject - reference)) return void 0;
	return {
		kind: "size",
		type,
		file: file.path,
		subject,
		reference
	};
}
// src/oracles/snapshots.ts
const sameSnapshots = async (observation) => {
	for (const file of observation.outputs) for (const snapshot of file.snapshots ?? []) {
		const finding = await compareSnapshot(observation, file, snapshot);
		if (finding) return finding;
	}
};
function snapshotCopy$1(file, snapshot) {
	return `${file}.${snapshot}`;
}
async function compareSnapshot({ operation, bench }, { path, format }, snapshot) {
	const type = `${operation}${TYPE_ENDS.inSnapshot}`;
	const raw = snapshotCopy$1(path, snapshot);
	const args = [
		"convert",
		"-f",
		format,
		"-O",
		"raw",
		"-l",
		snapshot,
		path,
		raw
	];
	const copied = (side) => bench.ask({
		side,
		program: "reference",
		args,
		makes: true
	});
	const reference = await copied("reference");
	if (!succeeded(reference.exit)) throw unusable("convert -l", lastWords(reference));
	const subject = await copied("subject");
	if (!succeeded(subject.exit)) return {
		kind: "unreadable",
		type,
		file: path,
		message: lastWords(subject)
	};
	const copy = (side) => ({
		format: "raw",
		path: bench.pathOf(side, raw)
	});
	const compared = await compareDisks(bench, copy("subject"), copy("reference"));
	switch (compared.kind) {
		case "same": return;
		case "differ": return {
			kind: "content",
			type,
			file: path,
			offset: compared.offset,
			snapshot
		};
		case "other-size": {
			const [ours, theirs] = [bench.fileSize("subject", raw), bench.fileSize("reference", raw)];
			if (ours === void 0 || theirs === void 0) throw unusable("convert -l", "no file");
			return {
				kind: "size",
				type,
				file: path,
				subject: ours,
				reference: theirs,
				snapshot
			};
		}
		case "failed": throw unusable("compare", compared.message);
	}
}
// src/oracles/third-reader.ts
const READERS = {
	qcow2: "qcowinfo",
	vmdk: "vmdkinfo",
	vpc: "vhdiinfo",
	vhdx: "vhdiinfo"
};
const sameToThirdReader = async (observation) => {
	for (const file of observation.outputs) {
		const finding = await askThird(observation, file);
		if (finding) return finding;
	}
};
async function askThird({ operation, bench }, file) {
	const reader = READERS[file.format];
	if (reader === void 0 || !bench.has(reader)) return void 0;
	const ask = (side) => bench.ask({
		side,
		program: reader,
		args: [file.path]
	});
	const theirs = await ask("reference");
	if (!succeeded(theirs.exit)) return void 0;
	const ours = await ask("subject");
	const type = `${operation}${TYPE_ENDS.thirdReader}`;
	if (!succeeded(ours.exit)) return {
		kind: "unreadable",
		type,
		file: file.path,
		message: lastWords(ours),
		reader
	};
	const [subject, reference] = [sizeIn(ours.stdout.text), sizeIn(theirs.stdout.text)];
	if (file.format === "vpc" || subject === reference || Number.isNaN(subject + reference)) return void 0;
	return {
		kind: "size",
		type,
		file: file.path,
		subject,
		reference,
		reader
	};
}
function sizeIn(text) {
	const line = text.split("\n").find((one) => /^\s*Media size/.test(one)) ?? "";
	return Number(/[ (](\d{1,19}) bytes\)?$/.exec(line.slice(0, 200).trimEnd())?.[1] ?? NaN);
}
// src/oracles/same-image.ts
const sameImage = [
	sameContent,
	sameSnapshots,
	notLessConsistent,
	sameToThirdReader
];
// src/plan/write.ts
const MOST_REQUEST = GiB;
const offset = pipe(number$2(), integer(), minValue(0), maxValue(MOST_SIZE), ordinary(0, 64 * KiB, MiB));
const sectors = ordinary(512, 4 * KiB, 64 * KiB, MiB);
const clusters = ordinary(64 * KiB, 512, 4 * KiB, MiB);
const length = pipe(number$2(), integer(), minValue(1), maxValue(MOST_REQUEST), clusters);
const dataLength = pipe(number$2(), integer(), minValue(1), maxValue(4 * MiB));
const bytes$2 = ordinary(171, 205);
const byte = pipe(number$2(), integer(), minValue(0), maxValue(255), bytes$2);
const stripeLength = pipe(number$2(), integer(), minValue(1), maxValue(64 * KiB));
const stride = pipe(number$2(), integer(), minValue(1), maxValue(MOST_SIZE), ordinary(128 * KiB, MiB));
const count$1 = pipe(number$2(), integer(), minValue(1), maxValue(400), ordinary(2, 4, 8, 16, 32, 64, 128, 256));
const NOISES = ["half-compressible", "incompressible"];
const content = optional(picklist(NOISES));
const Write = variant("kind", [
	strictObject({
		kind: literal("data"),
		offset,
		length: pipe(dataLength, sectors),
		byte,
		content
	}),
	strictObject({
		kind: literal("compressed"),
		offset,
		length: pipe(dataLength, clusters),
		byte,
		content
	}),
	strictObject({
		kind: literal("zeros"),
		offset,
		length,
		unmap: boolean()
	}),
	strictObject({
		kind: literal("discard"),
		offset,
		length
	}),
	strictObject({
		kind: literal("stripes"),
		offset,
		length: pipe(stripeLength, sectors),
		stride,
		count: count$1,
		byte: pipe(number$2(), integer(), minValue(1), maxValue(255), bytes$2)
	})
]);
const Writes = pipe(array(Write), maxLength(24), readonly());
function isZeroData(write) {
	return write.kind === "data" && write.byte === 0 && write.content === void 0;
}
function uncompressed(writes) {
	return writes.filter(({ kind }) => kind !== "compressed");
}
const MOST_NOISE = 3;
function drawData(draw, swarm) {
	const [first, ...others] = NOISES.filter((one) => swarm.includes(`${one}-data`));
	if (first === void 0 || draw.chance(.6)) return { byte: draw.integer(1, 255) };
	return {
		byte: draw.integer(1, MOST_NOISE),
		content: draw.pick([first, ...others])
	};
}
function drawBlocks(draw, size) {
	return Array.from({ length: draw.integer(1, 4) }, () => {
		const offset = draw.pick([
			0,
			4 * KiB,
			8 * KiB,
			64 * KiB,
			128 * KiB
		]);
		const length = draw.pick([512, 4 * KiB]);
		return {
			kind: "data",
			offset: Math.min(offset, size - length),
			length,
			byte: draw.integer(1, 255)
		};
	});
}
function drawSpread(draw, size) {
	return [
		0,
		Math.floor(size / 2 / 512) * 512,
		size - 4 * KiB
	].map((offset) => ({
		kind: "data",
		offset,
		length: 4 * KiB,
		byte: draw.integer(1, 255)
	}));
}
function partitionTable() {
	return [
		[446, 128],
		[450, 131],
		[455, 8],
		[459, 8],
		[510, 85],
		[511, 170]
	].map(([offset, byte]) => ({
		kind: "data",
		offset,
		length: 1,
		byte
	}));
}
function drawFilled(draw, swarm, { size, cluster }) {
	const unit = cluster <= LARGEST_FILLED ? cluster : 64 * KiB;
	const whole = Math.floor(size / unit);
	if (whole === 0) return [];
	return Array.from({ length: draw.integer(1, 4) }, () => {
		const count = Math.min(draw.pick([
			1,
			1,
			2,
			4
		]), whole, Math.max(1, Math.floor(MOST_DATA / unit)));
		return {
			kind: "data",
			offset: draw.integer(0, whole - count) * unit,
			length: count * unit,
			...drawData(draw, swarm)
		};
	});
}
const LARGEST_FILLED = 2 * MiB;
const MOST_DATA = 256 * KiB;
// src/plan/odd-end.ts
const LessBytes = optional(pipe(number$2(), integer(), minValue(1), maxValue(511), ordinary(256, 1), telling()));
const ODD_ENDS = .5;
const OTHERWISE = .15;
const FILLED = .8;
function drawOddEnd(draw, swarm, content, room = content.size) {
	if (!draw.chance(swarm.includes("odd-sizes") ? ODD_ENDS : OTHERWISE)) return content;
	const any = draw.integer(1, 511);
	const lessBytes = draw.pick([
		1,
		511,
		any,
		any
	]);
	if (room < content.size || !draw.chance(FILLED)) return {
		...content,
		lessBytes
	};
	const last = {
		kind: "data",
		offset: content.size - 512,
		length: 512,
		...drawData(draw, swarm)
	};
	return {
		...content,
		writes: [...content.writes, last],
		lessBytes
	};
}
// src/plan/qcow2.ts
const CLUSTER_SIZES = [
	512,
	4 * KiB,
	64 * KiB,
	256 * KiB,
	2 * MiB
];
const ROOMY_CLUSTERS = [64 * KiB, 256 * KiB];
const REFCOUNT_BITS = [
	1,
	2,
	4,
	8,
	16,
	32,
	64
];
const DEFAULT_REFCOUNT_BITS = 16;
const OTHER_REFCOUNT_BITS = [
	1,
	2,
	4,
	8,
	32,
	64
];
const Qcow2Options = strictObject({
	clusterSize: pipe(picklist([
		64 * KiB,
		512,
		4 * KiB,
		256 * KiB,
		2 * MiB
	]), unit()),
	compat: picklist(["1.1", "0.10"]),
	extendedL2: boolean(),
	lazyRefcounts: boolean(),
	refcountBits: picklist([DEFAULT_REFCOUNT_BITS, ...OTHER_REFCOUNT_BITS])
});
const EXTENDED_L2_CLUSTER = 16 * KiB;
function plainQcow2(clusterSize) {
	return {
		clusterSize,
		compat: "1.1",
		extendedL2: false,
		lazyRefcounts: false,
		refcountBits: DEFAULT_REFCOUNT_BITS
	};
}
function layoutOf({ clusterSize, compat, extendedL2, lazyRefcounts, refcountBits }) {
	return {
		clusterSize,
		compat,
		extendedL2,
		lazyRefcounts,
		refcountBits
	};
}
const ChainLayout = strictObject({
	clusterSize: pipe(picklist([
		64 * KiB,
		512,
		4 * KiB,
		256 * KiB
	]), unit()),
	lazyRefcounts: boolean(),
	refcountBits: optional(picklist(OTHER_REFCOUNT_BITS)),
	compat: optional(picklist(["0.10"]))
});
function layoutInChain(chain, clusterSize = chain.clusterSize) {
	const { lazyRefcounts, refcountBits = DEFAULT_REFCOUNT_BITS, compat = "1.1" } = chain;
	return {
		...plainQcow2(clusterSize),
		lazyRefcounts,
		refcountBits,
		compat
	};
}
function drawOtherRefcounts(draw) {
	return { refcountBits: draw.pick(OTHER_REFCOUNT_BITS) };
}
const OLD_CHAIN = {
	compat: "0.10",
	lazyRefcounts: false
};
const OLD_LAYOUT = {
	...OLD_CHAIN,
	extendedL2: false,
	refcountBits: DEFAULT_REFCOUNT_BITS
};
function drawQcow2(draw, swarm, { clusterSizes = CLUSTER_SIZES, refcounts = false } = {}) {
	const clusterSize = draw.pick(clusterSizes);
	const extendedL2 = draw.chance(.5) && clusterSize >= EXTENDED_L2_CLUSTER;
	const lazyRefcounts = draw.chance(.3);
	const refcountBits = refcounts && draw.chance(.8) && swarm.includes("target-options") ? draw.pick(REFCOUNT_BITS) : DEFAULT_REFCOUNT_BITS;
	return {
		...plainQcow2(clusterSize),
		extendedL2,
		lazyRefcounts,
		refcountBits
	};
}
function drawReadQcow2(draw, swarm) {
	const plain = plainQcow2(draw.pick([512, ...CLUSTER_SIZES]));
	if (!swarm.includes("source-options") || draw.chance(.1)) return plain;
	if (draw.chance(.15)) return {
		...plain,
		compat: "0.10"
	};
	const lazyRefcounts = draw.chance(.5);
	const refcountBits = draw.pick([
		...REFCOUNT_BITS,
		DEFAULT_REFCOUNT_BITS,
		DEFAULT_REFCOUNT_BITS
	]);
	const extendedL2 = draw.chance(.5);
	const clusterSize = extendedL2 ? draw.pick([
		64 * KiB,
		256 * KiB,
		2 * MiB
	]) : plain.clusterSize;
	return {
		...plain,
		clusterSize,
		extendedL2,
		lazyRefcounts,
		refcountBits
	};
}
function qcow2Arguments(options) {
	const { clusterSize, compat, extendedL2, lazyRefcounts, refcountBits } = options;
	return {
		cluster_size: clusterSize,
		compat: compat === "1.1" ? void 0 : compat,
		extended_l2: extendedL2 ? "on" : void 0,
		lazy_refcounts: lazyRefcounts ? "on" : void 0,
		refcount_bits: refcountBits === DEFAULT_REFCOUNT_BITS ? void 0 : refcountBits
	};
}
function qcow2Geometry({ clusterSize, extendedL2 }, size) {
	return {
		size,
		cluster: clusterSize,
		table: clusterSize / (extendedL2 ? 16 : 8) * clusterSize,
		compressible: true
	};
}
// src/plan/stripes.ts
const FEWEST = 100;
const LARGEST = 32 * KiB;
const LARGEST_UNIT = 64 * KiB;
function drawStripes(draw, { size, cluster }) {
	if (cluster > LARGEST_UNIT) return [];
	const wanted = draw.pick([400, draw.integer(FEWEST, 400)]);
	const count = Math.min(wanted, Math.floor(size / 1024));
	const most = Math.floor(size / count / 512) * 512;
	const length = Math.min(draw.pick([
		512,
		Math.min(cluster, LARGEST),
		LARGEST,
		LARGEST
	]), most - 512);
	const apart = Math.ceil(length / cluster + 1) * cluster;
	const stride = draw.pick([most, Math.min(most, apart)]);
	const room = size - (count - 1) * stride - length;
	return [{
		kind: "stripes",
		offset: draw.integer(0, Math.floor(room / 512)) * 512,
		length,
		stride,
		count,
		byte: draw.integer(1, 255)
	}];
}
function piecesOf(writes) {
	return writes.flatMap((write) => write.kind === "stripes" ? stripesOf(write) : [write]);
}
function stripesOf({ count, ...stripes }) {
	const { offset, length, stride } = stripes;
	return Array.from({ length: count }, (_, at) => ({
		kind: "data",
		offset: offset + at * stride,
		length,
		byte: byteOf(stripes, at)
	}));
}
function byteOf({ byte }, at) {
	return 1 + (byte - 1 + at) % 255;
}
function someOf(stripes, first, count) {
	return {
		...stripes,
		offset: stripes.offset + first * stripes.stride,
		count,
		byte: byteOf(stripes, first)
	};
}
// src/plan/swarm.ts
const FEATURES = [
	"unaligned-writes",
	"border-writes",
	"end-writes",
	"large-writes",
	"overlapping-writes",
	"zero-writes",
	"discards",
	"compressed-writes",
	"half-compressible-data",
	"incompressible-data",
	"odd-sizes",
	"chains",
	"uneven-chains",
	"histories",
	"source-options",
	"more-targets",
	"target-options",
	"mistakes"
];
const Swarm = pipe(array(picklist(FEATURES)), maxLength(FEATURES.length));
function drawSwarm(draw) {
	const rest = [...FEATURES];
	const on = new Set();
	while (on.size < FEATURES.length / 2) {
		const [taken] = rest.splice(draw.integer(0, rest.length - 1), 1);
		if (taken !== void 0) on.add(taken);
	}
	return FEATURES.filter((feature) => on.has(feature));
}
function allowed(swarm, choices) {
	const [[first], ...others] = choices;
	return [first, ...others.filter(([, feature]) => feature === void 0 || swarm.includes(feature)).map(([choice]) => choice)];
}
// src/plan/rich-writes.ts
function drawWrites(draw, swarm, geometry, least, most) {
	return drawOver(draw, swarm, geometry, [], draw.integer(least, most));
}
const STRIPED = .04;
function drawOver(draw, swarm, geometry, below, count) {
	const writes = [];
	if (edgeWithin(geometry) !== void 0 && draw.chance(.6)) writes.push(drawAcross(draw, swarm, geometry));
	if (draw.chance(STRIPED)) writes.push(...drawStripes(draw, geometry));
	const [aim] = emptiedBy(below, geometry).slice(-1);
	if (aim !== void 0 && draw.chance(.5)) writes.push(drawUnder(draw, swarm, geometry, aim));
	while (writes.length < count) writes.push(drawWrite(draw, swarm, geometry, [...below, ...writes]));
	const compressed = writes.filter(({ kind }) => kind === "compressed");
	return [...compressed.filter((write, at) => !compressed.slice(0, at).some((other) => overlap(write, other))), ...uncompressed(writes)];
}
function drawLayerWrites(draw, swarm, geometry, below = []) {
	return draw.chance(.1) ? [] : drawOver(draw, swarm, geometry, below, draw.integer(1, 4));
}
const UNDER = .8;
function drawLowerWrites(draw, swarm, geometry, above) {
	const under = emptiedBy(above, geometry).slice(-2).filter(() => draw.chance(UNDER)).map((aim) => drawUnder(draw, swarm, geometry, aim));
	return [...drawLayerWrites(draw, swarm, geometry), ...under];
}
function overlap(one, other) {
	return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}
const ZEROS = .12;
function drawWrite(draw, swarm, geometry, before) {
	const { size, cluster, compressible } = geometry;
	const kinds = allowed(swarm, [
		["data", void 0],
		["data", void 0],
		["zeros", "zero-writes"],
		["discard", "discards"],
		...compressible && cluster <= size ? [["compressed", "compressed-writes"]] : []
	]);
	const kind = draw.pick(kinds);
	if (kind === "compressed") return drawCompressed(draw, swarm, geometry);
	const extent = drawExtent(draw, swarm, geometry, before, Math.min(kind === "data" ? MOST_DATA : MOST_REQUEST, size));
	switch (kind) {
		case "data": {
			if (draw.chance(ZEROS)) return {
				kind,
				...bounded$1(emptied(draw, extent, geometry, before)),
				byte: 0
			};
			const data = drawData(draw, swarm);
			return {
				kind,
				...data.content === void 0 ? extent : inBulk(draw, extent, geometry),
				...data
			};
		}
		case "zeros": return {
			kind,
			...emptied(draw, extent, geometry, before),
			unmap: draw.chance(.5)
		};
		case "discard": return {
			kind,
			...emptied(draw, extent, geometry, before)
		};
	}
}
function drawCompressed(draw, swarm, { size, cluster }) {
	const whole = Math.floor(size / cluster);
	const first = draw.pick([
		0,
		draw.integer(0, whole - 1),
		whole - 1
	]);
	const count = cluster <= 65536 && first + 1 < whole ? draw.pick([1, 2]) : 1;
	return {
		kind: "compressed",
		offset: first * cluster,
		length: count * cluster,
		...drawData(draw, swarm)
	};
}
function emptied(draw, extent, { size, cluster }, before) {
	if (!draw.chance(.6)) return extent;
	const earlier = before.length > 0 && draw.chance(.5) ? before[draw.integer(0, before.length - 1)] : void 0;
	const aim = earlier !== void 0 && earlier.offset < size ? earlier.offset : extent.offset;
	const offset = Math.floor(aim / cluster) * cluster;
	const count = draw.pick([
		1,
		1,
		2,
		5
	]);
	return {
		offset,
		length: Math.min(size - offset, count * cluster)
	};
}
const SMALLEST_IN_BULK = 4 * KiB;
function inBulk(draw, extent, { size, cluster }) {
	const whole = Math.floor(size / CLUSTER);
	if (whole === 0 || cluster < SMALLEST_IN_BULK || draw.chance(.2)) return extent;
	const first = Math.min(Math.floor(extent.offset / CLUSTER), whole - 1);
	return {
		offset: first * CLUSTER,
		length: Math.min(draw.pick([
			1,
			2,
			3
		]), whole - first) * CLUSTER
	};
}
function drawAcross(draw, swarm, geometry) {
	const length = Math.min(drawLength(draw, swarm, geometry), MOST_DATA, geometry.size);
	const offset = offsetAt("edge", draw, geometry, length, []);
	return {
		kind: "data",
		offset: Math.min(Math.max(0, offset), geometry.size - length),
		length,
		...drawData(draw, swarm)
	};
}
function drawUnder(draw, swarm, geometry, { offset, length: emptied }) {
	const { size, cluster } = geometry;
	const length = Math.min(drawLength(draw, swarm, geometry), MOST_DATA, size);
	const whole = Math.ceil(offset / cluster) * cluster;
	const aim = whole < offset + emptied ? whole : offset;
	return {
		kind: "data",
		offset: Math.min(aim, size - length),
		length,
		...drawData(draw, swarm)
	};
}
function emptiedBy(writes, { size }) {
	return writes.filter((write) => empties(write) && write.offset < size);
}
function empties(write) {
	return write.kind === "zeros" || write.kind === "discard" || isZeroData(write);
}
function bounded$1({ offset, length }) {
	return {
		offset,
		length: Math.min(length, MOST_DATA)
	};
}
function drawExtent(draw, swarm, geometry, before, most) {
	const { size } = geometry;
	const length = Math.min(drawLength(draw, swarm, geometry), most);
	const places = allowed(swarm, [
		["start", void 0],
		["anywhere", void 0],
		["anywhere", void 0],
		["byte", "unaligned-writes"],
		["border", "border-writes"],
		["end", "end-writes"],
		...before.length > 0 ? [["earlier", "overlapping-writes"], ["earlier", "overlapping-writes"]] : [],
		...edgeWithin(geometry) === void 0 ? [] : [["edge", void 0]]
	]);
	const offset = offsetAt(draw.pick(places), draw, geometry, length, before);
	return {
		offset: Math.min(Math.max(0, offset), size - length),
		length
	};
}
function drawLength(draw, swarm, { cluster }) {
	const lengths = allowed(swarm, [
		[512, void 0],
		[4 * KiB, void 0],
		[draw.integer(1, 5e3), "unaligned-writes"],
		[cluster, "large-writes"],
		[2 * cluster + 512, "large-writes"],
		[66048, "large-writes"]
	]);
	return draw.pick(lengths);
}
function offsetAt(place, draw, geometry, length, before) {
	const { size } = geometry;
	const room = size - length;
	switch (place) {
		case "start": return 0;
		case "anywhere": return draw.integer(0, Math.floor(room / 512)) * 512;
		case "byte": return draw.integer(0, room);
		case "border": return drawBorder(draw, geometry) - draw.pick([512, Math.ceil(length / 2)]);
		case "edge": return (edgeWithin(geometry) ?? 0) - draw.pick([
			0,
			512,
			Math.ceil(length / 2),
			length
		]);
		case "end": return draw.chance(.5) ? room : Math.floor((size - 1) / geometry.cluster) * geometry.cluster;
		case "earlier": {
			const earlier = before[draw.integer(0, before.length - 1)];
			const step = draw.pick([
				-512,
				0,
				512
			]);
			return (earlier?.offset ?? 0) + step;
		}
	}
}
function edgeWithin({ edges = [], size }) {
	return [BEYOND_32_BITS, ...edges].find((edge) => edge > 0 && edge <= size);
}
function drawBorder(draw, { size, cluster, table }) {
	const unit = draw.pick([
		cluster,
		cluster,
		64 * KiB,
		table
	]);
	const borders = Math.floor((size - 1) / unit);
	return borders < 1 ? 0 : draw.pick([
		1,
		draw.integer(1, borders),
		borders
	]) * unit;
}
// src/plan/chain.ts
const FOREIGN_FORMATS = [
	"vmdk",
	"vpc",
	"vhdx"
];
const Layer = variant("format", [
	strictObject({
		format: literal("raw"),
		size: DiskSize,
		lessBytes: LessBytes,
		writes: Writes
	}),
	strictObject({
		format: literal("qcow2"),
		...Qcow2Options.entries,
		size: DiskSize,
		writes: Writes,
		unnamed: optional(literal(true))
	}),
	strictObject({
		format: picklist(FOREIGN_FORMATS),
		size: DiskSize,
		writes: Writes
	})
]);
const MOST_CLUSTERS = 262144;
const UNNAMED = .3;
const LOWEST = .35;
function drawChain(draw, swarm, top, clusterSize) {
	return Array.from({ length: draw.integer(1, 3) }, () => {
		const size = drawBackingSize(draw, swarm, top.size);
		const own = drawReadQcow2(draw, swarm);
		const options = draw.chance(.5) && size / own.clusterSize <= MOST_CLUSTERS ? own : plainQcow2(clusterSize);
		const writes = drawLayerWrites(draw, swarm, {
			...qcow2Geometry(options, size),
			edges: [top.size]
		}, top.writes);
		if (draw.chance(LOWEST)) {
			const format = draw.pick([
				"raw",
				"raw",
				...FOREIGN_FORMATS
			]);
			const lowest = {
				size,
				writes: uncompressed(writes)
			};
			return format === "raw" ? {
				format,
				...drawOddEnd(draw, swarm, lowest)
			} : {
				format,
				...lowest
			};
		}
		return {
			format: "qcow2",
			...options,
			size,
			writes,
			...draw.chance(UNNAMED) && { unnamed: true }
		};
	}).filter((_, depth, layers) => !layers.slice(0, depth).some(({ format }) => format !== "qcow2"));
}
function drawBackingSize(draw, swarm, above, otherwise = 0) {
	if (!draw.chance(swarm.includes("uneven-chains") ? .85 : otherwise)) return above;
	return drawableSize(draw.pick([
		above / 2,
		above * 2,
		above - 64 * KiB,
		above + 64 * KiB,
		above - 512,
		above + 512
	]), above > 1073741824 ? above + 64 * KiB : GiB);
}
function lengthOf(name, below, above) {
	return below === above ? [] : [`${name}=${below < above ? "shorter" : "longer"}`];
}
function drawableSize(size, most = GiB) {
	return Math.min(most, Math.max(64 * KiB, Math.floor(size / 512) * 512));
}
// src/plan/lower-image.ts
const LowerImage = strictObject({
	size: DiskSize,
	writes: Writes
});
const DEEPER = .25;
function drawLowerImage(draw, swarm, { layout, size: above, edge, writes }) {
	if (!draw.chance(DEEPER)) return void 0;
	const size = drawBackingSize(draw, swarm, above);
	return {
		size,
		writes: drawLowerWrites(draw, swarm, {
			...qcow2Geometry(layout, size),
			edges: [above, edge]
		}, writes)
	};
}
function keptBelow(below, kept) {
	return {
		...below,
		writes: kept(below.writes)
	};
}
function lengthBelow(name, below, above) {
	return below === void 0 ? [] : lengthOf(name, below.size, above);
}
// src/plan/snapshot.ts
const SHARE$3 = .3;
function drawTaken(draw, swarm, image) {
	const { layout, geometry, written, above = [] } = image;
	if (layout.compat === "0.10" || layout.refcountBits === 1) return void 0;
	if (written.some(({ kind }) => kind === "compressed")) return void 0;
	return { snapshot: uncompressed(drawLayerWrites(draw, swarm, geometry, [...written, ...above])) };
}
function drawSnapshot$1(draw, swarm, image, share = SHARE$3) {
	return swarm.includes("histories") && draw.chance(share) ? drawTaken(draw, swarm, image) : void 0;
}
// src/operations/parts/words.ts
function renamedIn(args, place) {
	return args.map((word, at) => {
		const [, key = "", value = ""] = /^([a-z]+=)(.+)$/.exec(word) ?? [];
		const renamed = place(value, at);
		return place(word, at) ?? (renamed === void 0 ? word : key + renamed);
	});
}
// src/operations/parts/called-from.ts
const SOURCE_DIRECTORY = "source";
function stepDirectory(position) {
	return `step${position}`;
}
function directoryOf({ usesSource }, position) {
	return usesSource ? SOURCE_DIRECTORY : stepDirectory(position);
}
function calledFrom(from, script, position, files = filesOf(script)) {
	const { subject, reference } = script;
	const names = [...files, ...filesOf(script)];
	const directory = directoryOf(script, position);
	const seen = (args) => renamedIn(args, (file, at) => names.includes(file) && args[at - 1] !== "-b" ? `${directory}/${file}` : void 0);
	return {
		...script,
		calledFrom: from,
		subject: seen(subject),
		reference: seen(reference)
	};
}
function filesOf({ operand, inputs, outputs }) {
	return [
		operand,
		...inputs.map(({ path }) => path),
		...outputs.map(({ path }) => path)
	];
}
// src/operations/operation.ts
function operation$1(definition) {
	const { nature = {} } = definition;
	const groups = definition.mistakes.map((one) => "spoil" in one ? [one] : one);
	const mistakes = groups.flat();
	return {
		...definition,
		nature: natureOf(definition.schema, nature),
		mistakes: groups.map((group) => group.map(({ name }) => name)),
		script: (options, context) => {
			const script = definition.script(parse$1(definition.schema, options), context);
			const { calledFrom: from, position } = context;
			const files = filesOf(script);
			const placed = (one) => from === void 0 ? one : calledFrom(from, one, position, files);
			const mistaken = mistakes.filter(({ name }) => context.mistakes?.includes(name)).filter((one) => one.fits?.(script, context) ?? true).map((one) => ({
				mistake: one.name,
				script: placed(one.spoil(script, context))
			}));
			return {
				...placed(script),
				mistaken
			};
		}
	};
}
function natureOf(schema, nature) {
	const { leaves, begins, spelledOut, features, ...rest } = nature;
	return {
		...rest,
		...features && { features: (options) => features(parse$1(schema, options)) },
		...leaves && { leaves: (options, source) => leaves(parse$1(schema, options), source) },
		...begins && { begins: (options) => begins(parse$1(schema, options)) },
		...spelledOut && { spelledOut: (options) => spelledOut(parse$1(schema, options)) }
	};
}
// src/operations/parts/spoilt.ts
const [L1_TABLE, L2_TABLE, DATA] = [
	3,
	4,
	5
];
const REFCOUNT_BLOCK = 2;
function counted$1(cluster, times, clusterSize) {
	return {
		offset: REFCOUNT_BLOCK * clusterSize + cluster * 2 + 1,
		byte: times
	};
}
function astray(entry) {
	return {
		offset: entry + 6,
		byte: 2
	};
}
function isCountedPlainly(source) {
	if (source.format !== "qcow2" || source.history.kind !== "created") return false;
	return source.refcountBits === 16 && source.clusterSize >= 4096;
}
function firstEntry(source) {
	const { clusterSize, extendedL2, snapshot = [], writes } = source;
	const all = [...snapshot, ...writes];
	const [first] = all;
	if (first?.kind !== "data" || all.some(({ kind }) => kind === "compressed")) return void 0;
	const width = extendedL2 ? 16 : 8;
	const index = Math.floor(first.offset / clusterSize) % (clusterSize / width);
	return L2_TABLE * clusterSize + index * width;
}
function copied$1(file, copy) {
	return {
		kind: "each",
		program: "cp",
		args: [file, copy]
	};
}
function bytesArguments(file, ...all) {
	return [
		"-f",
		"raw",
		...all.map(({ offset, length = 1, byte }) => `write -q -P ${byte} ${offset} ${length}`).flatMap((command) => ["-c", command]),
		file
	];
}
function setBytes(file, ...all) {
	return {
		kind: "each",
		program: "qemu-io",
		args: bytesArguments(file, ...all)
	};
}
// src/operations/parts/mistake.ts
function wrongWords(name, change) {
	return {
		name,
		spoil: (script) => refusable({
			...script,
			subject: change(script.subject, script),
			reference: change(script.reference, script)
		})
	};
}
function refusable(script) {
	const own = script.prepare.some(({ kind }) => kind === "own");
	const changed = script.outputs.filter(({ isNew }) => !isNew).map((file) => ({
		...file,
		inPlace: true
	}));
	const given = own ? changed.map((file) => ({
		...file,
		own: true
	})) : changed;
	return {
		...script,
		prepare: own ? given.map(({ path }) => ({
			kind: "before",
			file: path
		})) : [],
		inputs: [...script.inputs, ...given],
		outputs: [],
		invariants: [],
		oracles: [
			noCrash,
			sameSuccess,
			untouchedWhenRefused
		],
		readbacks: []
	};
}
function withoutBegun(spoilt, { outputs }) {
	return {
		...spoilt,
		inputs: spoilt.inputs.filter(({ path }) => outputs.every((output) => output.path !== path))
	};
}
const insert = (args, ...words) => [
	...args.slice(0, 1),
	...words,
	...args.slice(1)
];
function aboutCopy(script, copy, done = []) {
	const { operand = "" } = script;
	const change = (args) => calledOtherwise(args, operand, copy);
	const spoilt = refusable({
		...script,
		subject: change(script.subject),
		reference: change(script.reference)
	});
	const own = spoilt.prepare.length > 0;
	const isWritten = script.outputs.some(({ path, isNew }) => path === operand && !isNew);
	const kept = own || isWritten ? [{
		kind: "before",
		file: copy
	}] : [];
	const inPlace = isWritten ? { inPlace: true } : {};
	return {
		...spoilt,
		prepare: [
			copied$1(operand, copy),
			...done,
			...spoilt.prepare,
			...kept
		],
		inputs: [...spoilt.inputs, {
			path: copy,
			format: "raw",
			...own && { own: true },
			...inPlace
		}],
		spoilsCopy: true
	};
}
const calledOtherwise = (args, operand, other) => renamedIn(args, (file) => file === operand ? other : void 0);
const unknownFlag = wrongWords("unknown-flag", (args) => insert(args, "--no-such-flag"));
const unknownOption = wrongWords("unknown-option", (args) => insert(args, "-o", "no_such_option=1"));
const unknownTarget = wrongWords("unknown-target", (args) => args.map((word, at) => args[at - 1] === "-O" ? "nosuch" : word));
const missingFile = wrongWords("missing-file", (args, { operand }) => calledOtherwise(args, operand, "missing.img"));
const ontoItself$1 = {
	name: "onto-itself",
	spoil: (script) => {
		const copy = "itself.img";
		const [output] = script.outputs;
		const about = aboutCopy(script, copy);
		const change = (args) => calledOtherwise(args, output?.path, copy);
		const oracles = [
			noCrash,
			noAcceptance,
			untouchedWhenRefused
		];
		return {
			...about,
			subject: change(about.subject),
			reference: change(about.reference),
			oracles
		};
	}
};
function ontoTheLowest(name, isKept = () => true) {
	const mistake = wrongWords(name, (args, { inputs, outputs: [output] }) => renamedIn(args, (file) => file === output?.path ? inputs.at(-1)?.path : void 0));
	return {
		...mistake,
		fits: ({ inputs, operand }) => {
			const lowest = inputs.at(-1);
			return lowest !== void 0 && lowest.path !== operand && isKept(lowest);
		},
		spoil: (script, context) => ({
			...mistake.spoil(script, context),
			oracles: [
				noCrash,
				noAcceptance,
				untouchedWhenRefused
			]
		})
	};
}
const hugeSize = wrongWords("huge-size", (args, { outputs: [output] }) => [...args.at(-1) === output?.path ? args : args.slice(0, -1), "9E"]);
const shrinkWithoutConsent = wrongWords("shrink-without-consent", (args) => [...args.filter((word) => word !== "--shrink").slice(0, -1), "512K"]);
const zeroSize = wrongWords("zero-size", (args) => {
	const plain = args.filter((word) => word !== "--shrink");
	return [
		...plain.slice(0, 1),
		"--shrink",
		...plain.slice(1, -1),
		"0"
	];
});
const SIZE_MISTAKES = [
	shrinkWithoutConsent,
	wrongWords("preallocated-shrink", (args) => {
		const plain = args.filter((word, at) => !/^--(shrink|preallocation)$/.test(word) && args[at - 1] !== "--preallocation");
		return [
			...plain.slice(0, 1),
			"--shrink",
			"--preallocation",
			"full",
			...plain.slice(1, -1),
			"512K"
		];
	}),
	zeroSize,
	hugeSize
];
// src/operations/parts/damage.ts
const COPY$1 = "damaged.img";
function aboutDamaged(script, bytes) {
	return aboutCopy(script, COPY$1, [setBytes(COPY$1, bytes)]);
}
function damagedHeader(name, offset, byte) {
	return {
		name,
		spoil: (script) => {
			const spoilt = aboutDamaged(script, {
				offset,
				byte
			});
			return script.oracles.includes(noRefusal) ? {
				...spoilt,
				oracles: [noCrash, untouchedWhenRefused]
			} : spoilt;
		}
	};
}
const DAMAGES = [
	damagedHeader("damaged-version", 7, 99),
	damagedHeader("damaged-cluster-bits", 23, 63),
	damagedHeader("damaged-l1-offset", 47, 1),
	damagedHeader("damaged-features", 72, 128)
];
const OF_DATA = [
	noCrash,
	refusesLoss("unreadable"),
	untouchedWhenRefused
];
const damagedBackingName = {
	name: "damaged-backing-name",
	fits: ({ operand, inputs, outputs, subject, usesSource }, { source }) => !subject.includes("-u") && (usesSource ? source.format === "qcow2" && source.backing.length > 0 : [...inputs, ...outputs].some(({ path, format, below }) => path === operand && format === "qcow2" && below)),
	spoil: (script) => ({
		...aboutDamaged(script, {
			offset: 19,
			byte: 6
		}),
		oracles: OF_DATA
	})
};
function damagedEntry(name, table, fits) {
	return {
		name,
		fits: (_, { source }) => isCountedPlainly(source) && fits(source),
		spoil: (script, { source }) => {
			return {
				...withoutBegun(aboutDamaged(script, astray(source.format === "qcow2" ? table * source.clusterSize : 0)), script),
				oracles: OF_DATA
			};
		}
	};
}
const UNREADABLE = [
	damagedBackingName,
	damagedEntry("damaged-l1-entry", L1_TABLE, () => true),
	damagedEntry("damaged-l2-entry", L2_TABLE, (source) => firstEntry(source) !== void 0)
];
// src/operations/parts/image-options.ts
function optionsOf$1(source) {
	switch (source.format) {
		case "qcow2": return {
			...qcow2Arguments(source),
			preallocation: source.preallocation
		};
		case "raw": return {};
		case "vmdk": return {
			subformat: source.subformat,
			zeroed_grain: source.zeroedGrains && "on"
		};
		case "vpc": return {
			subformat: source.subformat,
			force_size: source.exactSize && "on"
		};
		case "vhdx": return {
			block_size: source.blockSize,
			block_state_zero: source.absentBlocks && "off"
		};
	}
}
function layerOptions(layer) {
	return layer.format === "qcow2" ? qcow2Arguments(layer) : plainOptions(layer.format);
}
function plainOptions(format) {
	return format === "vpc" ? { force_size: "on" } : {};
}
function optionArguments(options) {
	const given = Object.entries(options).filter(([, value]) => value !== void 0);
	return given.length === 0 ? [] : ["-o", given.map(([key, value]) => `${key}=${value}`).join(",")];
}
// src/operations/parts/noise.ts
const NOISE_DIRECTORY = "noise";
const FROM_STEP = `../../${NOISE_DIRECTORY}/`;
function fileOf(content, byte) {
	return `${byte}-${content}`;
}
function noisePath(content, byte) {
	return `${FROM_STEP}${fileOf(content, byte)}`;
}
function readsNoise(args) {
	return args.some((word) => word.includes(FROM_STEP));
}
function noiseFilesIn(part) {
	if (typeof part !== "object" || part === null) return [];
	const own = is(Write, part) && "content" in part && part.content ? [fileOf(part.content, part.byte)] : [];
	return [...new Set([...own, ...Object.values(part).flatMap(noiseFilesIn)])];
}
const GROW = `BEGIN { for (f = 1; f < ARGC; f++) { s = ARGV[f] + 1; m = ARGV[f] ~ /half/ ? 16 : 255; for (i = 0; i < 10923; i++) { s = s * 16807 % 2147483647; printf "%c%c%c", s % m + 1, int(s / m) % m + 1, int(s / m / m) % m + 1 > ARGV[f] } close(ARGV[f]) } }`;
function noiseArguments(files) {
	return [GROW, ...files];
}
// src/operations/parts/fixture.ts
const SOURCE_FILE = "source.img";
function sourceFiles(source) {
	const chain = (source.format === "qcow2" ? source.backing : []).map(({ format }, depth) => ({
		path: backingFile(depth),
		format
	}));
	return [{
		path: SOURCE_FILE,
		format: source.format
	}, ...chain];
}
function backingFile(depth) {
	return `back${depth + 1}.img`;
}
function reference(args) {
	return {
		kind: "shared",
		program: "reference",
		args
	};
}
function build(images) {
	const filled = images.filter(({ writes }) => writes.length > 0);
	const [first, ...others] = filled;
	const created = images.map(({ create }) => reference(create));
	if (first === void 0) return created;
	const args = others.length === 0 ? writeArguments(first.format, first.file, first.writes) : filled.flatMap(writeOne);
	return [...created, {
		kind: "shared",
		program: "qemu-io",
		args
	}];
}
function writeOne({ format, file, writes }) {
	return [
		`open -o driver=${format} ${file}`,
		...piecesOf(writes).map(writeCommand),
		"close"
	].flatMap((command) => ["-c", command]);
}
const SNAPSHOT = "before";
function buildWithSnapshot(images, file, snapshot) {
	if (snapshot === void 0) return build(images);
	return [
		...build(images.map((image) => image.file === file ? {
			...image,
			writes: snapshot
		} : image)),
		reference([
			"snapshot",
			"-q",
			"-c",
			SNAPSHOT,
			file
		]),
		...images.filter((image) => image.file === file).flatMap(fill)
	];
}
function snapshotCopy(snapshot, file, copy) {
	return [
		"convert",
		"-q",
		"-f",
		"qcow2",
		"-O",
		"qcow2",
		"-l",
		snapshot,
		file,
		copy
	];
}
function fill({ format, file, writes }) {
	if (writes.length === 0) return [];
	return [{
		kind: "shared",
		program: "qemu-io",
		args: writeArguments(format, file, writes)
	}];
}
function imageOf({ format, options, file, size, writes, below }) {
	return {
		create: createArguments(format, options, file, size, below),
		format,
		file,
		writes
	};
}
function createArguments(format, options, file, size, below) {
	const backingArguments = below === void 0 ? [] : [
		"-b",
		below.file,
		"-F",
		below.format
	];
	const sizeArguments = size === void 0 ? [] : [sizeText(size)];
	return [
		"create",
		"-q",
		"-f",
		format,
		...optionArguments(options),
		...backingArguments,
		file,
		...sizeArguments
	];
}
function writeOnEach(format, file, writes) {
	if (writes.length === 0) return [];
	return [{
		kind: "each",
		program: "qemu-io",
		args: writeArguments(format, file, writes)
	}];
}
function writeArguments(format, file, writes) {
	return [
		"-f",
		format,
		...piecesOf(writes).flatMap((piece) => ["-c", writeCommand(piece)]),
		file
	];
}
function writeCommand(piece) {
	const { kind, offset, length } = piece;
	switch (kind) {
		case "data": return `write -q ${dataOf(piece)} ${offset} ${length}`;
		case "compressed": return `write -q -c ${dataOf(piece)} ${offset} ${length}`;
		case "zeros": return `write -q -z ${piece.unmap ? "-u " : ""}${offset} ${length}`;
		case "discard": return `discard -q ${offset} ${length}`;
	}
}
function dataOf({ byte, content }) {
	return content === void 0 ? `-P ${byte}` : `-s ${noisePath(content, byte)}`;
}
// src/operations/parts/left-chain.ts
function overlaySource(top, ...backing) {
	return {
		format: "qcow2",
		...top,
		pattern: "rich",
		history: { kind: "created" },
		backing
	};
}
function lowerLayers(layout, lower) {
	return lower ? [{
		format: "qcow2",
		...layout,
		...lower
	}] : [];
}
// src/operations/amend.ts
const SIZES$6 = [
	MiB,
	4 * MiB,
	64 * MiB
];
const CLUSTERS$7 = [
	512,
	512,
	4 * KiB,
	64 * KiB,
	64 * KiB,
	256 * KiB,
	2 * MiB
];
const FILE$3 = "disk.qcow2";
const BELOW$2 = "below.qcow2";
const ASKS = [
	"compat=1.1",
	"compat=0.10",
	"lazy_refcounts=on",
	"lazy_refcounts=off",
	"compat=1.1,lazy_refcounts=on",
	"compat=1.1,lazy_refcounts=off",
	"compat=0.10,lazy_refcounts=off",
	"compat=0.10,lazy_refcounts=on"
];
const Amend = strictObject({
	...Qcow2Options.entries,
	size: DiskSize,
	asks: picklist(ASKS),
	writes: Writes,
	below: optional(LowerImage),
	snapshot: optional(Writes)
});
const asking = (name, ...words) => wrongWords(name, (args) => args.flatMap((word, at) => word === "-o" ? words : args[at - 1] === "-o" ? [] : [word]));
const amend = operation$1({
	name: "amend",
	onRequest: true,
	schema: Amend,
	mistakes: [
		missingFile,
		asking("nothing-asked"),
		asking("unknown-version", "-o", "compat=0.9"),
		unknownFlag,
		unknownOption,
		DAMAGES
	],
	nature: {
		features: (options) => [
			"format=qcow2",
			...versionChange(options),
			...options.below ? lengthOf("below", options.below.size, options.size) : []
		],
		leaves: (options) => {
			const { size, writes, below, snapshot } = options;
			return overlaySource({
				...amended(options),
				size,
				writes,
				...snapshot && { snapshot }
			}, ...lowerLayers(plainQcow2(64 * KiB), below));
		}
	},
	pick: (draw, circumstances) => drawAmend(draw, circumstances),
	script: (options) => {
		const { asks, size, writes, snapshot } = options;
		const args = [
			"amend",
			"-f",
			"qcow2",
			"-o",
			asks,
			FILE$3
		];
		const below = options.below && {
			file: BELOW$2,
			format: "qcow2"
		};
		const lower = below && options.below ? [imageOf({
			...below,
			options: {},
			...options.below
		})] : [];
		const image = {
			format: "qcow2",
			options: qcow2Arguments(options),
			file: FILE$3,
			size,
			writes,
			below
		};
		return {
			usesSource: false,
			prepare: buildWithSnapshot([...lower, imageOf(image)], FILE$3, snapshot),
			subject: args,
			reference: args,
			operand: FILE$3,
			inputs: lower.map(({ file, format }) => ({
				path: file,
				format
			})),
			outputs: [{
				path: FILE$3,
				format: "qcow2",
				...below && { below: [BELOW$2] },
				...snapshot && { snapshots: ["before"] }
			}],
			invariants: [KEEPS_CONTENT$2],
			oracles: [
				noCrash,
				sameSuccess,
				inputsUntouched,
				outputsUntouchedWhenRefused
			],
			readbacks: [sameWrittenInfo(() => "amend_info_divergence"), ...sameImage]
		};
	}
});
const KEEPS_CONTENT$2 = {
	says: "amending changes nothing that a guest reads",
	kept: {
		kind: "image",
		path: FILE$3,
		format: "qcow2"
	},
	found: {
		path: FILE$3,
		format: "qcow2"
	}
};
function amended(options) {
	const { asks } = options;
	const compat = asks.includes("compat=0.10") ? "0.10" : asks.includes("compat=1.1") ? "1.1" : options.compat;
	const lazy = asks.includes("=on") || options.lazyRefcounts && !asks.includes("=off");
	return {
		...layoutOf(options),
		compat,
		lazyRefcounts: lazy && compat === "1.1"
	};
}
function versionChange(options) {
	const { compat } = amended(options);
	return compat === options.compat ? [] : [compat === "1.1" ? "upgrades" : "downgrades"];
}
const OLD$1 = .35;
const STANDING = .4;
const NEWER = .3;
function drawAmend(draw, { swarm }) {
	const layout = drawLayout(draw, swarm);
	const { clusterSize, compat } = layout;
	const size = drawSize(draw, swarm, SIZES$6, clusterSize, ABOUT_SIZES);
	const belowSize = draw.chance(STANDING) ? drawBackingSize(draw, swarm, size, ABOUT_SIZES) : void 0;
	const geometry = {
		...qcow2Geometry(layout, size),
		...belowSize !== void 0 && { edges: [belowSize] }
	};
	const writes = drawWrites(draw, swarm, geometry, 1, 6);
	const below = belowSize === void 0 ? void 0 : drawBelow$1(draw, swarm, {
		size: belowSize,
		edge: size,
		writes
	});
	return {
		...layout,
		size,
		asks: drawAsks(draw, compat),
		writes,
		...below && { below },
		...drawSnapshot$1(draw, swarm, {
			layout,
			geometry,
			written: writes
		})
	};
}
function drawLayout(draw, swarm) {
	const layout = drawQcow2(draw, swarm, {
		clusterSizes: CLUSTERS$7,
		refcounts: draw.chance(NEWER)
	});
	if (draw.chance(OLD$1)) return {
		...layout,
		...OLD_LAYOUT
	};
	return {
		...layout,
		extendedL2: layout.extendedL2 && draw.chance(NEWER)
	};
}
function drawBelow$1(draw, swarm, { size, edge, writes }) {
	return {
		size,
		writes: drawLowerWrites(draw, swarm, {
			...qcow2Geometry(plainQcow2(64 * KiB), size),
			edges: [edge]
		}, writes)
	};
}
function drawAsks(draw, compat) {
	if (draw.chance(.5)) return draw.pick(ASKS);
	if (compat === "0.10") return draw.pick([
		"compat=1.1",
		"compat=1.1",
		"compat=1.1,lazy_refcounts=on"
	]);
	return draw.pick([
		"compat=0.10",
		"compat=0.10",
		"compat=0.10,lazy_refcounts=off"
	]);
}
// src/operations/bitmap.ts
const FORMAT$1 = "qcow2";
const FILE$2 = "disk.qcow2";
const NEW$1 = "new";
const SIZES$5 = [
	MiB,
	4 * MiB,
	64 * MiB
];
const CLUSTERS$6 = [
	512,
	4 * KiB,
	64 * KiB,
	64 * KiB
];
const GRANULARITIES = [
	64 * KiB,
	512,
	4 * KiB,
	MiB
];
const Granularity = optional(picklist(GRANULARITIES));
const ASKED = {
	add: ["--add"],
	remove: ["--remove"],
	clear: ["--clear"],
	enable: ["--enable"],
	disable: ["--disable"],
	merge: ["--merge"],
	"add disabled": ["--add", "--disable"],
	"clear and enable": ["--clear", "--enable"],
	"disable and clear": ["--disable", "--clear"],
	"remove and add": ["--remove", "--add"],
	"add and merge": ["--add", "--merge"]
};
const USUAL = [...[
	"add",
	"add",
	"remove",
	"clear",
	"enable",
	"disable",
	"merge",
	"merge"
], ...[
	"add disabled",
	"clear and enable",
	"disable and clear",
	"remove and add"
]];
const Present = strictObject({
	granularity: Granularity,
	disabled: boolean()
});
const { compat: _, ...Layout } = Qcow2Options.entries;
const bitmap = operation$1({
	name: "bitmap",
	onRequest: true,
	schema: strictObject({
		asked: picklist(Object.keys(ASKED)),
		...Layout,
		size: DiskSize,
		writes: Writes,
		first: optional(Present),
		second: optional(Present),
		marked: Writes,
		of: picklist(["first", "second"]),
		granularity: Granularity
	}),
	mistakes: [
		missingFile,
		wrongWords("missing-bitmap", () => [
			"bitmap",
			"--remove",
			"-f",
			FORMAT$1,
			FILE$2,
			"gone"
		]),
		wrongWords("odd-granularity", () => [
			"bitmap",
			"--add",
			"-g",
			"1000",
			"-f",
			FORMAT$1,
			FILE$2,
			NEW$1
		]),
		unknownFlag,
		DAMAGES
	],
	nature: { features: () => [`format=${FORMAT$1}`] },
	pick: (draw, circumstances) => drawBitmap(draw, circumstances),
	script: (options) => {
		const args = argumentsOf(options);
		const file = {
			path: FILE$2,
			format: FORMAT$1
		};
		return {
			usesSource: false,
			prepare: preparationOf$2(options),
			subject: args,
			reference: args,
			operand: FILE$2,
			inputs: [],
			outputs: [file],
			invariants: [{
				says: "the disk reads as before",
				kept: {
					kind: "image",
					...file
				},
				found: file
			}],
			oracles: [
				noCrash,
				sameSuccess,
				inputsUntouched,
				outputsUntouchedWhenRefused
			],
			readbacks: [sameWrittenInfo(() => "bitmap_info_divergence"), ...sameImage]
		};
	}
});
function argumentsOf({ asked, of, granularity }) {
	const flags = ASKED[asked];
	const adds = flags.includes("--add");
	const isNew = adds && !flags.includes("--remove");
	const other = isNew || of === "second" ? "first" : "second";
	return [
		"bitmap",
		...flags.flatMap((flag) => flag === "--merge" ? [flag, other] : [flag]),
		...adds ? granularityWords(granularity) : [],
		...[
			"-f",
			FORMAT$1,
			FILE$2,
			isNew ? NEW$1 : of
		]
	];
}
function granularityWords(granularity) {
	return granularity === void 0 ? [] : ["-g", String(granularity)];
}
function preparationOf$2({ size, writes, first, second, marked, ...layout }) {
	const imageWith = (content) => imageOf({
		format: FORMAT$1,
		options: qcow2Arguments({
			...layout,
			compat: "1.1"
		}),
		file: FILE$2,
		size,
		writes: content
	});
	const add = (present, name) => {
		if (present === void 0) return [];
		return [reference([
			"bitmap",
			...[
				"--add",
				...present.disabled ? ["--disable"] : [],
				...granularityWords(present.granularity)
			],
			"-f",
			FORMAT$1,
			FILE$2,
			name
		])];
	};
	const added = [...add(first, "first"), ...add(second, "second")];
	return [
		...build([imageWith(writes)]),
		...added,
		...fill(imageWith(marked))
	];
}
function drawBitmap(draw, { swarm }) {
	const asked = draw.pick(USUAL);
	const newer = drawQcow2(draw, swarm, { clusterSizes: CLUSTERS$6 });
	const { compat: _compat, ...layout } = newer;
	const size = drawSize(draw, swarm, SIZES$5, layout.clusterSize);
	const geometry = qcow2Geometry(newer, size);
	const writes = drawWrites(draw, swarm, geometry, 0, 4);
	const marked = drawLayerWrites(draw, swarm, {
		...geometry,
		compressible: false
	}, writes);
	const count = asked === "add" || asked === "add disabled" ? draw.pick([
		0,
		1,
		2
	]) : asked === "merge" ? 2 : draw.pick([
		1,
		2,
		2
	]);
	const one = drawPresent(draw);
	const another = asked === "merge" ? {
		...one,
		disabled: draw.chance(.4)
	} : drawPresent(draw);
	const usual = {
		asked,
		...layout,
		size,
		writes,
		...count > 0 && { first: one },
		...count > 1 && { second: another },
		marked: uncompressed(marked),
		of: count > 1 ? draw.pick(["first", "second"]) : "first",
		...drawGranularity(draw)
	};
	return draw.chance(.15) ? {
		...usual,
		...drawUnusual$5(draw)
	} : usual;
}
function drawPresent(draw) {
	return {
		...drawGranularity(draw),
		disabled: draw.chance(.4)
	};
}
function drawGranularity(draw) {
	return draw.chance(.5) ? { granularity: draw.pick(GRANULARITIES) } : {};
}
function drawUnusual$5(draw) {
	switch (draw.pick([
		"refcounts",
		"granularity",
		"mixed"
	])) {
		case "refcounts": return { refcountBits: draw.pick(OTHER_REFCOUNT_BITS) };
		case "granularity": return {
			asked: "merge",
			first: {
				granularity: 4 * KiB,
				disabled: false
			},
			second: {
				granularity: 64 * KiB,
				disabled: false
			}
		};
		case "mixed": return {
			asked: "add and merge",
			first: { disabled: false }
		};
	}
}
// src/operations/parts/check-damage.ts
const WRONG = [
	"twice",
	"never",
	"table never",
	"data never",
	"data leaked",
	"data unaligned"
];
const DAMAGED = "miscounted.img";
function drawWrong(draw, source) {
	const [first, ...others] = WRONG.filter((wrong) => bytesOf$1(wrong, source) !== void 0);
	return first && draw.pick([first, ...others]);
}
function damagedCopy(wrong, source) {
	const bytes = bytesOf$1(wrong, source);
	if (bytes === void 0) return [];
	return [copied$1(SOURCE_FILE, DAMAGED), setBytes(DAMAGED, bytes)];
}
function bytesOf$1(wrong, source) {
	if (!isCountedPlainly(source)) return void 0;
	const { clusterSize, extendedL2 } = source;
	const entry = firstEntry(source);
	switch (wrong) {
		case "twice": return counted$1(L1_TABLE, 2, clusterSize);
		case "never": return counted$1(L1_TABLE, 0, clusterSize);
		case "table never": return entry === void 0 ? void 0 : counted$1(L2_TABLE, 0, clusterSize);
		case "data never": return entry === void 0 ? void 0 : counted$1(DATA, 0, clusterSize);
		case "data leaked": return entry === void 0 || extendedL2 ? void 0 : {
			offset: entry,
			length: 8,
			byte: 0
		};
		case "data unaligned": return entry === void 0 ? void 0 : astray(entry);
	}
}
// src/operations/check.ts
const SHARE$2 = .5;
const check = operation$1({
	name: "check",
	schema: strictObject({ miscount: optional(picklist(WRONG)) }),
	mistakes: [
		missingFile,
		unknownFlag,
		DAMAGES
	],
	nature: {
		reads: {},
		leavesNone: true
	},
	pick: (draw, { source }) => drawCheck(draw, source),
	script: ({ miscount }, { source }) => {
		const prepare = miscount ? damagedCopy(miscount, source) : [];
		const copies = prepare.length > 0 ? [{
			path: DAMAGED,
			format: source.format
		}] : [];
		const file = copies[0]?.path ?? "source.img";
		return {
			usesSource: true,
			prepare,
			subject: ["check", file],
			reference: ["check", file],
			operand: file,
			inputs: [...copies, ...sourceFiles(source)],
			outputs: [],
			invariants: [],
			oracles: [
				noCrash,
				...miscount ? [] : [sameCheckCounts],
				sameExitCode,
				inputsUntouched
			],
			readbacks: []
		};
	}
});
function drawCheck(draw, source) {
	const wrong = draw.chance(SHARE$2) ? drawWrong(draw, source) : void 0;
	return wrong === void 0 ? {} : { miscount: wrong };
}
// src/operations/parts/commit-chain.ts
const BELOW$1 = "below";
const BASE$1 = "base";
const MIDDLE = "middle";
const OVERLAY$1 = "overlay";
const SEED = {
	kind: "data",
	offset: 0,
	length: 64 * KiB,
	byte: 171
};
const Commit = strictObject({
	...ChainLayout.entries,
	size: DiskSize,
	baseSize: DiskSize,
	explicitBase: boolean(),
	seed: picklist(["none", "seed-64k"]),
	baseWrites: Writes,
	overlayWrites: Writes,
	snapshot: optional(Writes),
	belowBase: optional(LowerImage),
	overlayClusterSize: optional(picklist([4 * KiB, 512])),
	middleWrites: optional(Writes),
	format: optional(picklist(["vmdk"]))
});
function imagesOf$2(options, [lower, base, middle, overlay]) {
	const { size, baseSize, baseWrites, middleWrites, belowBase, format = "qcow2" } = options;
	const layout = format === "qcow2" ? qcow2Arguments(layoutInChain(options)) : {};
	const top = options.overlayClusterSize ? qcow2Arguments(layoutInChain(options, options.overlayClusterSize)) : layout;
	const compressed = options.overlayWrites.filter(({ kind }) => kind === "compressed");
	const seed = options.seed === "seed-64k" ? [SEED] : [];
	const writes = [
		...compressed,
		...seed,
		...uncompressed(options.overlayWrites)
	];
	const image = (description) => imageOf({
		format,
		...description
	});
	const above = (file) => ({
		file,
		format
	});
	const lowest = belowBase ? [image({
		options: layout,
		file: lower,
		...belowBase
	})] : [];
	const under = belowBase && above(lower);
	const between = middleWrites === void 0 ? [] : [image({
		options: layout,
		file: middle,
		size,
		writes: middleWrites,
		below: above(base)
	})];
	return [
		...lowest,
		image({
			options: layout,
			file: base,
			size: baseSize,
			writes: baseWrites,
			below: under
		}),
		...between,
		image({
			options: top,
			file: overlay,
			size,
			writes,
			below: above(middleWrites === void 0 ? base : middle)
		})
	];
}
function invariantsOf$2(options) {
	const { size, baseSize, belowBase, format = "qcow2" } = options;
	const file = {
		path: `${BASE$1}.${format}`,
		format
	};
	const reads = {
		says: "the backing reads as the overlay did",
		kept: {
			kind: "image",
			path: `${OVERLAY$1}.${format}`,
			format
		},
		found: baseSize > size ? {
			...file,
			length: size
		} : file
	};
	if (baseSize <= size) return [reads];
	if (belowBase) return [];
	return [reads, {
		says: "the backing beyond the overlay’s end stays as it was",
		kept: {
			kind: "image",
			...file,
			offset: size
		},
		found: {
			...file,
			offset: size
		}
	}];
}
// src/operations/commit.ts
const SIZES$4 = [
	MiB,
	4 * MiB,
	64 * MiB
];
const CLUSTERS$5 = [
	512,
	4 * KiB,
	64 * KiB,
	256 * KiB
];
const commit = operation$1({
	name: "commit",
	schema: Commit,
	mistakes: [
		missingFile,
		wrongWords("wrong-base", (args) => [
			"commit",
			"-b",
			"gone.img",
			...args.slice(1).filter((word, at, words) => word !== "-b" && words[at - 1] !== "-b")
		]),
		unknownFlag,
		DAMAGES,
		damagedBackingName
	],
	nature: {
		features: ({ size, baseSize, belowBase }) => [
			"format=qcow2",
			...lengthOf("base", baseSize, size),
			...lengthBelow("belowBase", belowBase, baseSize)
		],
		spelledOut: ({ seed, overlayWrites, ...options }) => seed === "none" ? void 0 : {
			...options,
			seed: "none",
			overlayWrites: [SEED, ...overlayWrites]
		},
		leaves: (options) => {
			const { size, baseSize, baseWrites, overlayWrites, belowBase } = options;
			const layout = layoutInChain(options);
			const base = {
				format: "qcow2",
				...layout,
				size: baseSize,
				writes: [...baseWrites, ...overlayWrites]
			};
			return overlaySource({
				...layout,
				size,
				writes: []
			}, base, ...lowerLayers(layout, belowBase));
		}
	},
	pick: (draw, circumstances) => drawCommit(draw, circumstances),
	script: (options) => {
		const { explicitBase, middleWrites, belowBase, format = "qcow2" } = options;
		const named = explicitBase || middleWrites !== void 0;
		const files = [
			BELOW$1,
			BASE$1,
			MIDDLE,
			OVERLAY$1
		].map((name) => `${name}.${format}`);
		const [below, base, , overlay] = files;
		const images = imagesOf$2(options, files);
		const lowest = belowBase ? [below] : [];
		const args = [
			"commit",
			...named ? ["-b", base] : [],
			overlay
		];
		return {
			usesSource: false,
			prepare: format === "vmdk" ? images.flatMap((image) => build([image])) : buildWithSnapshot(images, base, options.snapshot),
			subject: args,
			reference: args,
			operand: overlay,
			inputs: lowest.map((path) => ({
				path,
				format
			})),
			outputs: [...format === "vmdk" ? [] : [{
				path: overlay,
				format,
				below: images.slice(0, -1).map(({ file }) => file)
			}], {
				path: base,
				format,
				...belowBase && { below: lowest },
				...options.snapshot && { snapshots: ["before"] }
			}],
			invariants: invariantsOf$2(options),
			oracles: [
				noCrash,
				sameSuccess,
				inputsUntouched,
				outputsUntouchedWhenRefused
			],
			readbacks: [sameWrittenInfo((_, { path }) => `commit_${path === base ? "backing" : "overlay"}_info_divergence`), ...sameImage]
		};
	}
});
function drawCommit(draw, { swarm }) {
	const beyond = drawBeyond(draw);
	const clusterSize = beyond ? CLUSTER : draw.pick(CLUSTERS$5);
	const size = beyond ?? drawSize(draw, swarm, SIZES$4, clusterSize, .6);
	const baseSize = drawBackingSize(draw, swarm, size, ABOUT_SIZES);
	const layout = plainQcow2(clusterSize);
	const baseWrites = drawLayerWrites(draw, swarm, {
		...qcow2Geometry(layout, baseSize),
		edges: [size]
	});
	const geometry = {
		...qcow2Geometry(layout, size),
		edges: [baseSize]
	};
	const usual = {
		size,
		baseSize,
		clusterSize,
		lazyRefcounts: draw.chance(.3),
		explicitBase: draw.chance(.5),
		seed: draw.pick(["none", "seed-64k"]),
		baseWrites,
		overlayWrites: drawLayerWrites(draw, swarm, geometry, baseWrites)
	};
	const belowBase = drawLowerImage(draw, swarm, {
		layout,
		size: baseSize,
		edge: size,
		writes: [...baseWrites, ...usual.overlayWrites]
	});
	const chain = belowBase ? {
		...usual,
		belowBase
	} : usual;
	if (!beyond && draw.chance(.15)) return drawUnusual$4(draw, chain, () => drawLayerWrites(draw, swarm, geometry));
	const base = {
		layout,
		geometry: qcow2Geometry(layout, baseSize),
		written: baseWrites,
		above: usual.overlayWrites
	};
	return {
		...chain,
		...drawSnapshot$1(draw, swarm, base)
	};
}
function drawUnusual$4(draw, usual, drawMiddle) {
	switch (draw.pick([
		"refcounts",
		"version",
		"clusters",
		"depth",
		"format"
	])) {
		case "refcounts": return {
			...usual,
			...drawOtherRefcounts(draw)
		};
		case "version": return {
			...usual,
			...OLD_CHAIN
		};
		case "clusters": return {
			...withWrites(usual, uncompressed),
			clusterSize: 64 * KiB,
			overlayClusterSize: draw.pick([512, 4 * KiB])
		};
		case "depth": return {
			...usual,
			middleWrites: drawMiddle()
		};
		case "format": return asVmdk(usual);
	}
}
function asVmdk({ belowBase: _, ...usual }) {
	const size = Math.max(usual.size, usual.baseSize);
	const layout = {
		format: "vmdk",
		clusterSize: 64 * KiB,
		lazyRefcounts: false
	};
	const data = (writes) => writes.filter(({ kind }) => kind === "data");
	return {
		...withWrites(usual, data),
		...layout,
		size,
		baseSize: size
	};
}
function withWrites(usual, kept) {
	const writes = {
		baseWrites: kept(usual.baseWrites),
		overlayWrites: kept(usual.overlayWrites)
	};
	return {
		...usual,
		...writes,
		...usual.belowBase && { belowBase: keptBelow(usual.belowBase, kept) }
	};
}
// src/oracles/answer.ts
const EQUAL = 0;
const DIFFERENT = 1;
const sameAnswer = async (observation) => {
	const { operation, subject, reference } = observation;
	if (!isAnswer(reference)) return sameSuccess(observation);
	const finding = await sameExitCode(observation);
	const hides = codeOf(reference) === DIFFERENT && codeOf(subject) === EQUAL;
	return finding && hides ? {
		...finding,
		type: `${operation}${TYPE_ENDS.identity}`
	} : finding;
};
const sameStrictAnswer = async (observation) => {
	const { subject, reference } = observation;
	if (isAnswer(subject) && isAnswer(reference) && [subject, reference].some(isAboutAllocation) && !(codeOf(subject) === EQUAL && await holdOtherData(observation))) return void 0;
	return sameAnswer(observation);
};
async function holdOtherData({ inputs, bench }) {
	const images = [inputs[0], inputs.at(-1)].flatMap((file) => file ? [file.path] : []);
	return readCompared(await bench.ask({
		side: "reference",
		program: "reference",
		args: ["compare", ...images]
	})).kind === "differ";
}
const sameMismatch = async ({ operation, subject, reference }) => {
	if (![subject, reference].every((result) => codeOf(result) === DIFFERENT) || !namesPlace(reference)) return void 0;
	const differences = differencesOf(linesOf(subject), linesOf(reference));
	if (differences.length === 0) return void 0;
	return {
		kind: "json",
		type: `${operation}${TYPE_ENDS.output}`,
		what: "what it prints",
		differences,
		as: "lines"
	};
};
const sameStrictMismatch = async (observation) => isAboutAllocation(observation.subject) ? void 0 : sameMismatch(observation);
function isAnswer(result) {
	const code = codeOf(result);
	return code === EQUAL || code === DIFFERENT;
}
function codeOf({ exit }) {
	return exit.kind === "exited" ? exit.code : void 0;
}
function isAboutAllocation({ stdout }) {
	return /block status mismatch/.test(stdout.text);
}
function namesPlace({ stdout }) {
	return /^Content mismatch at offset \d+!$/m.test(stdout.text);
}
function linesOf({ stdout }) {
	return stdout.text.trimEnd().split("\n");
}
// src/plan/source-history.ts
const History = variant("kind", [
	strictObject({ kind: literal("created") }),
	strictObject({
		kind: literal("converted"),
		from: picklist(["raw", "qcow2"]),
		compressed: boolean()
	}),
	strictObject({
		kind: literal("resized"),
		from: DiskSize
	}),
	strictObject({
		kind: literal("committed"),
		before: Writes
	}),
	strictObject({
		kind: literal("rebased"),
		below: Writes
	})
]);
const MOST_CLUSTERS_MOVED = 262144;
function drawHistory(draw, swarm, format, size, units) {
	const none = { kind: "created" };
	if (!swarm.includes("histories") || draw.chance(.4)) return none;
	const disk = {
		...units,
		size
	};
	const moves = size / units.cluster <= MOST_CLUSTERS_MOVED ? ["committed", "rebased"] : [];
	const kinds = format === "qcow2" ? [
		"converted",
		"resized",
		...moves
	] : ["converted"];
	const kind = draw.pick(format === "raw" ? ["converted", "resized"] : kinds);
	switch (kind) {
		case "converted": return {
			kind,
			from: draw.pick(["raw", "qcow2"]),
			compressed: format === "qcow2" && draw.chance(.3)
		};
		case "resized": return {
			kind,
			from: drawableSize(draw.pick([
				size / 2,
				size - 512,
				size + 512,
				size + MiB,
				size * 2
			]))
		};
		case "committed": return {
			kind,
			before: drawLayerWrites(draw, swarm, disk)
		};
		case "rebased": return {
			kind,
			below: drawLayerWrites(draw, swarm, disk)
		};
	}
}
// src/plan/source.ts
const SIZES$3 = [
	MiB,
	4 * MiB,
	16 * MiB,
	64 * MiB,
	256 * MiB,
	GiB
];
const BLOCK_SIZES$1 = [
	MiB,
	8 * MiB,
	32 * MiB
];
const common$1 = {
	size: DiskSize,
	pattern: picklist([
		"rich",
		"mbr",
		"zeros",
		"random",
		"sparse",
		"filled",
		"stripes"
	]),
	writes: Writes,
	history: History
};
const Source = variant("format", [
	strictObject({
		format: literal("raw"),
		lessBytes: LessBytes,
		...common$1
	}),
	strictObject({
		format: literal("qcow2"),
		...Qcow2Options.entries,
		...common$1,
		backing: pipe(array(Layer), maxLength(3)),
		snapshot: optional(Writes),
		preallocation: optional(picklist(["metadata"]))
	}),
	strictObject({
		format: literal("vmdk"),
		subformat: picklist(["monolithicSparse", "streamOptimized"]),
		zeroedGrains: optional(literal(true)),
		...common$1
	}),
	strictObject({
		format: literal("vpc"),
		subformat: picklist(["dynamic", "fixed"]),
		exactSize: optional(literal(true)),
		...common$1
	}),
	strictObject({
		format: literal("vhdx"),
		blockSize: picklist(BLOCK_SIZES$1),
		absentBlocks: optional(literal(true)),
		...common$1
	})
]);
function isPreallocated(source) {
	return source.format === "qcow2" && source.preallocation !== void 0;
}
function drawSource(draw, swarm) {
	const more = swarm.includes("source-options") ? ["vhdx"] : [];
	const format = draw.pick([
		"qcow2",
		"qcow2",
		"qcow2",
		"qcow2",
		"raw",
		"vmdk",
		"vpc",
		...more
	]);
	switch (format) {
		case "qcow2": return drawQcow2Source(draw, swarm);
		case "raw": return {
			format,
			...drawRawContent(draw, swarm)
		};
		case "vmdk": {
			const content = drawContent(draw, swarm, format, GRAINS);
			if (content.history.kind === "converted" && swarm.includes("source-options") && draw.chance(.5)) return {
				format,
				subformat: "streamOptimized",
				...content
			};
			return {
				format,
				subformat: "monolithicSparse",
				...option(draw, swarm, { zeroedGrains: true }),
				...content
			};
		}
		case "vpc": {
			const fixed = swarm.includes("source-options") && draw.chance(.2);
			const content = drawContent(draw, swarm, format, {
				...BLOCKS$1,
				cluster: 2 * MiB
			});
			return {
				format,
				subformat: fixed && content.size <= 16777216 ? "fixed" : "dynamic",
				...option(draw, swarm, { exactSize: true }),
				...content
			};
		}
		case "vhdx": {
			const blockSize = draw.pick(BLOCK_SIZES$1);
			const content = drawContent(draw, swarm, format, {
				...BLOCKS$1,
				cluster: blockSize
			});
			return {
				format,
				blockSize,
				...content.history.kind === "created" && option(draw, swarm, { absentBlocks: true }),
				...content
			};
		}
	}
}
function option(draw, swarm, chosen) {
	return swarm.includes("source-options") && draw.chance(.5) ? chosen : {};
}
const GRAINS = {
	cluster: 64 * KiB,
	table: 32 * MiB,
	compressible: false
};
const BLOCKS$1 = {
	table: 64 * MiB,
	compressible: false
};
const SNAPPED = .6;
const PREALLOCATED = .6;
function drawQcow2Source(draw, swarm) {
	const options = drawReadQcow2(draw, swarm);
	const content = drawContent(draw, swarm, "qcow2", qcow2Geometry(options, 0));
	if (content.size > 4294967296 && !options.extendedL2 && draw.chance(PREALLOCATED)) {
		const writes = uncompressed(content.writes);
		return {
			format: "qcow2",
			...options,
			...content,
			writes,
			backing: [],
			preallocation: "metadata"
		};
	}
	const backing = content.history.kind === "created" && swarm.includes("chains") && draw.chance(.95) ? drawChain(draw, swarm, content, options.clusterSize) : [];
	const image = {
		layout: options,
		geometry: qcow2Geometry(options, content.size),
		written: content.writes
	};
	const isPlain = content.history.kind === "created";
	return {
		format: "qcow2",
		...options,
		...content,
		backing,
		...isPlain && drawSnapshot$1(draw, swarm, image, SNAPPED)
	};
}
const ODD_SOURCES = .3;
function mayBeLarge(format, { cluster }) {
	return format === "vmdk" || format === "vpc" || format === "qcow2" && cluster >= 65536;
}
function drawRawContent(draw, swarm) {
	const content = drawContent(draw, swarm, "raw", {
		cluster: 4 * KiB,
		table: 64 * KiB,
		compressible: false
	});
	const { history, size } = content;
	return drawOddEnd(draw, swarm, content, history.kind === "resized" ? history.from : size);
}
const FAR = [
	"rich",
	"rich",
	"rich",
	"sparse",
	"stripes"
];
const RICH = [
	"rich",
	"rich",
	"rich",
	"rich"
];
function drawContent(draw, swarm, format, units) {
	const beyond = mayBeLarge(format, units) ? drawBeyond(draw) : void 0;
	const size = beyond ?? drawSize(draw, swarm, SIZES$3, units.cluster, ODD_SOURCES);
	const history = beyond ? { kind: "created" } : drawHistory(draw, swarm, format, size, units);
	const disk = {
		...units,
		size: history.kind === "resized" ? history.from : size
	};
	const usual = [
		"zeros",
		"random",
		"sparse",
		...format === "raw" ? ["mbr", "mbr"] : [],
		"filled",
		"stripes",
		...RICH,
		...RICH
	];
	const pattern = draw.pick(beyond ? FAR : usual);
	return {
		size,
		pattern,
		writes: drawPattern(draw, swarm, pattern, disk),
		history
	};
}
function drawPattern(draw, swarm, pattern, disk) {
	switch (pattern) {
		case "zeros": return [];
		case "random": return drawBlocks(draw, disk.size);
		case "sparse": return drawSpread(draw, disk.size);
		case "mbr": return partitionTable();
		case "filled": return drawFilled(draw, swarm, disk);
		case "stripes": return [...drawWrites(draw, swarm, disk, 1, 3), ...drawStripes(draw, disk)];
		case "rich": return drawWrites(draw, swarm, disk, 2, 8);
	}
}
// src/operations/parts/compare-options.ts
const GROWING = ["raw", "qcow2"];
const manner$1 = {
	strict: optional(literal(true)),
	swapped: optional(literal(true))
};
const any = {
	format: picklist([
		...GROWING,
		"vmdk",
		"vpc",
		"vhdx"
	]),
	...manner$1
};
const longer = {
	format: picklist(GROWING),
	more: picklist([
		CLUSTER,
		512,
		4 * KiB,
		33554944
	]),
	...manner$1
};
const sector$1 = {
	offset: pipe(number$2(), integer(), minValue(0), maxValue(MOST_SIZE), ordinary(0, CLUSTER, MiB)),
	byte: pipe(number$2(), integer(), minValue(0), maxValue(255), ordinary(171, 205))
};
const CompareOptions = variant("differs", [
	strictObject({
		differs: literal("nothing"),
		...any
	}),
	strictObject({
		differs: literal("sector"),
		...sector$1,
		...any
	}),
	strictObject({
		differs: literal("zeros-behind"),
		...longer
	}),
	strictObject({
		differs: literal("data-behind"),
		...sector$1,
		...longer
	})
]);
const STRICT = .25;
const SWAPPED = .3;
function drawCompare(draw, source) {
	const asked = {
		...draw.chance(STRICT) && { strict: true },
		...draw.chance(SWAPPED) && { swapped: true }
	};
	const differs = draw.pick([
		"nothing",
		"sector",
		"sector",
		"sector",
		"zeros-behind",
		"data-behind"
	]);
	switch (differs) {
		case "nothing": return {
			differs,
			format: drawFormat(draw, source),
			...asked
		};
		case "sector": return {
			differs,
			offset: drawPlace(draw, source),
			byte: drawByte(draw),
			format: drawFormat(draw, source),
			...asked
		};
		case "zeros-behind": return {
			differs,
			...drawMore(draw),
			...asked
		};
		case "data-behind": {
			const { format, more } = drawMore(draw);
			return {
				differs,
				offset: draw.pick([
					0,
					more - 512,
					draw.integer(0, more / 512 - 1) * 512
				]),
				byte: draw.integer(1, 255),
				format,
				more,
				...asked
			};
		}
	}
}
function drawFormat(draw, source) {
	if (isPreallocated(source)) return draw.pick(GROWING);
	return draw.pick([
		"raw",
		"raw",
		"raw",
		"qcow2",
		"qcow2",
		"qcow2",
		"vmdk",
		"vpc",
		"vhdx"
	]);
}
function drawMore(draw) {
	const more = draw.pick([
		CLUSTER,
		512,
		4 * KiB,
		33554944
	]);
	return {
		format: draw.pick(GROWING),
		more
	};
}
function drawByte(draw) {
	return draw.chance(.2) ? 0 : draw.integer(1, 255);
}
const BORDERS = [
	4 * KiB,
	CLUSTER,
	2 * MiB,
	32 * MiB,
	BEYOND_32_BITS
];
function drawPlace(draw, { size, writes }) {
	const [first, ...others] = writes.map(({ offset }) => offset);
	const borders = [0, ...BORDERS.filter((border) => border < size)];
	const places = [
		size - 512,
		draw.pick(borders) + draw.pick([
			0,
			-512,
			512
		]),
		first === void 0 ? 0 : draw.pick([first, ...others]),
		draw.integer(0, size / 512 - 1) * 512
	];
	return Math.max(0, draw.pick(places));
}
// src/operations/compare.ts
const compare = operation$1({
	name: "compare",
	onRequest: true,
	schema: CompareOptions,
	mistakes: [
		missingFile,
		unknownFlag,
		DAMAGES,
		UNREADABLE
	],
	nature: { leavesNone: true },
	pick: (draw, { source }) => drawCompare(draw, source),
	script: (options, { source, position }) => {
		const other = `other${position}.${options.format}`;
		const images = options.swapped ? [other, SOURCE_FILE] : [SOURCE_FILE, other];
		const judges = options.strict ? [sameStrictAnswer, sameStrictMismatch] : [sameAnswer, sameMismatch];
		const words = [
			"compare",
			...options.strict ? ["-s"] : [],
			...images
		];
		return {
			usesSource: true,
			prepare: [...otherImage(options, source, other), {
				kind: "before",
				file: other
			}],
			subject: words,
			reference: words,
			operand: SOURCE_FILE,
			inputs: [...sourceFiles(source), {
				path: other,
				format: options.format,
				own: true
			}],
			outputs: [],
			invariants: [],
			oracles: [
				noCrash,
				...judges,
				inputsUntouched
			],
			readbacks: []
		};
	}
});
function otherImage(options, source, other) {
	const { format } = options;
	const made = {
		kind: "each",
		program: "reference",
		args: [
			"convert",
			"-f",
			source.format,
			"-O",
			format,
			SOURCE_FILE,
			other
		]
	};
	const longer = (bytes) => ({
		kind: "each",
		program: "reference",
		args: [
			"resize",
			"-q",
			"-f",
			format,
			other,
			`+${sizeText(bytes)}`
		]
	});
	switch (options.differs) {
		case "nothing": return [made];
		case "sector": return [made, ...sector(format, other, within$1(options.offset, source.size), options.byte)];
		case "zeros-behind": return [made, longer(options.more)];
		case "data-behind": {
			const { more, offset, byte } = options;
			return [
				made,
				longer(more),
				...sector(format, other, source.size + within$1(offset, more), byte)
			];
		}
	}
}
function sector(format, file, offset, byte) {
	return writeOnEach(format, file, [{
		kind: "data",
		offset,
		length: 512,
		byte
	}]);
}
function within$1(offset, size) {
	return Math.floor(Math.min(offset, size - 512) / 512) * 512;
}
// src/operations/parts/asked-snapshot.ts
const AskedSnapshot = optional(literal(true));
const SHARE$1 = .6;
function drawAskedSnapshot(draw, source) {
	return draw.chance(SHARE$1) && hasSnapshot(source) ? { snapshot: true } : {};
}
function hasSnapshot(source) {
	return source.format === "qcow2" && source.snapshot !== void 0;
}
function sourceThen(source) {
	return source.format === "qcow2" && source.snapshot ? {
		...source,
		writes: source.snapshot
	} : source;
}
function keepSnapshot(position) {
	const file = copyOfSnapshot(position);
	return [{
		kind: "each",
		program: "reference",
		args: snapshotCopy(SNAPSHOT, SOURCE_FILE, file)
	}, {
		kind: "kept",
		file
	}];
}
function copyOfSnapshot(position) {
	return `then${position}.qcow2`;
}
// src/operations/parts/occupied.ts
const Occupied = optional(literal(true));
function drawOccupied(draw, share) {
	return draw.chance(share) ? { occupied: true } : {};
}
function occupy(file) {
	const writes = [
		"0",
		"2M",
		"5632K"
	].flatMap((offset) => ["-c", `write -q -P 238 ${offset} 512K`]);
	return [{
		kind: "each",
		program: "reference",
		args: [
			"create",
			"-q",
			"-f",
			"raw",
			file,
			"6M"
		]
	}, {
		kind: "each",
		program: "qemu-io",
		args: [
			"-f",
			"raw",
			...writes,
			file
		]
	}];
}
// src/operations/parts/conversion.ts
const TOO_LITTLE = 256 * KiB;
const noRoom = {
	name: "no-room",
	fits: ({ outputs: [output], reference }, { source }) => output?.format === "raw" ? source.size > TOO_LITTLE : output?.format === "qcow2" && !reference.some((word) => word.includes("cluster_size=")),
	spoil: (script) => ({
		...withoutBegun(refusable(script), script),
		mostBytes: TOO_LITTLE,
		oracles: [refusesLoss("unwritten"), untouchedWhenRefused],
		spoilsCopy: true
	})
};
function conversionMistakes(ontoBase = ontoTheLowest("onto-its-base")) {
	return [
		missingFile,
		unknownFlag,
		unknownTarget,
		[ontoItself$1, ontoBase],
		noRoom,
		DAMAGES,
		UNREADABLE
	];
}
function convertScript(conversion, { source, position, dialect }) {
	const { target, compressed, occupied = false, options = {}, referenceOptions = {} } = conversion;
	const output = convertedFile(position, target);
	const isOld = conversion.snapshot === true && hasSnapshot(source);
	const [before, after] = [["convert", ...compressed ? ["-c"] : []], [
		"-O",
		target,
		SOURCE_FILE,
		output
	]];
	const theirs = [
		...before,
		...optionArguments({
			...referenceOptions,
			...options
		}),
		...isOld ? ["-l", SNAPSHOT] : [],
		...after
	];
	const ours = [
		...before,
		...ownFlags({
			...options,
			snapshot: isOld ? SNAPSHOT : void 0
		}),
		...after
	];
	return {
		usesSource: true,
		prepare: [...isOld ? keepSnapshot(position) : [], ...occupied ? occupy(output) : []],
		subject: dialect === "instar" ? ours : theirs,
		reference: theirs,
		operand: SOURCE_FILE,
		inputs: sourceFiles(source),
		outputs: [{
			path: output,
			format: target,
			...!occupied && { isNew: true }
		}],
		invariants: [{
			says: isOld ? "the output reads as the snapshot did" : "the output reads as its source",
			kept: {
				kind: "image",
				path: isOld ? copyOfSnapshot(position) : SOURCE_FILE,
				format: source.format
			},
			found: {
				path: output,
				format: target,
				...target === "vpc" && { length: wholeSectors(source.size) }
			}
		}],
		oracles: [
			noCrash,
			sameSuccess,
			inputsUntouched
		],
		readbacks: [...describing(target), ...sameImage]
	};
}
const OCCUPIED$1 = .12;
function wholeSectors(bytes) {
	return Math.ceil(bytes / 512) * 512;
}
function describing(target) {
	return target === "qcow2" ? [sameWrittenInfo((operation) => `${operation}_info_divergence`)] : [];
}
function ownFlags(options) {
	return Object.entries(options).flatMap(([key, value]) => {
		const flag = `--${key.replaceAll("_", "-")}`;
		return value === void 0 ? [] : value === "on" ? [flag] : [flag, String(value)];
	});
}
function convertedSource(target, { size, writes }, compressed) {
	const history = {
		kind: "converted",
		from: "raw",
		compressed: compressed && target === "qcow2"
	};
	const content = {
		size,
		pattern: "rich",
		writes: uncompressed(writes),
		history
	};
	switch (target) {
		case "qcow2": return {
			format: "qcow2",
			...plainQcow2(64 * KiB),
			...content,
			backing: []
		};
		case "vmdk": return {
			format: "vmdk",
			subformat: compressed ? "streamOptimized" : "monolithicSparse",
			...content
		};
		case "vpc": return {
			format: "vpc",
			subformat: "dynamic",
			...content
		};
		case "vhdx": return {
			format: "vhdx",
			blockSize: 8 * MiB,
			...content
		};
		default: return {
			format: "raw",
			...content
		};
	}
}
function convertedFile(position, format) {
	return `step${position}.${format}`;
}
// src/operations/convert.ts
const CLUSTERS$4 = [
	512,
	512,
	4 * KiB,
	64 * KiB
];
const BLOCK_FORMATS = [
	"vmdk",
	"vpc",
	"vhdx"
];
const BLOCKS = [
	MiB,
	8 * MiB,
	32 * MiB
];
const manner = {
	occupied: Occupied,
	snapshot: AskedSnapshot
};
const convert = operation$1({
	name: "convert",
	schema: variant("target", [
		strictObject({
			target: literal("raw"),
			...manner
		}),
		strictObject({
			target: literal("qcow2"),
			clusterSize: optional(picklist(CLUSTERS$4)),
			extendedL2: optional(literal(true)),
			...manner
		}),
		strictObject({
			target: picklist(["vmdk", "vpc"]),
			...manner
		}),
		strictObject({
			target: literal("vhdx"),
			blockSize: picklist(BLOCKS),
			...manner
		})
	]),
	mistakes: conversionMistakes(),
	nature: {
		formatOption: "target",
		reads: { target: "raw" },
		leaves: ({ target, snapshot }, source) => convertedSource(target, snapshot ? sourceThen(source) : source, false)
	},
	pick: (draw, circumstances) => ({
		...drawTarget$2(draw, circumstances),
		...drawOccupied(draw, OCCUPIED$1),
		...drawAskedSnapshot(draw, circumstances.source)
	}),
	script: (options, context) => {
		const { target, occupied, snapshot } = options;
		return convertScript({
			target,
			compressed: false,
			occupied,
			snapshot,
			options: optionsOf(options)
		}, context);
	}
});
function drawTarget$2(draw, { swarm, source }) {
	const target = draw.chance(swarm.includes("more-targets") ? .9 : .2) && !isPreallocated(source) ? draw.pick(BLOCK_FORMATS) : draw.pick(["raw", "qcow2"]);
	if (target === "vhdx") return {
		target,
		blockSize: draw.pick(BLOCKS)
	};
	if (target !== "qcow2") return { target };
	if (!(swarm.includes("target-options") && !isPreallocated(source) && draw.chance(.6))) return { target };
	return draw.chance(.3) ? {
		target,
		extendedL2: true
	} : {
		target,
		clusterSize: draw.pick(CLUSTERS$4)
	};
}
function optionsOf(target) {
	if (target.target === "qcow2") return {
		cluster_size: target.clusterSize,
		extended_l2: target.extendedL2 && "on"
	};
	return target.target === "vhdx" ? { block_size: target.blockSize } : {};
}
// src/operations/convert-compressed.ts
const convertCompressed = operation$1({
	name: "convert_compressed",
	schema: strictObject({
		target: picklist([
			"raw",
			"qcow2",
			"vmdk"
		]),
		occupied: Occupied,
		snapshot: AskedSnapshot
	}),
	mistakes: conversionMistakes(),
	nature: {
		formatOption: "target",
		simpler: "convert",
		features: () => ["compressed"],
		leaves: ({ target, snapshot }, source) => convertedSource(target, snapshot ? sourceThen(source) : source, true)
	},
	pick: (draw, { swarm, source }) => {
		const more = swarm.includes("more-targets") && !isPreallocated(source) ? ["vmdk"] : [];
		return {
			target: draw.pick([
				"raw",
				"qcow2",
				...more
			]),
			...drawOccupied(draw, OCCUPIED$1),
			...drawAskedSnapshot(draw, source)
		};
	},
	script: ({ target, occupied, snapshot }, context) => {
		return convertScript({
			target,
			compressed: target !== "raw",
			occupied,
			snapshot,
			referenceOptions: target === "vmdk" ? { subformat: "streamOptimized" } : {}
		}, context);
	}
});
// src/operations/parts/create-target.ts
const PREALLOCATIONS$1 = [
	"metadata",
	"falloc",
	"full"
];
const SUBFORMATS = ["monolithicSparse", "streamOptimized"];
const BLOCK_SIZES = [
	MiB,
	16 * MiB,
	32 * MiB
];
const Backing = strictObject({
	format: picklist([
		"raw",
		"qcow2",
		...FOREIGN_FORMATS
	]),
	size: DiskSize,
	writes: Writes,
	givesSize: boolean()
});
const Target = variant("format", [
	strictObject({
		format: literal("raw"),
		preallocation: optional(picklist([
			"off",
			"falloc",
			"full"
		])),
		size: DiskSize,
		occupied: Occupied
	}),
	strictObject({
		format: literal("qcow2"),
		...Qcow2Options.entries,
		preallocation: optional(picklist(PREALLOCATIONS$1)),
		compression: optional(picklist(["zstd"])),
		suffix: optional(picklist(["b"])),
		size: DiskSize,
		backing: optional(Backing),
		occupied: Occupied
	}),
	strictObject({
		format: literal("vmdk"),
		subformat: picklist(SUBFORMATS),
		size: DiskSize,
		backing: optional(Backing),
		occupied: Occupied
	}),
	strictObject({
		format: literal("vhdx"),
		blockSize: optional(picklist(BLOCK_SIZES)),
		size: DiskSize,
		occupied: Occupied
	})
]);
// src/operations/create.ts
const OCCUPIED = .25;
const create = operation$1({
	name: "create",
	schema: Target,
	mistakes: [
		unknownFlag,
		unknownOption,
		hugeSize,
		{
			name: "onto-its-backing",
			fits: ({ inputs }) => inputs.length > 0,
			spoil: (script, context) => {
				const [below] = script.inputs;
				if (below === void 0) return script;
				return {
					...ontoItself$1.spoil({
						...script,
						operand: below.path,
						outputs: [...script.outputs, below]
					}, context),
					oracles: [
						noCrash,
						refusesLoss("unreadable"),
						untouchedWhenRefused
					]
				};
			}
		}
	],
	nature: {
		features: (target) => {
			const backing = "backing" in target ? target.backing : void 0;
			return backing && !backing.givesSize ? lengthOf("backing", backing.size, target.size) : [];
		},
		leaves: emptySource
	},
	pick: (draw, circumstances) => ({
		...drawTarget$1(draw, circumstances),
		...drawOccupied(draw, OCCUPIED)
	}),
	script: (target) => {
		const { format, size, occupied } = target;
		const file = `new.${format}`;
		const backing = "backing" in target ? target.backing : void 0;
		const below = backing ? {
			file: `below.${backing.format}`,
			format: backing.format
		} : void 0;
		const plain = createArguments(format, creationOptions(target), file, backing?.givesSize ? void 0 : size, below);
		const args = target.format === "qcow2" && target.suffix === "b" ? [...plain.slice(0, -1), `${size}b`] : plain;
		return {
			usesSource: false,
			prepare: [...buildBacking(backing, below?.file ?? ""), ...occupied ? occupy(file) : []],
			subject: args,
			reference: args,
			inputs: below ? [{
				path: below.file,
				format: below.format
			}] : [],
			outputs: [{
				path: file,
				format,
				...!occupied && { isNew: true },
				...below ? { below: [below.file] } : {}
			}],
			invariants: [{
				says: below ? "a new overlay reads as its backing" : "a new image reads zero",
				kept: before$1(target),
				found: {
					path: file,
					format
				}
			}],
			oracles: [
				noCrash,
				sameSuccess,
				inputsUntouched
			],
			readbacks: [sameWrittenInfo(() => "create_info_divergence"), ...sameImage]
		};
	}
});
function emptySource(target) {
	const { size } = target;
	const content = {
		size,
		pattern: "rich",
		writes: [],
		history: { kind: "created" }
	};
	switch (target.format) {
		case "raw": return {
			format: "raw",
			...content
		};
		case "vmdk": return {
			format: "vmdk",
			subformat: target.subformat,
			...content
		};
		case "vhdx": return {
			format: "vhdx",
			blockSize: 8 * MiB,
			...content
		};
		case "qcow2": return {
			format: "qcow2",
			...layoutOf(target),
			...content,
			backing: target.backing ? [layerOf(target.backing)] : []
		};
	}
}
function layerOf({ format, size, writes }) {
	return format === "qcow2" ? {
		format,
		...plainQcow2(64 * KiB),
		size,
		writes
	} : {
		format,
		size,
		writes
	};
}
function before$1(target) {
	const { size } = target;
	const backing = "backing" in target ? target.backing : void 0;
	if (backing === void 0) return {
		kind: "zeros",
		size
	};
	const path = `below.${backing.format}`;
	const isCut = !backing.givesSize && size < backing.size;
	return {
		kind: "image",
		path,
		format: backing.format,
		...isCut ? { length: size } : {}
	};
}
function buildBacking(backing, file) {
	if (backing === void 0) return [];
	const { format, size, writes } = backing;
	return build([imageOf({
		format,
		options: plainOptions(format),
		file,
		size,
		writes
	})]);
}
const FORMATS = [
	"qcow2",
	"qcow2",
	"vmdk",
	"vhdx",
	"raw"
];
const LARGE$1 = [
	"qcow2",
	"qcow2",
	"vmdk"
];
function drawTarget$1(draw, { swarm }) {
	const beyond = drawBeyond(draw);
	const format = draw.pick(beyond ? LARGE$1 : FORMATS);
	switch (format) {
		case "qcow2": return drawQcow2Target(draw, swarm, beyond);
		case "vmdk": return drawVmdkTarget(draw, swarm, beyond);
		case "vhdx": {
			const blockSize = swarm.includes("target-options") ? draw.pick(BLOCK_SIZES) : draw.pick([16 * MiB, 32 * MiB]);
			const size = drawSize(draw, swarm, [
				64 * MiB,
				256 * MiB,
				GiB
			], 64 * KiB);
			return draw.chance(.15) ? {
				format,
				size
			} : {
				format,
				blockSize,
				size
			};
		}
		case "raw": {
			const size = drawSize(draw, swarm, [
				MiB,
				16 * MiB,
				64 * MiB,
				256 * MiB
			], 64 * KiB);
			return swarm.includes("target-options") && size <= 17825792 && draw.chance(.5) ? {
				format,
				preallocation: draw.pick([
					"off",
					"falloc",
					"full"
				]),
				size
			} : {
				format,
				size
			};
		}
	}
}
function drawUnusual$3(draw) {
	return draw.pick([
		OLD_LAYOUT,
		{ compression: "zstd" },
		{ suffix: "b" }
	]);
}
const BACKING_FORMATS = [
	"qcow2",
	"raw",
	...FOREIGN_FORMATS
];
const SIZES_GIVEN = .4;
function drawQcow2Target(draw, swarm, beyond) {
	const format = "qcow2";
	const options = drawQcow2(draw, swarm, {
		refcounts: true,
		...beyond && { clusterSizes: [...ROOMY_CLUSTERS, 2097152] }
	});
	const preallocation = beyond ? void 0 : draw.pick([void 0, ...PREALLOCATIONS$1]);
	const overlays = swarm.includes("chains") && draw.chance(.7);
	if (preallocation !== void 0 && !overlays) return {
		format,
		...options,
		preallocation,
		size: MiB
	};
	const size = beyond ?? drawSize(draw, swarm, [
		1048576,
		16777216,
		67108864
	], options.clusterSize);
	if (!overlays) return {
		format,
		...options,
		size,
		...draw.chance(.15) ? drawUnusual$3(draw) : {}
	};
	return {
		format,
		...options,
		size,
		backing: drawBacking(draw, swarm, beyond ? "qcow2" : draw.pick(BACKING_FORMATS), drawBackingSize(draw, swarm, size))
	};
}
function drawVmdkTarget(draw, swarm, beyond) {
	const format = "vmdk";
	const size = beyond ?? drawSize(draw, swarm, [
		1048576,
		16777216,
		67108864,
		268435456
	], 65536);
	if (!swarm.includes("chains") || draw.chance(.3)) return {
		format,
		subformat: draw.pick(SUBFORMATS),
		size
	};
	return {
		format,
		subformat: "monolithicSparse",
		size,
		backing: drawBacking(draw, swarm, format, size)
	};
}
function drawBacking(draw, swarm, format, size) {
	const all = drawLayerWrites(draw, swarm, qcow2Geometry(plainQcow2(64 * KiB), size));
	return {
		format,
		size,
		writes: format === "qcow2" ? all : uncompressed(all),
		givesSize: draw.chance(SIZES_GIVEN)
	};
}
function creationOptions(target) {
	switch (target.format) {
		case "qcow2": return {
			...qcow2Arguments(target),
			preallocation: target.preallocation,
			compression_type: target.compression
		};
		case "vmdk": return { subformat: target.subformat };
		case "vhdx": return { block_size: target.blockSize };
		case "raw": return { preallocation: target.preallocation };
	}
}
// src/plan/window.ts
function windowOf({ blockSize = 512, count, skip = 0 }, size) {
	const end = Math.min(size, (count ?? Number.POSITIVE_INFINITY) * blockSize);
	const offset = Math.min(skip * blockSize, end);
	return {
		offset,
		length: end - offset
	};
}
// src/operations/dd.ts
const EVEN = [
	void 0,
	512,
	4 * KiB,
	64 * KiB,
	MiB
];
const UNEVEN = [
	1,
	1e3,
	1e3,
	1536,
	4097,
	4097
];
const LARGEST_BLOCK = 2 ** 31 - 1;
const MOST_COPIED = 16 * MiB;
const MOST_BLOCKS = 2048;
const bytes$1 = pipe(number$2(), integer(), minValue(1), maxValue(LARGEST_BLOCK), ordinary(512, 4 * KiB, 64 * KiB, MiB));
const blocks = pipe(number$2(), integer(), minValue(0), maxValue(2 * MOST_SIZE), ordinary(1, 2, 16));
const Dd = strictObject({
	target: picklist([
		"raw",
		"qcow2",
		"vmdk",
		"vpc",
		"vhdx"
	]),
	blockSize: optional(bytes$1),
	count: optional(blocks),
	skip: optional(blocks)
});
const noBlockSize = wrongWords("no-block-size", (args) => [
	...args.filter((word) => !word.startsWith("bs=")).slice(0, -2),
	"bs=0",
	...args.slice(-2)
]);
const dd = operation$1({
	name: "dd",
	onRequest: true,
	schema: Dd,
	mistakes: [...conversionMistakes(ontoTheLowest("onto-its-base", ({ format }) => format !== "raw")), noBlockSize],
	nature: {
		formatOption: "target",
		features: ({ blockSize = 512, count, skip }) => [
			...blockSize % 512 === 0 ? [] : ["unaligned"],
			...count === void 0 ? [] : ["counted"],
			...skip ? ["skips"] : []
		],
		leaves: (options, source) => {
			const window = windowOf(options, source.size);
			const size = Math.max(512, wholeSectors(window.length));
			return convertedSource(options.target, {
				...source,
				size,
				writes: within(window, source.writes)
			}, false);
		}
	},
	pick: (draw, circumstances) => drawDd(draw, circumstances),
	script: (options, { source, position }) => {
		const { target, blockSize, count, skip } = options;
		const exact = target === "vpc" ? { exactSize: true } : {};
		const output = {
			path: convertedFile(position, target),
			format: target,
			isNew: true,
			...exact
		};
		const args = [
			...[
				"dd",
				"-O",
				target
			],
			...blockSize === void 0 ? [] : [`bs=${blockText(blockSize)}`],
			...count === void 0 ? [] : [`count=${count}`],
			...skip === void 0 ? [] : [`skip=${skip}`],
			...[`if=${SOURCE_FILE}`, `of=${output.path}`]
		];
		return {
			usesSource: true,
			prepare: [],
			subject: args,
			reference: args,
			operand: SOURCE_FILE,
			inputs: sourceFiles(source),
			outputs: [output],
			invariants: invariantsOf$1(windowOf(options, source.size), source, output),
			oracles: [
				noCrash,
				sameSuccess,
				inputsUntouched
			],
			readbacks: [...describing(target), ...sameImage]
		};
	}
});
function blockText(bytes) {
	return sizeText(bytes).replace("K", "k");
}
function invariantsOf$1({ offset, length }, { format, size, ...source }, output) {
	const isWhole = length === size && format !== "vpc";
	const isOverlay = "backing" in source && source.backing.length > 0;
	if (length === 0 || offset % 512 > 0 || length % 512 > 0 || isOverlay && !isWhole) return [];
	return [{
		says: "the output reads as that part of its source",
		kept: {
			kind: "image",
			path: SOURCE_FILE,
			format,
			...isWhole ? {} : {
				offset,
				length
			}
		},
		found: {
			...output,
			...isWhole && output.format !== "vpc" ? {} : { length }
		}
	}];
}
function within(part, writes) {
	return writes.flatMap((write) => write.kind === "stripes" ? stripesWithin(part, write) : piecesWithin(part, [write]));
}
function stripesWithin(part, stripes) {
	const pieces = piecesOf([stripes]);
	const end = part.offset + part.length;
	const isWhole = ({ offset, length }) => part.offset <= offset && offset + length <= end;
	const first = pieces.findIndex(isWhole);
	const count = pieces.filter(isWhole).length;
	if (count === 0) return piecesWithin(part, pieces);
	const whole = someOf(stripes, first, count);
	return [
		...piecesWithin(part, pieces.slice(0, first)),
		{
			...whole,
			offset: whole.offset - part.offset
		},
		...piecesWithin(part, pieces.slice(first + count))
	];
}
function piecesWithin({ offset: from, length: most }, pieces) {
	return pieces.flatMap((piece) => {
		const start = Math.max(piece.offset, from);
		const length = Math.min(piece.offset + piece.length, from + most) - start;
		return length > 0 ? [{
			...piece,
			offset: start - from,
			length
		}] : [];
	});
}
function drawDd(draw, { source, swarm }) {
	const target = drawTarget(draw, swarm);
	const blockSize = draw.pick(draw.chance(.5) ? EVEN : UNEVEN);
	const part = drawPart(draw, source, blockSize ?? 512);
	return {
		target,
		...blockSize && { blockSize },
		...part
	};
}
function drawTarget(draw, swarm) {
	return swarm.includes("more-targets") && draw.chance(.7) ? draw.pick([
		"vmdk",
		"vpc",
		"vhdx"
	]) : draw.pick([
		"raw",
		"raw",
		"qcow2"
	]);
}
function drawPart(draw, { size, writes }, blockSize) {
	const blocks = Math.ceil(size / blockSize);
	const most = Math.min(blocks, MOST_BLOCKS, Math.floor(MOST_COPIED / blockSize));
	const places = [
		"within",
		"within",
		"within",
		"end",
		"end",
		"start",
		"behind",
		most === blocks ? "all" : "end"
	];
	const length = draw.chance(.5) ? draw.integer(1, Math.min(most, 20)) : draw.integer(1, most);
	switch (draw.pick(places)) {
		case "all": return draw.pick([
			{},
			{ count: blocks },
			{ skip: 0 },
			{
				count: blocks + draw.integer(1, 9),
				skip: 0
			}
		]);
		case "start": return { count: length };
		case "within": {
			const aim = writes.length > 0 && draw.chance(.8) ? draw.pick(writes).offset : draw.integer(0, size);
			const skip = Math.min(blocks - 1, Math.max(0, Math.floor(aim / blockSize) - draw.integer(0, Math.min(length, 4))));
			return {
				count: skip + length,
				skip
			};
		}
		case "end": {
			const skip = blocks - length;
			return draw.chance(.5) ? { skip } : {
				count: blocks + draw.pick([
					0,
					1,
					1e3
				]),
				skip
			};
		}
		case "behind": return drawNothing(draw, blocks, length);
	}
}
function drawNothing(draw, blocks, length) {
	return draw.pick([
		{ count: 0 },
		{ skip: blocks },
		{ skip: blocks + draw.integer(1, 1e3) },
		{
			count: length,
			skip: length
		}
	]);
}
// src/operations/info.ts
const info = operation$1({
	name: "info",
	schema: strictObject({}),
	mistakes: [
		missingFile,
		unknownFlag,
		DAMAGES
	],
	nature: {
		reads: {},
		leavesNone: true
	},
	pick: () => ({}),
	script: (_options, { source }) => ({
		usesSource: true,
		prepare: [],
		subject: [
			"info",
			...named(source),
			"--output",
			"json",
			SOURCE_FILE
		],
		reference: [
			"info",
			...named(source),
			"--output=json",
			SOURCE_FILE
		],
		operand: SOURCE_FILE,
		inputs: sourceFiles(source),
		outputs: [],
		invariants: [],
		oracles: [
			noCrash,
			sameSuccess,
			inputsUntouched
		],
		readbacks: [sameReadInfo]
	})
});
function named(source) {
	return source.format === "vpc" && source.subformat === "fixed" ? ["-f", source.format] : [];
}
// src/oracles/map.ts
const sameMap = async ({ operation, subject, reference, inputs }) => {
	const format = inputs[0]?.format ?? "";
	for (const { truncated, bytes } of [reference.stdout, subject.stdout]) if (truncated) throw new Inconclusive({
		kind: "too_much_said",
		bytes
	});
	const theirs = extentsOf(parseJson(reference.stdout), format);
	if (theirs === void 0) throw unusable("map", lastWords(reference));
	const map = parseJson(subject.stdout);
	const start = subject.stdout.text.slice(0, 200);
	if (map === void 0) return {
		kind: "unparsable",
		type: `${operation}_json_parse_failure`,
		what: "its map",
		start
	};
	const ours = extentsOf(map, format);
	const found = ours === void 0 ? noExtents(start) : firstDifference(ours, theirs);
	if (found === void 0) return void 0;
	const { at, differences } = found;
	return {
		kind: "json",
		type: `${operation}_divergence`,
		what: `its map at byte ${at}`,
		differences,
		as: "extents"
	};
};
function extentsOf(map, format) {
	if (!Array.isArray(map)) return void 0;
	const extents = [];
	for (const part of map) {
		const [start, length] = [valueAt(part, "start"), valueAt(part, "length")];
		if (typeof start !== "number" || typeof length !== "number" || length <= 0) return void 0;
		if (start !== (extents.at(-1)?.end ?? start)) return void 0;
		extents.push({
			start,
			end: start + length,
			told: toldOf(part, format)
		});
	}
	return extents;
}
function toldOf(part, format) {
	const data = valueAt(part, "data") ?? null;
	const zero = valueAt(part, "zero") ?? null;
	const present = valueAt(part, "present") ?? null;
	return {
		data,
		zero: data === true ? false : zero,
		...format !== "vpc" && { present }
	};
}
function firstDifference(ours, theirs) {
	const starts = borders("from", ours[0]?.start, theirs[0]?.start);
	if (starts) return starts;
	let [our, their] = [0, 0];
	for (;;) {
		const [mine, other] = [ours[our], theirs[their]];
		if (mine === void 0 || other === void 0) break;
		const differences = differencesOf(mine.told, other.told);
		if (differences.length > 0) return placed$1(Math.max(mine.start, other.start), their, differences);
		if (mine.end <= other.end) our += 1;
		if (other.end <= mine.end) their += 1;
	}
	return borders("up to", ours.at(-1)?.end, theirs.at(-1)?.end);
}
function borders(word, subject = 0, reference = 0) {
	if (subject === reference) return void 0;
	const difference = {
		pointer: "",
		subject: `${word} ${subject}`,
		reference: `${word} ${reference}`
	};
	return {
		at: Math.min(subject, reference),
		differences: [difference]
	};
}
function placed$1(at, index, differences) {
	return {
		at,
		differences: differences.map((one) => ({
			...one,
			pointer: `/${index}${one.pointer}`
		}))
	};
}
function noExtents(subject) {
	return {
		at: 0,
		differences: [{
			pointer: "",
			subject,
			reference: "extents that follow each other"
		}]
	};
}
// src/operations/map.ts
const bytes = pipe(number$2(), integer(), minValue(0), maxValue(MOST_SIZE), ordinary(CLUSTER, MiB));
const MapOptions = strictObject({
	start: optional(bytes),
	length: optional(bytes)
});
const WINDOWS = .25;
const HALF_NAMED = .3;
const map = operation$1({
	name: "map",
	onRequest: true,
	schema: MapOptions,
	mistakes: [
		missingFile,
		unknownFlag,
		DAMAGES
	],
	nature: { leavesNone: true },
	pick: (draw, { source }) => draw.chance(WINDOWS) ? drawWindow(draw, source) : {},
	script: (options, { source }) => {
		const window = windowArguments(options, source);
		return {
			usesSource: true,
			prepare: [],
			subject: [
				"map",
				...window,
				"--output",
				"json",
				SOURCE_FILE
			],
			reference: [
				"map",
				...window,
				"--output=json",
				SOURCE_FILE
			],
			operand: SOURCE_FILE,
			inputs: sourceFiles(source),
			outputs: [],
			invariants: [],
			oracles: [
				noCrash,
				sameSuccess,
				inputsUntouched
			],
			readbacks: [sameMap]
		};
	}
});
function drawWindow(draw, source) {
	const [unit, last] = [unitOf(source), lastUnit(source)];
	const [first, ...others] = source.writes.map(({ offset }) => Math.floor(offset / unit));
	const near = first === void 0 || draw.chance(.4) ? draw.integer(0, last) : draw.pick([first, ...others]);
	const start = Math.min(last, Math.max(0, near + draw.pick([
		0,
		0,
		-1,
		1
	]))) * unit;
	const length = Math.min(MOST_SIZE, draw.pick([
		1,
		2,
		4,
		draw.integer(1, last + 1)
	]) * unit);
	if (!draw.chance(HALF_NAMED)) return {
		start,
		length
	};
	return draw.chance(.5) ? { start } : { length };
}
function windowArguments({ start, length }, source) {
	const unit = unitOf(source);
	const from = (bytes) => Math.min(Math.floor(bytes / unit), lastUnit(source)) * unit;
	return [...start === void 0 ? [] : ["--start-offset", String(from(start))], ...length === void 0 ? [] : ["--max-length", String(Math.max(1, Math.ceil(length / unit)) * unit)]];
}
function lastUnit(source) {
	return Math.ceil(source.size / unitOf(source)) - 1;
}
function unitOf(source) {
	switch (source.format) {
		case "qcow2": return Math.max(CLUSTER, source.clusterSize);
		case "vpc": return 2 * MiB;
		case "vhdx": return source.blockSize;
		default: return CLUSTER;
	}
}
// src/oracles/measure.ts
const sameMeasurement = async ({ operation, subject, reference }) => {
	const theirs = parseJson(reference.stdout);
	if (theirs === void 0) throw unusable("measure", lastWords(reference));
	const ours = parseJson(subject.stdout);
	if (ours === void 0) return unparsable(operation, subject.stdout.text);
	const differences = differencesOf(comparable(ours), comparable(theirs));
	return differences.length === 0 ? void 0 : {
		kind: "json",
		type: `${operation}_divergence`,
		what: "its measurement",
		differences
	};
};
function comparable(json) {
	return {
		required: valueAt(json, "required") ?? null,
		"fully-allocated": valueAt(json, "fully-allocated") ?? null,
		bitmaps: valueAt(json, "bitmaps") === void 0 ? "no" : "yes"
	};
}
function withinOwnMeasurement(convert, target) {
	return async ({ operation, subject, bench }) => {
		if (!succeeded(subject.exit)) return void 0;
		const full = valueAt(parseJson(subject.stdout), "fully-allocated");
		if (typeof full !== "number") return {
			...unparsable(operation, subject.stdout.text),
			member: "fully-allocated"
		};
		const converted = await bench.ask({
			side: "subject",
			program: "subject",
			args: convert
		});
		const crash = crashOf(converted);
		if (crash) return crash;
		const size = bench.fileSize("subject", target);
		if (!succeeded(converted.exit) || size === void 0) throw new Inconclusive({
			kind: "own_conversion_failed",
			message: lastWords(converted)
		});
		const bound = mostConverted(full);
		if (size <= bound) return void 0;
		const what = {
			what: target,
			value: size,
			bound,
			side: "subject",
			member: "fully-allocated"
		};
		return {
			kind: "above-bound",
			type: `${operation}_divergence`,
			...what
		};
	};
}
function coversConversion(convert, target) {
	return async ({ operation, subject, bench }) => {
		const required = valueAt(parseJson(subject.stdout), "required");
		if (typeof required !== "number") return void 0;
		const converted = await bench.ask({
			side: "reference",
			program: "reference",
			args: convert
		});
		const size = bench.fileSize("reference", target);
		if (!succeeded(converted.exit) || size === void 0) throw unusable("convert", lastWords(converted));
		if (size <= required) return void 0;
		const what = {
			what: target,
			value: size,
			bound: required,
			side: "reference",
			member: "required"
		};
		return {
			kind: "above-bound",
			type: `${operation}_invariant_divergence`,
			...what
		};
	};
}
function unparsable(operation, text) {
	return {
		kind: "unparsable",
		type: `${operation}_json_parse_failure`,
		what: "its measurement",
		start: text.slice(0, 200)
	};
}
// src/operations/measure.ts
const TARGETS = [
	"raw",
	"qcow2",
	"vmdk",
	"vpc",
	"vhdx"
];
const COMPARABLE = ["raw", "qcow2"];
const measure = operation$1({
	name: "measure",
	schema: strictObject({ target: picklist(TARGETS) }),
	mistakes: [
		missingFile,
		unknownFlag,
		unknownTarget,
		DAMAGES
	],
	nature: { leavesNone: true },
	pick: (draw) => ({ target: draw.pick([
		...TARGETS,
		"raw",
		"qcow2",
		"qcow2",
		"qcow2",
		"qcow2"
	]) }),
	script: ({ target }, { source, position }) => {
		const output = convertedFile(position, target);
		const convert = [
			"convert",
			"-O",
			target,
			SOURCE_FILE,
			output
		];
		const bound = target === "qcow2" ? [coversConversion(convert, output)] : [];
		const oracles = COMPARABLE.includes(target) ? [
			noCrash,
			sameSuccess,
			inputsUntouched
		] : [
			noCrash,
			noRefusal,
			inputsUntouched,
			withinOwnMeasurement(convert, output),
			inputsUntouched
		];
		return {
			usesSource: true,
			prepare: [],
			subject: [
				"measure",
				"-O",
				target,
				"--output",
				"json",
				SOURCE_FILE
			],
			reference: [
				"measure",
				"-O",
				target,
				"--output=json",
				SOURCE_FILE
			],
			operand: SOURCE_FILE,
			inputs: sourceFiles(source),
			outputs: [],
			invariants: [],
			oracles,
			readbacks: COMPARABLE.includes(target) ? [sameMeasurement, ...bound] : []
		};
	}
});
// src/operations/parts/rebase-chain.ts
const OLD = "base.qcow2";
const NEW = "next.qcow2";
const RAW_OLD = "base.raw";
const RAW$1 = "next.raw";
const OVERLAY = "overlay.qcow2";
const BELOW_OLD = "root.qcow2";
const BELOW_NEW = "below-next.qcow2";
const SHORT = "n.qcow2";
const LONG = "next-with-a-longer-name-than-was-recorded.qcow2";
const Rebase = strictObject({
	...ChainLayout.entries,
	overlaySize: DiskSize,
	oldSize: DiskSize,
	newSize: DiskSize,
	newBacking: picklist([
		NEW,
		OLD,
		BELOW_OLD,
		""
	]),
	mode: picklist(["safe", "unsafe"]),
	oldWrites: Writes,
	newWrites: Writes,
	overlayWrites: Writes,
	snapshot: optional(Writes),
	belowOld: optional(LowerImage),
	belowNew: optional(LowerImage),
	newClusterSize: optional(picklist([4 * KiB, 512])),
	newName: optional(picklist([
		SHORT,
		LONG,
		RAW$1
	])),
	backingFormat: optional(picklist(["raw"]))
});
function oldFile({ backingFormat }) {
	return backingFormat === "raw" ? {
		path: RAW_OLD,
		format: "raw"
	} : {
		path: OLD,
		format: "qcow2"
	};
}
function nextFile({ backingFormat, newName }) {
	const path = newName ?? (backingFormat === "raw" ? "next.raw" : "next.qcow2");
	return {
		path,
		format: path === "next.raw" ? "raw" : "qcow2"
	};
}
function imagesOf$1(options) {
	const { oldSize, newSize, overlaySize, oldWrites, newWrites, overlayWrites, belowOld, belowNew } = options;
	const chain = {
		format: "qcow2",
		options: qcow2Arguments(layoutInChain(options))
	};
	const other = {
		format: "qcow2",
		options: qcow2Arguments(layoutInChain(options, options.newClusterSize))
	};
	const [old, next] = [oldFile(options), nextFile(options)];
	const made = ({ path, format }, layout) => format === "raw" ? {
		file: path,
		format,
		options: {}
	} : {
		file: path,
		...layout
	};
	const above = (file) => ({
		file,
		format: "qcow2"
	});
	const under = (lower, file) => lower && above(file);
	return [
		...belowOld ? [imageOf({
			...chain,
			file: BELOW_OLD,
			...belowOld
		})] : [],
		...belowNew ? [imageOf({
			...other,
			file: BELOW_NEW,
			...belowNew
		})] : [],
		imageOf({
			...made(old, chain),
			size: oldSize,
			writes: oldWrites,
			below: under(belowOld, BELOW_OLD)
		}),
		imageOf({
			...made(next, other),
			size: newSize,
			writes: newWrites,
			below: under(belowNew, BELOW_NEW)
		}),
		imageOf({
			...chain,
			file: OVERLAY,
			size: overlaySize,
			writes: overlayWrites,
			below: {
				file: old.path,
				format: old.format
			}
		})
	];
}
// src/operations/rebase.ts
const SIZES$2 = [
	MiB,
	4 * MiB,
	64 * MiB
];
const CLUSTERS$3 = [
	512,
	512,
	512,
	4 * KiB,
	64 * KiB,
	256 * KiB
];
const RAW_BASES = .35;
const SHORT_NAMES = .25;
const rebase = operation$1({
	name: "rebase",
	schema: Rebase,
	mistakes: [
		missingFile,
		wrongWords("missing-backing", (args) => args.filter((word) => word !== "-u").map((word, at, words) => words[at - 1] === "-b" ? "gone.qcow2" : word)),
		wrongWords("onto-itself", (args) => args.filter((word) => word !== "-u").map((word, at, words) => words[at - 1] === "-b" ? OVERLAY : words[at - 1] === "-F" ? "qcow2" : word)),
		unknownFlag,
		DAMAGES,
		damagedBackingName
	],
	nature: {
		features: ({ overlaySize, oldSize, newSize, newBacking, belowOld, belowNew }) => [
			"format=qcow2",
			...lengthOf("old", oldSize, overlaySize),
			...lengthBelow("belowOld", belowOld, oldSize),
			...newBacking === "next.qcow2" ? lengthOf("new", newSize, overlaySize) : [],
			...newBacking === "next.qcow2" ? lengthBelow("belowNew", belowNew, newSize) : []
		],
		leaves: (options) => {
			const { newBacking, mode } = options;
			const layout = layoutInChain(options);
			const { overlaySize: size, overlayWrites: writes, snapshot } = options;
			const top = {
				...layout,
				size,
				writes,
				...snapshot && { snapshot }
			};
			const chain = ({ format }, image, lower) => format === "raw" ? [{
				format,
				...image
			}] : lowerLayers(layout, image).concat(lowerLayers(layout, lower));
			const old = chain(oldFile(options), {
				size: options.oldSize,
				writes: options.oldWrites
			}, options.belowOld);
			const next = chain(nextFile(options), {
				size: options.newSize,
				writes: options.newWrites
			}, options.belowNew);
			if (mode === "safe" || newBacking === "base.qcow2") return overlaySource(top, ...old);
			return overlaySource(top, ...newBacking === "next.qcow2" ? next : newBacking === "root.qcow2" ? old.slice(1) : []);
		}
	},
	pick: (draw, circumstances) => drawRebase(draw, circumstances),
	script: (options) => {
		const { newBacking, mode, belowOld, belowNew } = options;
		const image = (path) => ({
			path,
			format: "qcow2"
		});
		const [old, next] = [oldFile(options), nextFile(options)];
		const lower = [...belowOld ? [BELOW_OLD] : [], ...belowNew ? [BELOW_NEW] : []];
		const backing = {
			[NEW]: next,
			[OLD]: old,
			[BELOW_OLD]: image(BELOW_OLD),
			"": void 0
		}[newBacking];
		const args = [
			...[
				"rebase",
				"-f",
				"qcow2",
				"-b",
				backing?.path ?? ""
			],
			...mode === "unsafe" ? ["-u"] : [],
			...backing ? ["-F", backing.format] : [],
			OVERLAY
		];
		return {
			usesSource: false,
			prepare: buildWithSnapshot(imagesOf$1(options), OVERLAY, options.snapshot),
			subject: args,
			reference: args,
			operand: OVERLAY,
			inputs: [
				old,
				next,
				...lower.map(image)
			],
			outputs: [{
				path: OVERLAY,
				format: "qcow2",
				below: [
					old.path,
					next.path,
					...lower
				],
				...options.snapshot && { snapshots: ["before"] }
			}],
			invariants: mode === "safe" ? [KEEPS_CONTENT$1] : [],
			oracles: [
				noCrash,
				sameSuccess,
				inputsUntouched,
				outputsUntouchedWhenRefused
			],
			readbacks: [sameWrittenInfo(() => "rebase_info_divergence"), ...sameImage]
		};
	}
});
const KEEPS_CONTENT$1 = {
	says: "a safe rebase leaves what a guest reads as it was",
	kept: {
		kind: "image",
		path: OVERLAY,
		format: "qcow2"
	},
	found: {
		path: OVERLAY,
		format: "qcow2"
	}
};
function drawRebase(draw, { swarm }) {
	const beyond = drawBeyond(draw);
	const clusterSize = draw.pick(beyond ? ROOMY_CLUSTERS : CLUSTERS$3);
	const overlaySize = beyond ?? drawSize(draw, swarm, SIZES$2, clusterSize, .6);
	const oldSize = drawBackingSize(draw, swarm, overlaySize, ABOUT_SIZES);
	const newSize = draw.chance(.5) ? drawBackingSize(draw, swarm, overlaySize, ABOUT_SIZES) : drawSize(draw, swarm, SIZES$2, clusterSize, ABOUT_SIZES);
	const layout = plainQcow2(clusterSize);
	const writes = (size, edge, below = []) => drawLayerWrites(draw, swarm, {
		...qcow2Geometry(layout, size),
		edges: [edge]
	}, below);
	const oldWrites = writes(oldSize, overlaySize);
	const newWrites = writes(newSize, overlaySize, oldWrites);
	const usual = {
		overlaySize,
		oldSize,
		newSize,
		clusterSize,
		lazyRefcounts: draw.chance(.3),
		newBacking: draw.pick([
			NEW,
			NEW,
			NEW,
			NEW,
			NEW,
			OLD,
			"",
			""
		]),
		mode: draw.pick([
			"safe",
			"safe",
			"safe",
			"unsafe"
		]),
		oldWrites,
		newWrites,
		overlayWrites: writes(overlaySize, oldSize, [...oldWrites, ...newWrites])
	};
	const chains = {
		...usual,
		...drawBelow(draw, swarm, layout, usual)
	};
	if (!beyond && draw.chance(.15)) return drawUnusual$2(draw, chains);
	const { belowOld, belowNew } = chains;
	const mayBeRaw = !beyond && !belowOld && !belowNew;
	const bases = draw.chance(RAW_BASES) && mayBeRaw ? onRaw(chains) : chains;
	const isShort = draw.chance(SHORT_NAMES) && bases.newBacking === "next.qcow2" && bases.backingFormat === void 0;
	const overlay = {
		layout,
		geometry: qcow2Geometry(layout, overlaySize),
		written: usual.overlayWrites,
		above: oldWrites
	};
	return {
		...bases,
		...isShort && { newName: "n.qcow2" },
		...drawSnapshot$1(draw, swarm, overlay)
	};
}
function drawBelow(draw, swarm, layout, usual) {
	const { overlaySize: edge, oldSize, newSize, newBacking, oldWrites, newWrites, overlayWrites } = usual;
	const above = [...overlayWrites, ...oldWrites];
	const belowOld = drawLowerImage(draw, swarm, {
		layout,
		size: oldSize,
		edge,
		writes: above
	});
	if (newBacking !== "next.qcow2") return belowOld && { belowOld };
	if (belowOld && oldSize >= edge && draw.chance(.5)) return {
		belowOld,
		newBacking: BELOW_OLD
	};
	const belowNew = drawLowerImage(draw, swarm, {
		layout,
		size: newSize,
		edge,
		writes: [...above, ...newWrites]
	});
	return {
		...belowOld && { belowOld },
		...belowNew && { belowNew }
	};
}
function drawUnusual$2(draw, usual) {
	switch (draw.pick([
		"refcounts",
		"version",
		"clusters",
		"name",
		"format"
	])) {
		case "refcounts": return {
			...usual,
			...drawOtherRefcounts(draw)
		};
		case "version": return {
			...usual,
			...OLD_CHAIN
		};
		case "clusters": {
			const newClusterSize = draw.pick([512, 4 * KiB]);
			return {
				...withoutCompressed(usual),
				newBacking: NEW,
				clusterSize: 64 * KiB,
				newClusterSize
			};
		}
		case "name": return {
			...usual,
			newBacking: NEW,
			newName: LONG
		};
		case "format": return asRaw(usual);
	}
}
function withoutCompressed(usual) {
	const { oldWrites, newWrites, overlayWrites, belowOld, belowNew } = usual;
	return {
		...usual,
		oldWrites: uncompressed(oldWrites),
		newWrites: uncompressed(newWrites),
		overlayWrites: uncompressed(overlayWrites),
		...belowOld && { belowOld: keptBelow(belowOld, uncompressed) },
		...belowNew && { belowNew: keptBelow(belowNew, uncompressed) }
	};
}
function onRaw({ oldWrites, newWrites, ...usual }) {
	return {
		...usual,
		backingFormat: "raw",
		oldWrites: uncompressed(oldWrites),
		newWrites: uncompressed(newWrites)
	};
}
function asRaw({ belowNew: _, ...usual }) {
	return {
		...usual,
		newBacking: NEW,
		newName: RAW$1,
		newWrites: uncompressed(usual.newWrites)
	};
}
// src/operations/repair.ts
const FILE$1 = "disk.qcow2";
const CLUSTERS$2 = [64 * KiB, 4 * KiB];
const SIZES$1 = [
	MiB,
	4 * MiB,
	16 * MiB
];
const repair = operation$1({
	name: "repair",
	onRequest: true,
	schema: strictObject({
		tier: picklist(["all", "leaks"]),
		damage: picklist([
			"leaked",
			"uncounted",
			"counted twice",
			"copied",
			"not copied"
		]),
		clusterSize: picklist(CLUSTERS$2),
		size: DiskSize,
		writes: Writes
	}),
	mistakes: [
		missingFile,
		unknownFlag,
		DAMAGES
	],
	pick: (draw, circumstances) => ({
		tier: draw.pick([
			"all",
			"all",
			"all",
			"leaks"
		]),
		damage: draw.pick([
			"leaked",
			"uncounted",
			"counted twice",
			"copied",
			"not copied"
		]),
		...drawDisk(draw, circumstances)
	}),
	script: (options, { dialect }) => {
		const { tier, damage } = options;
		return {
			usesSource: false,
			prepare: damagedDisk(options),
			subject: dialect === "instar" ? [
				"check",
				`--repair=${tier}`,
				FILE$1
			] : [
				"check",
				"-r",
				tier,
				FILE$1
			],
			reference: [
				"check",
				"-r",
				tier,
				FILE$1
			],
			operand: FILE$1,
			inputs: [],
			outputs: [{
				path: FILE$1,
				format: "qcow2"
			}],
			invariants: damage === "leaked" ? [] : [KEEPS_CONTENT],
			oracles: [noCrash, inputsUntouched],
			readbacks: [sameWrittenInfo(() => "repair_info_divergence"), ...sameImage]
		};
	}
});
const KEEPS_CONTENT = {
	says: "a repair of counts changes nothing that a guest reads",
	kept: {
		kind: "image",
		path: FILE$1,
		format: "qcow2"
	},
	found: {
		path: FILE$1,
		format: "qcow2"
	}
};
function drawDisk(draw, { swarm }) {
	const clusterSize = draw.pick(CLUSTERS$2);
	const size = drawSize(draw, swarm, SIZES$1, clusterSize);
	return {
		clusterSize,
		size,
		writes: uncompressed(drawLayerWrites(draw, swarm, qcow2Geometry(plainQcow2(clusterSize), size)))
	};
}
function damagedDisk({ damage, clusterSize, size, writes }) {
	const first = {
		kind: "data",
		offset: 0,
		length: clusterSize,
		byte: 171
	};
	const image = imageOf({
		format: "qcow2",
		options: qcow2Arguments(plainQcow2(clusterSize)),
		file: FILE$1,
		size,
		writes: [first, ...writes]
	});
	const offset = L2_TABLE * clusterSize;
	const shared = {
		offset,
		byte: 0
	};
	const twice = counted$1(DATA, 2, clusterSize);
	const damages = {
		leaked: [{
			offset,
			length: 8,
			byte: 0
		}],
		uncounted: [counted$1(DATA, 0, clusterSize)],
		"counted twice": [twice, shared],
		copied: [twice],
		"not copied": [shared]
	};
	return [...build([image]), setBytes(FILE$1, ...damages[damage])];
}
// src/oracles/regrown.ts
function staysCutOff({ path, format }, cluster, part) {
	const [cut, to] = part;
	const from = Math.ceil(cut / cluster) * cluster;
	return async (observation) => {
		if (from >= to) return void 0;
		const { bench, operation } = observation;
		const again = `again-${path}`;
		const grow = [
			"resize",
			"-q",
			"-f",
			format,
			again,
			String(to)
		];
		for (const [program, args] of [["cp", [path, again]], ["reference", grow]]) {
			const done = await bench.ask({
				side: "subject",
				program,
				args,
				makes: true
			});
			if (!succeeded(done.exit)) throw unusable(program, lastWords(done));
		}
		const says = "what was cut off reads as zero once the disk grows again";
		const length = to - from;
		const breach = await breachIn(observation, "subject", {
			says,
			kept: {
				kind: "zeros",
				size: length
			},
			found: {
				path: again,
				format,
				offset: from,
				length
			}
		});
		if (breach === void 0) return void 0;
		return {
			kind: "content",
			type: `${operation}_invariant_divergence`,
			file: path,
			offset: from + breach.offset,
			broken: says
		};
	};
}
// src/operations/parts/resize-options.ts
const PREALLOCATIONS = [
	"off",
	"falloc",
	"full"
];
const common = {
	size: DiskSize,
	change: variant("kind", [strictObject({
		kind: literal("to"),
		size: DiskSize
	}), strictObject({
		kind: literal("by"),
		size: DiskSize,
		grow: boolean()
	})]),
	writes: Writes,
	madeBy: optional(literal("reference"))
};
const Resize = variant("format", [strictObject({
	format: literal("raw"),
	...common,
	preallocation: optional(picklist(PREALLOCATIONS))
}), strictObject({
	format: literal("qcow2"),
	...Qcow2Options.entries,
	...common,
	preallocation: optional(picklist([...PREALLOCATIONS, "metadata"])),
	belowWrites: optional(Writes),
	snapshot: optional(Writes)
})]);
function newSize({ size, change }) {
	if (change.kind === "to") return change.size;
	return change.grow ? size + change.size : size - change.size;
}
function snapshotOf$1(options) {
	return options.format === "qcow2" && options.madeBy ? options.snapshot : void 0;
}
// src/operations/parts/resize-sizes.ts
const CHANGES = [
	64 * KiB,
	512 * KiB,
	MiB,
	3 * MiB,
	4 * MiB
];
const QCOW2_SIZES = [
	MiB,
	4 * MiB,
	16 * MiB,
	256 * MiB
];
const RAW_SIZES = [
	MiB,
	4 * MiB,
	16 * MiB,
	64 * MiB
];
const SMALL_CLUSTER_STARTS = [
	MiB,
	4 * MiB,
	16 * MiB
];
function drawSizes(draw, swarm, { format, unit, fills, beyond }) {
	if (beyond !== void 0) return drawLarge(draw, swarm, beyond, unit);
	if (fills) {
		const start = draw.pick([MiB, 4 * MiB]);
		const end = draw.pick([
			4 * MiB,
			8 * MiB,
			16 * MiB
		]);
		return {
			start,
			change: {
				kind: "to",
				size: end === start ? 16 * MiB : end
			}
		};
	}
	const sizes = format === "qcow2" ? QCOW2_SIZES : RAW_SIZES;
	const start = drawSize(draw, swarm, unit === 512 ? SMALL_CLUSTER_STARTS : sizes, unit, ABOUT_SIZES);
	return {
		start,
		change: drawChange(draw, swarm, {
			start,
			sizes,
			unit
		})
	};
}
function drawLarge(draw, swarm, beyond, unit) {
	const other = drawSize(draw, swarm, QCOW2_SIZES, unit, ABOUT_SIZES);
	const grow = draw.pick([
		true,
		true,
		false
	]);
	const [start, end] = grow ? [other, beyond] : [beyond, other];
	switch (draw.pick([
		"to",
		"by",
		"about"
	])) {
		case "to": return {
			start,
			change: {
				kind: "to",
				size: end
			}
		};
		case "by": return {
			start,
			change: {
				kind: "by",
				size: beyond - other,
				grow
			}
		};
		case "about": return {
			start: beyond,
			change: drawChange(draw, swarm, {
				start: beyond,
				sizes: QCOW2_SIZES,
				unit
			})
		};
	}
}
function drawChange(draw, swarm, { start, sizes, unit }) {
	const kind = draw.pick([
		"to",
		"grow",
		"shrink",
		"shrink"
	]);
	const by = drawSize(draw, swarm, CHANGES, unit, ABOUT_SIZES);
	if (kind === "to" || kind === "shrink" && by >= start) return {
		kind: "to",
		size: drawSize(draw, swarm, sizes, unit, ABOUT_SIZES)
	};
	return {
		kind: "by",
		size: by,
		grow: kind === "grow"
	};
}
// src/operations/resize.ts
const CLUSTERS$1 = [
	512,
	512,
	4 * KiB,
	64 * KiB,
	256 * KiB,
	2 * MiB
];
const FILLING = ["falloc", "full"];
const BELOW = "below.qcow2";
const sameDescription = sameWrittenInfo(() => "resize_info_divergence");
const resize = operation$1({
	name: "resize",
	schema: Resize,
	mistakes: [
		...SIZE_MISTAKES,
		missingFile,
		unknownFlag,
		DAMAGES
	],
	nature: {
		features: (options) => {
			const difference = newSize(options) - options.size;
			return difference === 0 ? [] : [difference > 0 ? "grows" : "shrinks"];
		},
		begins: (options) => options.madeBy ? void 0 : {
			operation: "create",
			options: created(options)
		},
		spelledOut: (options) => options.change.kind === "to" ? void 0 : {
			...options,
			change: {
				kind: "to",
				size: newSize(options)
			}
		},
		leaves: (options) => {
			const { size: from, writes } = options;
			const content = {
				size: newSize(options),
				pattern: "rich",
				writes,
				history: {
					kind: "resized",
					from
				}
			};
			if (options.format === "raw") return {
				format: "raw",
				...content
			};
			const { belowWrites } = options;
			const below = {
				format: "qcow2",
				...plainQcow2(64 * KiB),
				size: from,
				writes: belowWrites ?? []
			};
			return {
				format: "qcow2",
				...layoutOf(options),
				...content,
				backing: belowWrites === void 0 ? [] : [below]
			};
		}
	},
	pick: (draw, circumstances) => drawResize(draw, circumstances),
	script: (options) => {
		const { format, size } = options;
		const file = `disk.${format}`;
		const args = resizeArguments(options, file);
		const hasBelow = belowIn(options) !== void 0;
		const hasSnapshot = snapshotOf$1(options) !== void 0;
		const image = {
			path: file,
			format,
			...hasBelow ? { below: [BELOW] } : {},
			...hasSnapshot ? { snapshots: [SNAPSHOT] } : {}
		};
		const end = newSize(options);
		const kept = {
			kind: "image",
			path: file,
			format,
			...end < size ? { length: end } : {}
		};
		const stays = format === "qcow2" && !hasBelow ? [staysCutOff(image, options.clusterSize, [end, size])] : [];
		const says = end < size ? "the kept part reads as before" : "what was there reads as before, and the new part zero";
		return {
			usesSource: false,
			prepare: preparationOf$1(options, image),
			subject: args,
			reference: args,
			operand: file,
			inputs: hasBelow ? [{
				path: BELOW,
				format: "qcow2"
			}] : [],
			outputs: [image],
			invariants: hasBelow && end < size ? [] : [{
				says,
				kept,
				found: {
					path: file,
					format
				}
			}],
			oracles: [
				noCrash,
				sameSuccess,
				inputsUntouched,
				...options.madeBy ? [outputsUntouchedWhenRefused] : []
			],
			readbacks: [
				sameDescription,
				...sameImage,
				...stays
			]
		};
	}
});
function belowIn(options) {
	return options.format === "qcow2" ? options.belowWrites : void 0;
}
function preparationOf$1(options, image) {
	const { format, size, writes } = options;
	const { path: file } = image;
	const creation = format === "qcow2" ? qcow2Arguments(options) : {};
	const belowWrites = belowIn(options);
	const below = belowWrites && {
		file: BELOW,
		format: "qcow2"
	};
	const lower = below ? [imageOf({
		...below,
		options: {},
		size,
		writes: belowWrites
	})] : [];
	if (options.madeBy) return buildWithSnapshot([...lower, imageOf({
		format,
		options: creation,
		file,
		size,
		writes,
		below
	})], file, snapshotOf$1(options));
	const makes = {
		...image,
		isNew: true
	};
	const args = createArguments(format, creation, file, size, below);
	return [
		...build(lower),
		{
			kind: "own",
			args,
			makes,
			readbacks: [
				sameDescription,
				sameContent,
				notLessConsistent
			]
		},
		...writeOnEach(format, file, writes),
		{
			kind: "kept",
			file
		}
	];
}
function created(options) {
	const { format, size } = options;
	if (format === "raw") return {
		format,
		size
	};
	const { belowWrites: writes } = options;
	const backing = writes && {
		format: "qcow2",
		size,
		writes,
		givesSize: false
	};
	return {
		format,
		...layoutOf(options),
		size,
		...backing && { backing }
	};
}
function drawResize(draw, { swarm }) {
	const beyond = drawBeyond(draw);
	const format = beyond ? "qcow2" : draw.pick([
		"qcow2",
		"qcow2",
		"raw"
	]);
	const layout = drawQcow2(draw, swarm, {
		clusterSizes: beyond ? ROOMY_CLUSTERS : CLUSTERS$1,
		refcounts: true
	});
	const unit = format === "qcow2" ? layout.clusterSize : 64 * KiB;
	const filled = beyond ? void 0 : draw.pick(FILLING);
	const preallocation = draw.pick([
		void 0,
		void 0,
		"off",
		filled
	]);
	const { start, change } = drawSizes(draw, swarm, {
		format,
		unit,
		beyond,
		fills: filled !== void 0 && preallocation === filled
	});
	const end = newSize({
		size: start,
		change
	});
	const rest = {
		size: start,
		change,
		writes: drawWrites(draw, swarm, {
			...format === "qcow2" ? qcow2Geometry(layout, start) : {
				...RAW,
				size: start
			},
			edges: [Math.min(start, end)]
		}, 1, 6),
		...draw.chance(.5) ? { madeBy: "reference" } : {},
		...preallocation === void 0 ? {} : { preallocation }
	};
	if (format === "raw") return {
		format,
		...rest
	};
	const usual = {
		format,
		...layout,
		...rest
	};
	if (!draw.chance(.15)) return usual;
	return {
		...usual,
		...drawUnusual$1(draw, swarm, usual)
	};
}
function drawUnusual$1(draw, swarm, usual) {
	const { size, writes } = usual;
	const kinds = [
		"below",
		"version",
		"snapshot"
	];
	switch (draw.pick(newSize(usual) > size ? [...kinds, "preallocation"] : kinds)) {
		case "below": return { belowWrites: drawLayerWrites(draw, swarm, qcow2Geometry(plainQcow2(64 * KiB), size)) };
		case "version": return OLD_LAYOUT;
		case "preallocation": return {
			preallocation: "metadata",
			extendedL2: false
		};
		case "snapshot": {
			const written = uncompressed(writes);
			const taken = drawTaken(draw, swarm, {
				layout: usual,
				geometry: qcow2Geometry(usual, size),
				written
			});
			return taken ? {
				...taken,
				writes: written,
				madeBy: "reference"
			} : {};
		}
	}
}
const RAW = {
	cluster: 4 * KiB,
	table: 64 * KiB,
	compressible: false
};
function resizeArguments(options, file) {
	const { format, size, change, preallocation } = options;
	const sign = change.kind === "to" ? "" : change.grow ? "+" : "-";
	return [
		...[
			"resize",
			"-f",
			format,
			...newSize(options) < size ? ["--shrink"] : []
		],
		...preallocation === void 0 ? [] : ["--preallocation", preallocation],
		...[file, `${sign}${sizeText(change.size)}`]
	];
}
// src/operations/parts/snapshot-options.ts
const NAMES$1 = {
	plain: [
		"one",
		"two",
		"three"
	],
	same: [
		"same",
		"same",
		"same"
	],
	numbers: [
		"2",
		"1",
		"2"
	]
};
const Snapshot = strictObject({
	mode: picklist([
		"create",
		"apply",
		"delete",
		"list"
	]),
	...Qcow2Options.entries,
	size: DiskSize,
	first: optional(Writes),
	second: optional(Writes),
	writes: Writes,
	names: picklist([
		"plain",
		"same",
		"numbers"
	]),
	of: picklist(["first", "second"]),
	by: picklist(["name", "id"])
});
function takenIn({ first, second, names }) {
	return [first, second].filter((writes) => writes !== void 0).map((writes, at) => ({
		id: String(at + 1),
		name: NAMES$1[names][at] ?? "",
		writes
	}));
}
function askedFor(options) {
	const { mode, names, of, by } = options;
	if (mode === "create") return NAMES$1[names][2];
	const taken = takenIn(options);
	const one = of === "first" ? taken[0] : taken.at(-1);
	return (mode === "apply" && by === "id" ? one?.id : one?.name) ?? NAMES$1.plain[0];
}
function meantBy(options) {
	const word = askedFor(options);
	const taken = takenIn(options);
	return (options.mode === "apply" ? taken.find(({ id }) => id === word) : void 0) ?? taken.find(({ name }) => name === word);
}
function leftAfter(options) {
	const ids = takenIn(options).map(({ id }) => id);
	switch (options.mode) {
		case "create": return [...ids, String(ids.length + 1)];
		case "delete": return ids.filter((id) => id !== meantBy(options)?.id);
		default: return ids;
	}
}
// src/operations/snapshot.ts
const FORMAT = "qcow2";
const FILE = "disk.qcow2";
const COPY = "was.qcow2";
const FLAGS = {
	create: "-c",
	apply: "-a",
	delete: "-d"
};
const SIZES = [
	MiB,
	4 * MiB,
	64 * MiB
];
const CLUSTERS = [
	512,
	4 * KiB,
	64 * KiB,
	64 * KiB
];
const missingSnapshot = wrongWords("missing-snapshot", ([command = "", flag, ...others]) => [...[
	command,
	flag === FLAGS.apply ? FLAGS.apply : FLAGS.delete,
	"gone"
], ...others.slice(-1)]);
const sameList = async ({ operation: name, ...ends }) => compareLists(name, ends);
const sameTable = async ({ operation: name, bench }) => {
	const ask = (side) => bench.ask({
		side,
		program: "reference",
		args: [
			"snapshot",
			"-l",
			FILE
		]
	});
	const theirs = await ask("reference");
	if (!succeeded(theirs.exit)) throw unusable("snapshot -l", lastWords(theirs));
	const ours = await ask("subject");
	const type = `${name}${TYPE_ENDS.list}`;
	if (!succeeded(ours.exit)) return {
		kind: "unreadable",
		type,
		file: FILE,
		message: lastWords(ours)
	};
	return compareLists(name, {
		subject: ours,
		reference: theirs
	});
};
function compareLists(name, ends) {
	const [ours, theirs] = [ends.subject, ends.reference].map(({ stdout }) => stdout.text.split("\n"));
	const differences = differencesOf(ours, theirs);
	const type = `${name}${TYPE_ENDS.list}`;
	if (differences.length === 0) return void 0;
	return {
		kind: "json",
		type,
		what: "the list of snapshots",
		differences,
		as: "lines"
	};
}
const snapshot = operation$1({
	name: "snapshot",
	onRequest: true,
	schema: Snapshot,
	mistakes: [
		missingFile,
		missingSnapshot,
		unknownFlag,
		DAMAGES
	],
	nature: { features: () => [`format=${FORMAT}`] },
	pick: (draw, circumstances) => drawSnapshot(draw, circumstances),
	script: (options) => {
		const { mode } = options;
		const args = [
			"snapshot",
			...mode === "list" ? ["-l"] : [FLAGS[mode], askedFor(options)],
			FILE
		];
		const common = {
			usesSource: false,
			prepare: preparationOf(options),
			subject: args,
			reference: args,
			operand: FILE,
			oracles: [
				noCrash,
				sameSuccess,
				inputsUntouched,
				outputsUntouchedWhenRefused
			]
		};
		const file = {
			path: FILE,
			format: FORMAT
		};
		if (mode === "list") return {
			...common,
			inputs: [file],
			outputs: [],
			invariants: [],
			readbacks: [sameList]
		};
		const described = sameWrittenInfo(() => "snapshot_info_divergence");
		return {
			...common,
			inputs: [],
			outputs: [{
				...file,
				snapshots: leftAfter(options)
			}],
			invariants: invariantsOf(options),
			readbacks: [
				described,
				...mode === "create" ? [] : [sameTable],
				...sameImage
			]
		};
	}
});
function preparationOf(options) {
	const { size, writes, mode } = options;
	const layout = qcow2Arguments(options);
	const imageWith = (content) => imageOf({
		format: FORMAT,
		options: layout,
		file: FILE,
		size,
		writes: content
	});
	const meant = mode === "apply" ? meantBy(options) : void 0;
	return [
		...build([imageWith([])]),
		...takenIn(options).flatMap(({ name, writes: before }) => [...fill(imageWith(before)), reference([
			"snapshot",
			"-q",
			"-c",
			name,
			FILE
		])]),
		...fill(imageWith(writes)),
		...meant ? [reference(snapshotCopy(meant.id, FILE, COPY))] : []
	];
}
function invariantsOf(options) {
	const found = {
		path: FILE,
		format: FORMAT
	};
	if (options.mode !== "apply") return [{
		says: "the disk reads as before",
		kept: {
			kind: "image",
			...found
		},
		found
	}];
	if (meantBy(options) === void 0) return [];
	return [{
		says: "the disk reads as the snapshot did",
		kept: {
			kind: "image",
			path: COPY,
			format: FORMAT
		},
		found
	}];
}
function drawSnapshot(draw, { swarm }) {
	const mode = draw.pick([
		"create",
		"create",
		"create",
		"apply",
		"apply",
		"apply",
		"delete",
		"delete",
		"delete",
		"list"
	]);
	const layout = drawQcow2(draw, swarm, { clusterSizes: CLUSTERS });
	const size = drawSize(draw, swarm, SIZES, layout.clusterSize);
	const count = mode === "apply" || mode === "delete" ? draw.pick([
		1,
		2,
		2
	]) : draw.pick([
		0,
		1,
		2
	]);
	const usual = {
		mode,
		...layout,
		size,
		...drawStages(draw, swarm, {
			layout,
			size,
			count
		})
	};
	const unusual = draw.chance(.15) ? drawUnusual(draw, swarm, usual) : {};
	return {
		...usual,
		names: draw.pick([
			"plain",
			"same",
			"numbers"
		]),
		of: draw.pick(["first", "second"]),
		by: draw.pick([
			"name",
			"name",
			"id"
		]),
		...unusual
	};
}
function drawStages(draw, swarm, { layout, size, count }) {
	const geometry = {
		...qcow2Geometry(layout, size),
		compressible: false
	};
	const first = drawLayerWrites(draw, swarm, geometry);
	const second = drawLayerWrites(draw, swarm, geometry, first);
	const writes = drawLayerWrites(draw, swarm, geometry, [...first, ...second]);
	return {
		...count > 0 && { first },
		...count > 1 && { second },
		writes
	};
}
const [, ...WIDTHS] = OTHER_REFCOUNT_BITS;
function drawUnusual(draw, swarm, usual) {
	switch (draw.pick([
		"refcounts",
		"version",
		"compressed"
	])) {
		case "refcounts": return { refcountBits: draw.pick(WIDTHS) };
		case "version": return OLD_LAYOUT;
		case "compressed": {
			const { first, writes } = usual;
			const before = drawLayerWrites(draw, [...swarm, "compressed-writes"], qcow2Geometry(usual, usual.size)).filter(({ kind }) => kind === "compressed");
			return first ? { first: [...before, ...uncompressed(first)] } : { writes: [...before, ...uncompressed(writes)] };
		}
	}
}
// src/operations/index.ts
const OPERATIONS = Object.values(__exportAll({
	amend: () => amend,
	bitmap: () => bitmap,
	check: () => check,
	commit: () => commit,
	compare: () => compare,
	convert: () => convert,
	convertCompressed: () => convertCompressed,
	create: () => create,
	dd: () => dd,
	info: () => info,
	map: () => map,
	measure: () => measure,
	rebase: () => rebase,
	repair: () => repair,
	resize: () => resize,
	snapshot: () => snapshot
})).toSorted((a, b) => a.name < b.name ? -1 : 1);
const OPERATION_NAMES = OPERATIONS.map(({ name }) => name);
const USUAL_NAMES = OPERATIONS.filter(({ onRequest }) => !onRequest).map(({ name }) => name);
function operationsNamed(names) {
	return OPERATIONS.filter(({ name }) => names.includes(name));
}
// node_modules/seedrandom/lib/alea.js
var require_alea = __commonJSMin(((exports, module, this$7) => {
	(function(global, module, define) {
		function Alea(seed) {
			var me = this, mash = Mash();
			me.next = function() {
				var t = 2091639 * me.s0 + me.c * 23283064365386963e-26;
				me.s0 = me.s1;
				me.s1 = me.s2;
				return me.s2 = t - (me.c = t | 0);
			};
			me.c = 1;
			me.s0 = mash(" ");
			me.s1 = mash(" ");
			me.s2 = mash(" ");
			me.s0 -= mash(seed);
			if (me.s0 < 0) me.s0 += 1;
			me.s1 -= mash(seed);
			if (me.s1 < 0) me.s1 += 1;
			me.s2 -= mash(seed);
			if (me.s2 < 0) me.s2 += 1;
			mash = null;
		}
		function copy(f, t) {
			t.c = f.c;
			t.s0 = f.s0;
			t.s1 = f.s1;
			t.s2 = f.s2;
			return t;
		}
		function impl(seed, opts) {
			var xg = new Alea(seed), state = opts && opts.state, prng = xg.next;
			prng.int32 = function() {
				return xg.next() * 4294967296 | 0;
			};
			prng.double = function() {
				return prng() + (prng() * 2097152 | 0) * 11102230246251565e-32;
			};
			prng.quick = prng;
			if (state) {
				if (typeof state == "object") copy(state, xg);
				prng.state = function() {
					return copy(xg, {});
				};
			}
			return prng;
		}
		function Mash() {
			var n = 4022871197;
			var mash = function(data) {
				data = String(data);
				for (var i = 0; i < data.length; i++) {
					n += data.charCodeAt(i);
					var h = .02519603282416938 * n;
					n = h >>> 0;
					h -= n;
					h *= n;
					n = h >>> 0;
					h -= n;
					n += h * 4294967296;
				}
				return (n >>> 0) * 23283064365386963e-26;
			};
			return mash;
		}
		if (module && module.exports) module.exports = impl;
		else if (define && define.amd) define(function() {
			return impl;
		});
		else this.alea = impl;
	})(this$7, typeof module == "object" && module, typeof define == "function" && define);
}));
// node_modules/seedrandom/lib/xor128.js
var require_xor128 = __commonJSMin(((exports, module, this$6) => {
	(function(global, module, define) {
		function XorGen(seed) {
			var me = this, strseed = "";
			me.x = 0;
			me.y = 0;
			me.z = 0;
			me.w = 0;
			me.next = function() {
				var t = me.x ^ me.x << 11;
				me.x = me.y;
				me.y = me.z;
				me.z = me.w;
				return me.w ^= me.w >>> 19 ^ t ^ t >>> 8;
			};
			if (seed === (seed | 0)) me.x = seed;
			else strseed += seed;
			for (var k = 0; k < strseed.length + 64; k++) {
				me.x ^= strseed.charCodeAt(k) | 0;
				me.next();
			}
		}
		function copy(f, t) {
			t.x = f.x;
			t.y = f.y;
			t.z = f.z;
			t.w = f.w;
			return t;
		}
		function impl(seed, opts) {
			var xg = new XorGen(seed), state = opts && opts.state, prng = function() {
				return (xg.next() >>> 0) / 4294967296;
			};
			prng.double = function() {
				do
					var result = ((xg.next() >>> 11) + (xg.next() >>> 0) / 4294967296) / (1 << 21);
				while (result === 0);
				return result;
			};
			prng.int32 = xg.next;
			prng.quick = prng;
			if (state) {
				if (typeof state == "object") copy(state, xg);
				prng.state = function() {
					return copy(xg, {});
				};
			}
			return prng;
		}
		if (module && module.exports) module.exports = impl;
		else if (define && define.amd) define(function() {
			return impl;
		});
		else this.xor128 = impl;
	})(this$6, typeof module == "object" && module, typeof define == "function" && define);
}));
// node_modules/seedrandom/lib/xorwow.js
var require_xorwow = __commonJSMin(((exports, module, this$5) => {
	(function(global, module, define) {
		function XorGen(seed) {
			var me = this, strseed = "";
			me.next = function() {
				var t = me.x ^ me.x >>> 2;
				me.x = me.y;
				me.y = me.z;
				me.z = me.w;
				me.w = me.v;
				return (me.d = me.d + 362437 | 0) + (me.v = me.v ^ me.v << 4 ^ (t ^ t << 1)) | 0;
			};
			me.x = 0;
			me.y = 0;
			me.z = 0;
			me.w = 0;
			me.v = 0;
			if (seed === (seed | 0)) me.x = seed;
			else strseed += seed;
			for (var k = 0; k < strseed.length + 64; k++) {
				me.x ^= strseed.charCodeAt(k) | 0;
				if (k == strseed.length) me.d = me.x << 10 ^ me.x >>> 4;
				me.next();
			}
		}
		function copy(f, t) {
			t.x = f.x;
			t.y = f.y;
			t.z = f.z;
			t.w = f.w;
			t.v = f.v;
			t.d = f.d;
			return t;
		}
		function impl(seed, opts) {
			var xg = new XorGen(seed), state = opts && opts.state, prng = function() {
				return (xg.next() >>> 0) / 4294967296;
			};
			prng.double = function() {
				do
					var result = ((xg.next() >>> 11) + (xg.next() >>> 0) / 4294967296) / (1 << 21);
				while (result === 0);
				return result;
			};
			prng.int32 = xg.next;
			prng.quick = prng;
			if (state) {
				if (typeof state == "object") copy(state, xg);
				prng.state = function() {
					return copy(xg, {});
				};
			}
			return prng;
		}
		if (module && module.exports) module.exports = impl;
		else if (define && define.amd) define(function() {
			return impl;
		});
		else this.xorwow = impl;
	})(this$5, typeof module == "object" && module, typeof define == "function" && define);
}));
// node_modules/seedrandom/lib/xorshift7.js
var require_xorshift7 = __commonJSMin(((exports, module, this$4) => {
	(function(global, module, define) {
		function XorGen(seed) {
			var me = this;
			me.next = function() {
				var X = me.x, i = me.i, t = X[i], v;
				t ^= t >>> 7;
				v = t ^ t << 24;
				t = X[i + 1 & 7];
				v ^= t ^ t >>> 10;
				t = X[i + 3 & 7];
				v ^= t ^ t >>> 3;
				t = X[i + 4 & 7];
				v ^= t ^ t << 7;
				t = X[i + 7 & 7];
				t = t ^ t << 13;
				v ^= t ^ t << 9;
				X[i] = v;
				me.i = i + 1 & 7;
				return v;
			};
			function init(me, seed) {
				var j, X = [];
				if (seed === (seed | 0)) X[0] = seed;
				else {
					seed = "" + seed;
					for (j = 0; j < seed.length; ++j) X[j & 7] = X[j & 7] << 15 ^ seed.charCodeAt(j) + X[j + 1 & 7] << 13;
				}
				while (X.length < 8) X.push(0);
				for (j = 0; j < 8 && X[j] === 0; ++j);
				if (j == 8) X[7] = -1;
				else X[j];
				me.x = X;
				me.i = 0;
				for (j = 256; j > 0; --j) me.next();
			}
			init(me, seed);
		}
		function copy(f, t) {
			t.x = f.x.slice();
			t.i = f.i;
			return t;
		}
		function impl(seed, opts) {
			if (seed == null) seed = +new Date();
			var xg = new XorGen(seed), state = opts && opts.state, prng = function() {
				return (xg.next() >>> 0) / 4294967296;
			};
			prng.double = function() {
				do
					var result = ((xg.next() >>> 11) + (xg.next() >>> 0) / 4294967296) / (1 << 21);
				while (result === 0);
				return result;
			};
			prng.int32 = xg.next;
			prng.quick = prng;
			if (state) {
				if (state.x) copy(state, xg);
				prng.state = function() {
					return copy(xg, {});
				};
			}
			return prng;
		}
		if (module && module.exports) module.exports = impl;
		else if (define && define.amd) define(function() {
			return impl;
		});
		else this.xorshift7 = impl;
	})(this$4, typeof module == "object" && module, typeof define == "function" && define);
}));
// node_modules/seedrandom/lib/xor4096.js
var require_xor4096 = __commonJSMin(((exports, module, this$3) => {
	(function(global, module, define) {
		function XorGen(seed) {
			var me = this;
			me.next = function() {
				var w = me.w, X = me.X, i = me.i, t, v;
				me.w = w = w + 1640531527 | 0;
				v = X[i + 34 & 127];
				t = X[i = i + 1 & 127];
				v ^= v << 13;
				t ^= t << 17;
				v ^= v >>> 15;
				t ^= t >>> 12;
				v = X[i] = v ^ t;
				me.i = i;
				return v + (w ^ w >>> 16) | 0;
			};
			function init(me, seed) {
				var t, v, i, j, w, X = [], limit = 128;
				if (seed === (seed | 0)) {
					v = seed;
					seed = null;
				} else {
					seed = seed + "\0";
					v = 0;
					limit = Math.max(limit, seed.length);
				}
				for (i = 0, j = -32; j < limit; ++j) {
					if (seed) v ^= seed.charCodeAt((j + 32) % seed.length);
					if (j === 0) w = v;
					v ^= v << 10;
					v ^= v >>> 15;
					v ^= v << 4;
					v ^= v >>> 13;
					if (j >= 0) {
						w = w + 1640531527 | 0;
						t = X[j & 127] ^= v + w;
						i = 0 == t ? i + 1 : 0;
					}
				}
				if (i >= 128) X[(seed && seed.length || 0) & 127] = -1;
				i = 127;
				for (j = 512; j > 0; --j) {
					v = X[i + 34 & 127];
					t = X[i = i + 1 & 127];
					v ^= v << 13;
					t ^= t << 17;
					v ^= v >>> 15;
					t ^= t >>> 12;
					X[i] = v ^ t;
				}
				me.w = w;
				me.X = X;
				me.i = i;
			}
			init(me, seed);
		}
		function copy(f, t) {
			t.i = f.i;
			t.w = f.w;
			t.X = f.X.slice();
			return t;
		}
		function impl(seed, opts) {
			if (seed == null) seed = +new Date();
			var xg = new XorGen(seed), state = opts && opts.state, prng = function() {
				return (xg.next() >>> 0) / 4294967296;
			};
			prng.double = function() {
				do
					var result = ((xg.next() >>> 11) + (xg.next() >>> 0) / 4294967296) / (1 << 21);
				while (result === 0);
				return result;
			};
			prng.int32 = xg.next;
			prng.quick = prng;
			if (state) {
				if (state.X) copy(state, xg);
				prng.state = function() {
					return copy(xg, {});
				};
			}
			return prng;
		}
		if (module && module.exports) module.exports = impl;
		else if (define && define.amd) define(function() {
			return impl;
		});
		else this.xor4096 = impl;
	})(this$3, typeof module == "object" && module, typeof define == "function" && define);
}));
// node_modules/seedrandom/lib/tychei.js
var require_tychei = __commonJSMin(((exports, module, this$2) => {
	(function(global, module, define) {
		function XorGen(seed) {
			var me = this, strseed = "";
			me.next = function() {
				var b = me.b, c = me.c, d = me.d, a = me.a;
				b = b << 25 ^ b >>> 7 ^ c;
				c = c - d | 0;
				d = d << 24 ^ d >>> 8 ^ a;
				a = a - b | 0;
				me.b = b = b << 20 ^ b >>> 12 ^ c;
				me.c = c = c - d | 0;
				me.d = d << 16 ^ c >>> 16 ^ a;
				return me.a = a - b | 0;
			};
			me.a = 0;
			me.b = 0;
			me.c = -1640531527;
			me.d = 1367130551;
			if (seed === Math.floor(seed)) {
				me.a = seed / 4294967296 | 0;
				me.b = seed | 0;
			} else strseed += seed;
			for (var k = 0; k < strseed.length + 20; k++) {
				me.b ^= strseed.charCodeAt(k) | 0;
				me.next();
			}
		}
		function copy(f, t) {
			t.a = f.a;
			t.b = f.b;
			t.c = f.c;
			t.d = f.d;
			return t;
		}
		function impl(seed, opts) {
			var xg = new XorGen(seed), state = opts && opts.state, prng = function() {
				return (xg.next() >>> 0) / 4294967296;
			};
			prng.double = function() {
				do
					var result = ((xg.next() >>> 11) + (xg.next() >>> 0) / 4294967296) / (1 << 21);
				while (result === 0);
				return result;
			};
			prng.int32 = xg.next;
			prng.quick = prng;
			if (state) {
				if (typeof state == "object") copy(state, xg);
				prng.state = function() {
					return copy(xg, {});
				};
			}
			return prng;
		}
		if (module && module.exports) module.exports = impl;
		else if (define && define.amd) define(function() {
			return impl;
		});
		else this.tychei = impl;
	})(this$2, typeof module == "object" && module, typeof define == "function" && define);
}));
// node_modules/seedrandom/seedrandom.js
var require_seedrandom$1 = __commonJSMin(((exports, module, this$1) => {
	(function(global, pool, math) {
		var width = 256, chunks = 6, digits = 52, rngname = "random", startdenom = math.pow(width, chunks), significance = math.pow(2, digits), overflow = significance * 2, mask = width - 1, nodecrypto;
		function seedrandom(seed, options, callback) {
			var key = [];
			options = options == true ? { entropy: true } : options || {};
			var shortseed = mixkey(flatten(options.entropy ? [seed, tostring(pool)] : seed == null ? autoseed() : seed, 3), key);
			var arc4 = new ARC4(key);
			var prng = function() {
				var n = arc4.g(chunks), d = startdenom, x = 0;
				while (n < significance) {
					n = (n + x) * width;
					d *= width;
					x = arc4.g(1);
				}
				while (n >= overflow) {
					n /= 2;
					d /= 2;
					x >>>= 1;
				}
				return (n + x) / d;
			};
			prng.int32 = function() {
				return arc4.g(4) | 0;
			};
			prng.quick = function() {
				return arc4.g(4) / 4294967296;
			};
			prng.double = prng;
			mixkey(tostring(arc4.S), pool);
			return (options.pass || callback || function(prng, seed, is_math_call, state) {
				if (state) {
					if (state.S) copy(state, arc4);
					prng.state = function() {
						return copy(arc4, {});
					};
				}
				if (is_math_call) {
					math[rngname] = prng;
					return seed;
				} else return prng;
			})(prng, shortseed, "global" in options ? options.global : this == math, options.state);
		}
		function ARC4(key) {
			var t, keylen = key.length, me = this, i = 0, j = me.i = me.j = 0, s = me.S = [];
			if (!keylen) key = [keylen++];
			while (i < width) s[i] = i++;
			for (i = 0; i < width; i++) {
				s[i] = s[j = mask & j + key[i % keylen] + (t = s[i])];
				s[j] = t;
			}
			(me.g = function(count) {
				var t, r = 0, i = me.i, j = me.j, s = me.S;
				while (count--) {
					t = s[i = mask & i + 1];
					r = r * width + s[mask & (s[i] = s[j = mask & j + t]) + (s[j] = t)];
				}
				me.i = i;
				me.j = j;
				return r;
			})(width);
		}
		function copy(f, t) {
			t.i = f.i;
			t.j = f.j;
			t.S = f.S.slice();
			return t;
		}
		function flatten(obj, depth) {
			var result = [], typ = typeof obj, prop;
			if (depth && typ == "object") for (prop in obj) try {
				result.push(flatten(obj[prop], depth - 1));
			} catch (e) {}
			return result.length ? result : typ == "string" ? obj : obj + "\0";
		}
		function mixkey(seed, key) {
			var stringseed = seed + "", smear, j = 0;
			while (j < stringseed.length) key[mask & j] = mask & (smear ^= key[mask & j] * 19) + stringseed.charCodeAt(j++);
			return tostring(key);
		}
		function autoseed() {
			try {
				var out;
				if (nodecrypto && (out = nodecrypto.randomBytes)) out = out(width);
				else {
					out = new Uint8Array(width);
					(global.crypto || global.msCrypto).getRandomValues(out);
				}
				return tostring(out);
			} catch (e) {
				var browser = global.navigator, plugins = browser && browser.plugins;
				return [
					+new Date(),
					global,
					plugins,
					global.screen,
					tostring(pool)
				];
			}
		}
		function tostring(a) {
			return String.fromCharCode.apply(0, a);
		}
		mixkey(math.random(), pool);
		if (typeof module == "object" && module.exports) {
			module.exports = seedrandom;
			try {
				nodecrypto = __require("crypto");
			} catch (ex) {}
		} else if (typeof define == "function" && define.amd) define(function() {
			return seedrandom;
		});
		else math["seed" + rngname] = seedrandom;
	})(typeof self !== "undefined" ? self : this$1, [], Math);
}));
// src/plan/draw.ts
var import_seedrandom = __toESM(__commonJSMin(((exports, module) => {
	var alea = require_alea();
	var xor128 = require_xor128();
	var xorwow = require_xorwow();
	var xorshift7 = require_xorshift7();
	var xor4096 = require_xor4096();
	var tychei = require_tychei();
	var sr = require_seedrandom$1();
	sr.alea = alea;
	sr.xor128 = xor128;
	sr.xorwow = xorwow;
	sr.xorshift7 = xorshift7;
	sr.xor4096 = xor4096;
	sr.tychei = tychei;
	module.exports = sr;
}))(), 1);
function seededDraw(seed) {
	const random = (0, import_seedrandom.default)(seed);
	const integer = (low, high) => low + Math.floor(random() * (high - low + 1));
	return {
		pick: ([first, ...others]) => {
			const position = integer(0, others.length);
			return position === 0 ? first : others[position - 1] ?? first;
		},
		chance: (probability) => random() < probability,
		integer
	};
}
// src/plan/shard.ts
const MOST_ITERATIONS = 1e6;
function parseShard(text) {
	const found = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(text);
	const [number, of] = [Number(found?.[1]), Number(found?.[2])];
	return number <= of && of <= 256 ? {
		number,
		of
	} : void 0;
}
function shareOf(iterations, shard = WHOLE) {
	return Math.max(0, Math.ceil((iterations - shard.number + 1) / shard.of));
}
function* indicesOf(iterations, shard = WHOLE, first = 0) {
	for (let index = shard.number - 1; index < iterations; index += shard.of) yield first + index;
}
const WHOLE = {
	number: 1,
	of: 1
};
// src/gaps/compressed.ts
function landOnCompressed(above, below, clusterSize) {
	const compressed = below.filter(({ kind }) => kind === "compressed");
	const first = ({ offset }) => Math.floor(offset / clusterSize);
	const last = ({ offset, length }) => Math.floor((offset + length - 1) / clusterSize);
	return compressed.some((one) => above.some((other) => first(other) <= last(one) && last(other) >= first(one)));
}
// src/gaps/gap.ts
const GAP_ID = /^[a-z0-9][a-z0-9.-]{1,59}$/;
function firstGap(gaps, choice, source) {
	return gaps.find(({ operations, handling }) => operations.includes(choice.operation) && handling.kind === "avoid" && handling.applies(choice, source));
}
// src/gaps/refcounts.ts
function clustersCounted(clusterSize, refcountBits = 16) {
	return clusterSize * 8 / refcountBits;
}
const SHARE = .75;
function mayOutgrowRefcounts({ clusterSize, refcountBits }, size, writes, snapshot, more = 0) {
	const coveredByL2 = clusterSize / 8 * clusterSize;
	const l1 = clustersOfL1(clusterSize, size);
	const all = [...snapshot ?? [], ...writes];
	const data = all.map((write) => allocated(write, clusterSize));
	const l2 = all.map(({ offset, length }) => touched(offset, length, coveredByL2));
	const copied = snapshot === void 0 ? 0 : l1 + 1;
	return 3 + l1 + copied + sum(data) + sum(l2) + more > clustersCounted(clusterSize, refcountBits) * SHARE;
}
function clustersOfL1(clusterSize, size) {
	return Math.ceil(Math.ceil(size / (clusterSize / 8 * clusterSize)) * 8 / clusterSize);
}
function clustersOfBitmap(clusterSize, size, granularity) {
	const bits = Math.ceil(size / granularity / 8 / clusterSize);
	return bits + Math.ceil(bits * 8 / clusterSize);
}
function allocated({ kind, offset, length }, clusterSize) {
	const clusters = touched(offset, length, clusterSize);
	if (kind === "zeros") return Math.min(2, clusters);
	return kind === "discard" ? 0 : clusters;
}
function touched(offset, length, unit) {
	return Math.floor((offset + length - 1) / unit) - Math.floor(offset / unit) + 1;
}
function sum(numbers) {
	return numbers.reduce((total, number) => total + number, 0);
}
// src/gaps/ledger.ts
const number = (value) => typeof value === "number" ? value : 0;
const writes = (value) => Array.isArray(value) ? piecesOf(value) : [];
const writesIn = (image) => writes(memberOf(image, "writes"));
const BASE = "base.qcow2";
const NEXT = "next.qcow2";
const NEXT_RAW = "next.raw";
const PAGE = 4 * KiB;
function hasPartitionTable({ writes: all }) {
	return partitionTable().every(({ offset, byte }) => all.some((one) => one.kind === "data" && one.offset === offset && one.byte === byte && one.content === void 0));
}
function heldBy({ snapshot = [], writes: all }) {
	return piecesOf([...snapshot, ...all]);
}
function fillsClusters(source) {
	const { history, size, clusterSize } = source;
	const whole = (position) => position % clusterSize === 0 || position === size;
	const fill = (write) => whole(write.offset) && whole(write.offset + write.length) && !isZeroData(write);
	return history.kind === "created" && !isPreallocated(source) && heldBy(source).every(fill);
}
function asksFor({ options: { target } }, ...targets) {
	return targets.some((name) => name === target);
}
function snapshotIn({ snapshot }) {
	return snapshot === void 0 ? void 0 : writes(snapshot);
}
function seesSnapshot(reader, check) {
	return ({ operation, options, twin }, source) => operation === reader ? source.format === "qcow2" && source.snapshot !== void 0 : twin === check && (operation === "snapshot" ? !isList(options) : options["snapshot"] !== void 0);
}
function isList({ mode }) {
	return mode === "list";
}
function stagesOf({ first, second }) {
	return [first, second].flatMap((one) => one === void 0 ? [] : [writes(one)]);
}
function refcountedBy({ clusterSize, refcountBits }) {
	return {
		clusterSize: number(clusterSize),
		refcountBits: number(refcountBits ?? 16)
	};
}
function snapshotOutgrows(options) {
	const stages = stagesOf(options);
	const layout = refcountedBy(options);
	const size = number(options["size"]);
	const tables = (stages.length + 1) * (clustersOfL1(layout.clusterSize, size) + 1);
	return mayOutgrowRefcounts(layout, size, [...stages.flat(), ...writes(options["writes"])], void 0, tables);
}
function bitmapOutgrows(options) {
	const { first, second, granularity, writes: before, marked } = options;
	const layout = refcountedBy(options);
	const { clusterSize } = layout;
	const size = number(options["size"]);
	const more = [
		memberOf(first, "granularity"),
		memberOf(second, "granularity"),
		granularity
	].map((bytes) => clustersOfBitmap(clusterSize, size, number(bytes ?? Math.min(65536, Math.max(4096, clusterSize))))).reduce((total, clusters) => total + clusters, 2);
	return mayOutgrowRefcounts(layout, size, [...writes(before), ...writes(marked)], void 0, more);
}
function isCompressed(source) {
	const { history } = source;
	return hasCompressed(heldBy(source)) || history.kind === "converted" && history.compressed;
}
function uncovered({ size, baseSize, belowBase }) {
	const [offset, end] = [number(baseSize), number(size)];
	return number(memberOf(belowBase, "size")) <= offset || end <= offset ? [] : [{
		kind: "data",
		offset,
		length: end - offset,
		byte: 0
	}];
}
function compresses(write) {
	return write.kind === "compressed" && write.content !== "incompressible";
}
function copied({ options: { blockSize, count, skip } }, { size }) {
	const given = (value) => typeof value === "number" ? value : void 0;
	return windowOf({
		blockSize: given(blockSize),
		count: given(count),
		skip: given(skip)
	}, size);
}
function copiesNothing(choice, source) {
	return copied(choice, source).length === 0;
}
function isOddFile(source) {
	return source.format === "raw" && source.lessBytes !== void 0;
}
function endsOddly(choice, source) {
	if (!isOddFile(source)) return false;
	const { offset, length } = copied(choice, source);
	return offset % 512 > 0 && offset + length > source.size - source.lessBytes;
}
function isMostlyHoles({ size, writes: all }) {
	const unit = 32 * MiB;
	return unitsOf(piecesOf(all), unit).size < size / unit / 2;
}
function unitsOf(all, unit) {
	const ofOne = ({ offset, length }) => Array.from({ length: touched(offset, length, unit) }, (_, at) => Math.floor(offset / unit) + at);
	return new Set(all.flatMap(ofOne));
}
function hasOddClusters({ writes: all, history, ...source }) {
	const extended = source.format === "qcow2" && source.extendedL2;
	const last = piecesOf(all).at(-1);
	if (last === void 0 || history.kind !== "created") return false;
	return compresses(last) || extended && last.kind === "data";
}
function showsWhatIsBelow(source) {
	if (source.format !== "qcow2") return false;
	const [next] = source.backing;
	const last = next?.writes.at(-1);
	if (last?.kind !== "data" || last.offset + last.length > source.size) return false;
	const { clusterSize } = source;
	const above = unitsOf(heldBy(source), clusterSize);
	return [...unitsOf([last], clusterSize)].some((unit) => !above.has(unit));
}
function outgrows(clusterSize, present, moved, hidden = []) {
	const unit = number(clusterSize);
	const isData = ({ kind }) => kind === "data";
	const unsure = unitsOf([...moved.filter((write) => !isData(write)), ...hidden], unit);
	const filled = [...unitsOf(moved.filter(isData), unit)].filter((at) => !unsure.has(at));
	const capacity = clustersCounted(unit);
	return filled.length > capacity && writes(present).reduce((sum, { length }) => sum + length, 0) < capacity * unit / 4;
}
function copiesTooMuch(options) {
	const { clusterSize, overlaySize, newBacking, oldWrites, newWrites, overlayWrites, belowNew, snapshot } = options;
	if (snapshot !== void 0) return false;
	const end = number(overlaySize);
	const copied = writes(oldWrites).filter(({ kind, offset, length }) => kind !== "data" || offset + length <= end);
	const hidden = newBacking === NEXT ? [...writes(newWrites), ...writesIn(belowNew)] : [];
	return newBacking !== BASE && outgrows(clusterSize, overlayWrites, copied, hidden);
}
function isAllCompressed(value) {
	const all = writes(value);
	return all.length > 0 && all.every(compresses);
}
function hasCompressed(value) {
	return writes(value).some(({ kind }) => kind === "compressed");
}
function seeded(seed) {
	return seed === "seed-64k" ? [{
		kind: "data",
		offset: 0,
		length: 64 * KiB,
		byte: 171
	}] : [];
}
const REFUSAL = { severities: ["refusal"] };
const METADATA = { severities: ["metadata"] };
const ANOTHER_SIZE = { severities: ["metadata", "data-loss"] };
const refusalWhere = (surely) => ({
	...REFUSAL,
	surely
});
const metadataWhere = (surely) => ({
	...METADATA,
	surely
});
const GAPS = [
	{
		id: "info-raw",
		operations: ["info"],
		difference: "the subject takes a headerless file for raw only if it has a partition table; the reference always does",
		documented: "docs/info.md",
		state: "by design",
		handling: {
			kind: "avoid",
			applies: (_, source) => source.format === "raw" && !hasPartitionTable(source)
		}
	},
	{
		id: "check-no-reference",
		operations: ["check"],
		difference: "the reference has no checks for raw and vpc; the subject examines vpc",
		documented: "docs/check.md",
		state: "by design",
		handling: {
			kind: "avoid",
			applies: (_, source) => source.format === "raw" || source.format === "vpc"
		}
	},
	{
		id: "check-counts-too-high",
		operations: ["check"],
		difference: "to the reference, what is counted more often than it is referred to leaks; to the subject, only what nothing refers to",
		documented: "docs/check.md",
		state: "by design",
		handling: {
			kind: "avoid",
			applies: ({ options: { miscount } }) => miscount === "twice"
		}
	},
	{
		id: "check-snapshots",
		operations: [
			"amend",
			"check",
			"rebase",
			"resize",
			"snapshot"
		],
		difference: "the subject may count what only an internal snapshot uses as leaks",
		documented: "a fixture in one of its plans, which it reports as leaky",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: seesSnapshot("check", "examine")
		}
	},
	{
		id: "info-snapshots",
		operations: [
			"amend",
			"info",
			"rebase",
			"resize",
			"snapshot"
		],
		difference: "the subject only notes that there are internal snapshots, the reference lists them",
		documented: "its plan for snapshots, phase 2",
		state: "open",
		handling: {
			kind: "avoid",
			shows: METADATA,
			applies: seesSnapshot("info", "describe")
		}
	},
	{
		id: "measure-raw-sparse",
		operations: ["measure"],
		difference: "the subject counts holes of a raw source as data, the reference asks the file system",
		documented: "docs/measure.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: metadataWhere((choice, source) => asksFor(choice, "qcow2") && isMostlyHoles(source)),
			applies: (choice, source) => source.format === "raw" && asksFor(choice, "raw", "qcow2")
		}
	},
	{
		id: "measure-partial-clusters",
		operations: ["measure"],
		difference: "inside a partly written qcow2 cluster the reference asks the file system for holes, page by page; its answer even changes when the file is copied",
		documented: "measured: qemu-img 10.0, 2 MiB clusters, 6619136 on a file and 524288 on its copy",
		state: "by design",
		handling: {
			kind: "avoid",
			applies: (choice, source) => source.format === "qcow2" && source.clusterSize > PAGE && !fillsClusters(source) && asksFor(choice, "qcow2")
		}
	},
	{
		id: "measure-qcow2-edge",
		operations: ["measure"],
		difference: "for compressed clusters and extended L2 entries the subject’s `required` is slightly off",
		documented: "docs/measure.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: metadataWhere((_, source) => hasOddClusters(source)),
			applies: (choice, source) => source.format === "qcow2" && (source.extendedL2 || isCompressed(source)) && asksFor(choice, "qcow2")
		}
	},
	{
		id: "measure-unknown-flag",
		operations: ["measure"],
		difference: "for a flag that it does not know the reference prints its usage and ends with 0",
		documented: "measured: qemu-img 5.2 and 7.2; 10.0 ends with 1",
		state: "by design",
		versions: {
			side: "reference",
			below: "10.0"
		},
		handling: {
			kind: "avoid",
			applies: ({ mistakes = [] }) => mistakes.includes("unknown-flag")
		}
	},
	{
		id: "measure-chain",
		operations: ["measure"],
		difference: "the subject measures the top layer only, the reference the whole chain",
		documented: "docs/measure.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: metadataWhere((choice, source) => asksFor(choice, "qcow2") && showsWhatIsBelow(source)),
			applies: (_, source) => source.format === "qcow2" && source.backing.length > 0
		}
	},
	{
		id: "measure-vhdx-source",
		operations: ["measure"],
		difference: "the subject takes every block of a vhdx for full; so does qemu-img 10.0, but its documents say otherwise",
		documented: "docs/measure.md; measured: qemu-img 10.0 asks for 67436544 bytes for an empty disk of 64 MiB",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: (choice, source) => source.format === "vhdx" && asksFor(choice, "raw", "qcow2")
		}
	},
	{
		id: "map-raw",
		operations: ["map"],
		difference: "the subject tells a raw image as one extent of data, the reference asks the file system for holes",
		documented: "docs/map.md",
		state: "open",
		handling: {
			kind: "avoid",
			applies: (_, source) => source.format === "raw"
		}
	},
	{
		id: "map-depth",
		operations: ["map"],
		difference: "the subject refuses an image with a backing file, the reference walks the chain",
		documented: "docs/map.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: (_, source) => source.format === "qcow2" && source.backing.length > 0
		}
	},
	{
		id: "map-vhdx",
		operations: ["map"],
		difference: "the reference tells a vhdx as one extent of data; the subject tells blocks that are zero or unmapped as holes",
		documented: "docs/map.md; measured: qemu-img 10.0, 4 KiB in a disk of 4 MiB",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: (_, source) => source.format === "vhdx"
		}
	},
	{
		id: "map-partial-clusters",
		operations: ["map"],
		difference: "inside a qcow2 cluster of data the reference may ask the file system for holes, page by page; its answer even changes when the file is copied",
		documented: "measured: qemu-img 10.0, one extent of data of 64 KiB in a file and three in its copy",
		state: "by design",
		handling: {
			kind: "tolerate",
			where: "whether an extent of data is zero too is not compared"
		}
	},
	{
		id: "map-vpc-present",
		operations: ["map"],
		difference: "a block that a dynamic vpc lacks is `present` to the reference and not to the subject",
		documented: "docs/map.md",
		state: "by design",
		handling: {
			kind: "tolerate",
			where: "of a vpc `present` is not compared"
		}
	},
	{
		id: "map-compressed",
		operations: ["map"],
		difference: "the subject tells no cluster as compressed, and the place of one that is with other bits",
		documented: "docs/map.md",
		state: "open",
		handling: {
			kind: "unreachable",
			because: "neither `compressed` nor `offset` is compared"
		}
	},
	{
		id: "map-window",
		operations: ["map"],
		difference: "the subject clips a window at its byte, the reference at the cluster around it",
		documented: "docs/map.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "a window is one of whole clusters"
		}
	},
	{
		id: "compare-strict-status",
		operations: ["compare"],
		difference: "with -s the reference also compares what is allocated and where files have holes; the subject’s page speaks of sizes only",
		documented: "docs/compare.md; measured: between an image and its conversion qemu-img 10.0 finds a `block status mismatch`, and 5.2 finds other ones",
		state: "unknown",
		handling: {
			kind: "tolerate",
			where: "where either tool speaks of the block status, the other may call the disks equal or different"
		}
	},
	{
		id: "compare-strict-odd-end",
		operations: ["compare"],
		difference: "a raw file that ends within a sector counts in whole sectors to the reference; whether its size is equal to the subject with -s is not described",
		documented: "measured: qemu-img 10.0, 1000000 bytes; in none of the subject’s documents",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: ({ options: { strict } }, source) => strict === true && isOddFile(source)
		}
	},
	{
		id: "compare-error-code",
		operations: ["compare"],
		difference: "for what cannot be compared the subject ends with 1, the reference with 2",
		documented: "docs/compare.md",
		state: "by design",
		handling: {
			kind: "tolerate",
			where: "where the reference ends with an error, the subject may not end with 0"
		}
	},
	{
		id: "vpc-fixed-detection",
		operations: [
			"check",
			"compare",
			"convert",
			"convert_compressed",
			"dd",
			"map",
			"measure"
		],
		difference: "a fixed vpc is raw to the reference unless it is told the format, which the subject’s convert and compare cannot be",
		documented: "docs/create.md; nothing about reading one",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: (_, source) => source.format === "vpc" && source.subformat === "fixed"
		}
	},
	{
		id: "damaged-becomes-raw",
		operations: [
			"check",
			"compare",
			"convert",
			"convert_compressed",
			"dd",
			"map",
			"measure"
		],
		difference: "without its mark a vmdk, vpc or vhdx is raw to the reference; what the subject makes of a headerless file depends on the operation",
		documented: "docs/quirks.md",
		state: "by design",
		handling: {
			kind: "avoid",
			applies: (choice, source) => source.format !== "qcow2" && isDamaged(choice)
		}
	},
	{
		id: "info-lenient-header",
		operations: ["info"],
		difference: "the subject describes several damaged images that the reference refuses to open",
		documented: "docs/info.md",
		state: "by design",
		handling: {
			kind: "avoid",
			applies: isDamaged
		}
	},
	{
		id: "extended-l2-prealloc",
		operations: ["create", "resize"],
		difference: "extended L2 entries together with preallocation: not described for the subject",
		documented: "no source; avoided until somebody says what is meant",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: ({ options: { extendedL2, preallocation } }) => extendedL2 === true && preallocation !== void 0 && preallocation !== "off"
		}
	},
	{
		id: "resize-large-cluster",
		operations: ["resize"],
		difference: "the subject refuses clusters of 2 MiB: its scratch memory is too small",
		documented: "docs/resize.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { clusterSize } }) => number(clusterSize) >= 2 * MiB
		}
	},
	{
		id: "commit-large-cluster",
		operations: ["commit"],
		difference: "the subject refuses clusters above 64 KiB: its scratch for a refcount table is that large",
		documented: "docs/commit.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { clusterSize } }) => number(clusterSize) > 64 * KiB
		}
	},
	{
		id: "commit-refcount-exhausted",
		operations: ["commit"],
		difference: "the subject refuses what needs more clusters than the backing’s refcount blocks count; the reference adds blocks",
		documented: "docs/commit.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: refusalWhere(({ options: { clusterSize, baseWrites, overlayWrites } }) => outgrows(clusterSize, baseWrites, writes(overlayWrites))),
			applies: ({ options }) => {
				const { size, baseSize, seed, baseWrites, middleWrites, overlayWrites } = options;
				return mayOutgrowRefcounts(refcountedBy(options), Math.max(number(size), number(baseSize)), [
					...seeded(seed),
					...[
						baseWrites,
						middleWrites,
						overlayWrites
					].flatMap(writes),
					...uncovered(options)
				], snapshotIn(options));
			}
		}
	},
	{
		id: "rebase-refcount-exhausted",
		operations: ["rebase"],
		difference: "the subject refuses a safe rebase that copies more than the overlay’s refcount blocks count; the reference adds blocks",
		documented: "docs/rebase.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: refusalWhere(({ options }) => copiesTooMuch(options)),
			applies: ({ options }) => {
				const { mode, overlaySize, belowOld, belowNew, oldWrites, newWrites, overlayWrites } = options;
				const all = [
					oldWrites,
					newWrites,
					overlayWrites,
					writesIn(belowOld),
					writesIn(belowNew)
				].flatMap(writes);
				return mode === "safe" && mayOutgrowRefcounts(refcountedBy(options), number(overlaySize), all, snapshotIn(options));
			}
		}
	},
	{
		id: "rebase-compressed-member",
		operations: ["rebase"],
		difference: "for a safe rebase the subject cannot parse an old chain with compressed clusters",
		documented: "docs/rebase.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: refusalWhere(({ options: { oldWrites } }) => isAllCompressed(oldWrites)),
			applies: ({ options: { mode, oldWrites, overlayWrites, belowOld, snapshot } }) => mode === "safe" && [
				oldWrites,
				overlayWrites,
				writesIn(belowOld),
				snapshot
			].some(hasCompressed)
		}
	},
	{
		id: "commit-compressed",
		operations: ["commit"],
		difference: "the subject refuses compressed clusters in the overlay, and data that lands on one of the backing",
		documented: "docs/commit.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: refusalWhere(({ options: { overlayWrites, seed } }) => seed === "none" && isAllCompressed(overlayWrites)),
			applies: ({ options: { clusterSize, baseWrites, snapshot, seed, middleWrites, overlayWrites } }) => [middleWrites, overlayWrites].some(hasCompressed) || landOnCompressed([
				...seeded(seed),
				...writes(middleWrites),
				...writes(overlayWrites)
			], [...writes(snapshot), ...writes(baseWrites)], number(clusterSize))
		}
	},
	{
		id: "commit-b-keeps-overlay",
		operations: ["commit"],
		difference: "with -b the subject empties the overlay, the reference keeps its data; both read the same through the chain",
		documented: "measured; in none of the subject’s documents",
		state: "unknown",
		handling: {
			kind: "unreachable",
			because: "only what a guest reads is compared, not what is allocated"
		}
	},
	{
		id: "vmdk-commit",
		operations: ["commit"],
		difference: "the subject does not see a vmdk’s parent hint",
		documented: "docs/commit.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { format, explicitBase } }) => format === "vmdk" && explicitBase !== true
		}
	},
	{
		id: "vmdk-commit-named-base",
		operations: ["commit"],
		difference: "the subject commits a vmdk into the base that -b names, or refuses it: its documents do not agree",
		documented: "docs/commit.md, and the table of commits in its plans",
		state: "unknown",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { format, explicitBase } }) => format === "vmdk" && explicitBase === true
		}
	},
	{
		id: "commit-intermediate",
		operations: ["commit"],
		difference: "the subject refuses a base below the immediate parent",
		documented: "docs/commit.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { middleWrites } }) => middleWrites !== void 0
		}
	},
	{
		id: "cluster-mismatch",
		operations: ["commit", "rebase"],
		difference: "the subject refuses a chain whose images differ in cluster size",
		documented: "docs/commit.md, docs/rebase.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: refusalWhere(({ options: { mode } }) => mode !== "unsafe"),
			applies: ({ options: { overlayClusterSize, newClusterSize } }) => overlayClusterSize !== void 0 || newClusterSize !== void 0
		}
	},
	{
		id: "rebase-unsafe-features",
		operations: ["rebase"],
		difference: "with -u the subject rebases an overlay with a feature that it does not know, as it copies nothing; the reference does not open it",
		documented: "docs/rebase.md",
		state: "by design",
		handling: {
			kind: "avoid",
			applies: ({ options: { mode }, mistakes = [] }) => mode === "unsafe" && mistakes.includes("damaged-features")
		}
	},
	{
		id: "rebase-long-path",
		operations: ["rebase"],
		difference: "the subject refuses a new backing path longer than the recorded slot; the reference makes room",
		documented: "docs/rebase.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { newName, newBacking, backingFormat } }) => newBacking === NEXT && String(newName ?? "").length > `base.${backingFormat ?? "qcow2"}`.length
		}
	},
	{
		id: "rebase-format-ext",
		operations: ["rebase"],
		difference: "the subject does not rewrite the recorded backing format, nor record one where there is none",
		documented: "docs/rebase.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: METADATA,
			applies: ({ options: { newName, newBacking, backingFormat } }) => newBacking === NEXT && newName !== void 0 && newName === NEXT_RAW !== (backingFormat === "raw")
		}
	},
	{
		id: "qcow2-refcount-bits",
		operations: ["rebase", "commit"],
		difference: "the subject refuses refcounts of other than 16 bits (lifted for create and resize)",
		documented: "docs/quirks.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { refcountBits } }) => number(refcountBits ?? 16) !== 16
		}
	},
	{
		id: "qcow2-compat-0.10",
		operations: [
			"create",
			"resize",
			"rebase",
			"commit"
		],
		difference: "the subject writes 1.1 whatever is asked for",
		documented: "docs/create.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: metadataWhere(({ operation }) => operation === "create" || operation === "resize"),
			applies: ({ options: { compat } }) => compat === "0.10"
		}
	},
	{
		id: "qcow2-zstd",
		operations: ["create"],
		difference: "the subject’s header says zlib whatever is asked for",
		documented: "docs/create.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: METADATA,
			applies: ({ options: { compression } }) => compression === "zstd"
		}
	},
	{
		id: "create-vpc-geometry",
		operations: ["create"],
		difference: "the subject keeps the exact size, the reference rounds up to whole cylinders",
		documented: "docs/create.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "no new vpc is asked for"
		}
	},
	{
		id: "create-vhdx-default-block",
		operations: ["create"],
		difference: "the tools’ default block sizes differ",
		documented: "docs/create.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: METADATA,
			applies: ({ options: { format, blockSize } }) => format === "vhdx" && blockSize === void 0
		}
	},
	{
		id: "resize-prealloc-metadata",
		operations: ["resize"],
		difference: "the subject refuses to grow with preallocation=metadata",
		documented: "docs/resize.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { preallocation } }) => preallocation === "metadata"
		}
	},
	{
		id: "resize-backing",
		operations: ["resize"],
		difference: "the subject refuses an image with a backing file",
		documented: "docs/resize.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { belowWrites } }) => belowWrites !== void 0
		}
	},
	{
		id: "resize-snapshots",
		operations: ["resize", "commit"],
		difference: "an image with an internal snapshot that is resized, or has to grow: not described for the subject",
		documented: "no source; avoided until somebody says what is meant",
		state: "unknown",
		handling: {
			kind: "avoid",
			shows: refusalWhere(({ operation }) => operation === "resize"),
			applies: ({ operation, options: { snapshot, size, baseSize } }) => snapshot !== void 0 && (operation === "resize" || number(baseSize) < number(size))
		}
	},
	{
		id: "snapshot-no-growth",
		operations: ["snapshot"],
		difference: "the subject takes no snapshot for which the image’s refcount blocks are too full; the reference adds blocks",
		documented: "docs/snapshot.md",
		state: "open",
		handling: {
			kind: "avoid",
			applies: ({ options }) => options["mode"] === "create" && snapshotOutgrows(options)
		}
	},
	{
		id: "snapshot-refcount-bits",
		operations: ["snapshot"],
		difference: "the subject changes no image with refcounts of other than 16 bits; it only lists its snapshots",
		documented: "docs/snapshot.md, docs/quirks.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options }) => !isList(options) && number(options["refcountBits"] ?? 16) !== 16
		}
	},
	{
		id: "snapshot-compressed",
		operations: ["snapshot"],
		difference: "the subject changes no image with compressed clusters; it only lists its snapshots",
		documented: "docs/snapshot.md",
		state: "open",
		handling: {
			kind: "avoid",
			applies: ({ options }) => !isList(options) && [...stagesOf(options), options["writes"]].some(hasCompressed)
		}
	},
	{
		id: "snapshot-16-cap",
		operations: ["snapshot"],
		difference: "the subject refuses a 17th snapshot",
		documented: "docs/snapshot.md",
		state: "open",
		handling: {
			kind: "unreachable",
			because: "an image has two at most when one is taken"
		}
	},
	{
		id: "snapshot-bitmaps",
		operations: ["snapshot"],
		difference: "the subject changes no image with persistent bitmaps",
		documented: "docs/snapshot.md",
		state: "open",
		handling: {
			kind: "unreachable",
			because: "no image has both"
		}
	},
	{
		id: "snapshot-dirty",
		operations: ["snapshot"],
		difference: "the subject changes no image that was left dirty or is marked corrupt; the reference repairs it first",
		documented: "docs/snapshot.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "the reference closes what it makes, and a damaged header is a mistake that both must refuse"
		}
	},
	{
		id: "snapshot-resized",
		operations: ["snapshot"],
		difference: "the subject does not go back to a snapshot of a disk of another size; the reference cuts it off",
		documented: "docs/snapshot.md",
		state: "open",
		handling: {
			kind: "unreachable",
			because: "no image is resized after a snapshot was taken"
		}
	},
	{
		id: "snapshot-long-name",
		operations: ["snapshot"],
		difference: "the subject refuses a name above 255 bytes, which the reference shortens",
		documented: "docs/snapshot.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "names are short"
		}
	},
	{
		id: "snapshot-empty-name",
		operations: ["snapshot"],
		difference: "the subject takes no snapshot without a name",
		documented: "docs/snapshot.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "every snapshot has a name"
		}
	},
	{
		id: "snapshot-mixed-modes",
		operations: ["snapshot"],
		difference: "with two modes at once the subject ends with another exit code",
		documented: "docs/snapshot.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "one thing is asked for at a time"
		}
	},
	{
		id: "snapshot-freed-bytes",
		operations: ["snapshot"],
		difference: "what is freed keeps its bytes in the subject’s file and becomes a hole in the reference’s",
		documented: "docs/snapshot.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "only what a guest reads is compared, not what is allocated"
		}
	},
	{
		id: "check-bitmaps",
		operations: ["bitmap"],
		difference: "the subject may count what only bitmaps use as leaks",
		documented: "docs/check.md, which names no bitmaps among what it follows",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: ({ twin }) => twin === "examine"
		}
	},
	{
		id: "bitmap-large-cluster",
		operations: ["bitmap"],
		difference: "the subject refuses an image whose bitmaps need more room than it has for them; how much that is, is not told",
		documented: "docs/bitmap.md",
		state: "open",
		handling: {
			kind: "unreachable",
			because: "clusters have 64 KiB at most"
		}
	},
	{
		id: "bitmap-no-space",
		operations: ["bitmap"],
		difference: "the subject refuses what needs more clusters than the image’s refcount blocks count; the reference adds blocks",
		documented: "docs/bitmap.md",
		state: "open",
		handling: {
			kind: "avoid",
			applies: ({ options }) => bitmapOutgrows(options)
		}
	},
	{
		id: "bitmap-refcount-bits",
		operations: ["bitmap"],
		difference: "the subject refuses refcounts of other than 16 bits",
		documented: "docs/bitmap.md, docs/quirks.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { refcountBits } }) => number(refcountBits ?? 16) !== 16
		}
	},
	{
		id: "bitmap-merge-mixed",
		operations: ["bitmap"],
		difference: "the subject merges only where nothing else is asked for",
		documented: "docs/bitmap.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { asked } }) => asked === "add and merge"
		}
	},
	{
		id: "bitmap-merge-granularity",
		operations: ["bitmap"],
		difference: "the subject merges only bitmaps of one granularity; the reference converts",
		documented: "docs/bitmap.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: REFUSAL,
			applies: ({ options: { asked, first, second } }) => asked === "merge" && memberOf(first, "granularity") !== memberOf(second, "granularity")
		}
	},
	{
		id: "bitmap-merge-cross-file",
		operations: ["bitmap"],
		difference: "the subject merges no bitmap of another file",
		documented: "docs/bitmap.md",
		state: "open",
		handling: {
			kind: "unreachable",
			because: "what is merged lies in the same file"
		}
	},
	{
		id: "bitmap-flag-order",
		operations: ["bitmap"],
		difference: "of a flag that is given twice the subject forgets the order",
		documented: "docs/bitmap.md",
		state: "open",
		handling: {
			kind: "unreachable",
			because: "each flag is given once"
		}
	},
	{
		id: "bitmap-empty-extension",
		operations: ["bitmap"],
		difference: "the subject leaves an empty header extension where the last bitmap was removed",
		documented: "docs/bitmap.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "what the reference says of an image does not mention it"
		}
	},
	{
		id: "convert-vpc-size",
		operations: ["convert"],
		difference: "the subject keeps the exact size of a vpc target, the reference rounds up to whole cylinders",
		documented: "docs/quirks.md",
		state: "by design",
		handling: {
			kind: "tolerate",
			where: "a vpc that is less than a cylinder smaller than the reference’s is the same disk"
		}
	},
	{
		id: "repair-leaks-scope",
		operations: ["repair"],
		difference: "asked to repair leaks, the subject frees clusters that nothing refers to; the reference also lowers counts that are too high, corrects flags, and leaves alone what it cannot",
		documented: "docs/check.md",
		state: "by design",
		handling: {
			kind: "avoid",
			applies: ({ options: { tier, damage } }) => tier === "leaks" && damage !== "leaked"
		}
	},
	{
		id: "repair-compressed",
		operations: ["repair"],
		difference: "the subject reclaims only leaks in an image with compressed clusters, and says that its repair is incomplete",
		documented: "docs/check.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "no image that is repaired has compressed clusters"
		}
	},
	{
		id: "repair-snapshots",
		operations: ["repair"],
		difference: "the subject repairs no image with snapshots",
		documented: "docs/check.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "no image that is repaired has snapshots"
		}
	},
	{
		id: "backing-allowlist",
		operations: [
			"rebase",
			"commit",
			"create"
		],
		difference: "the subject refuses a backing file outside the image’s own directory",
		documented: "docs/chain-discovery.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "a chain lives in one directory"
		}
	},
	{
		id: "size-suffix-b",
		operations: ["create", "resize"],
		difference: "the suffix b means 512 bytes to the subject, 1 to the reference",
		documented: "docs/resize.md",
		state: "open",
		handling: {
			kind: "avoid",
			shows: ANOTHER_SIZE,
			applies: ({ options: { suffix } }) => suffix === "b"
		}
	},
	{
		id: "dd-empty-vmdk",
		operations: ["dd"],
		difference: "of nothing the subject makes a vmdk that nobody can read, the reference refuses to",
		documented: "docs/dd.md",
		state: "by design",
		handling: {
			kind: "avoid",
			applies: (choice, source) => asksFor(choice, "vmdk") && copiesNothing(choice, source)
		}
	},
	{
		id: "dd-empty-vhdx",
		operations: ["dd"],
		difference: "of nothing the subject makes a vhdx that nobody can read, the reference one of no size",
		documented: "docs/dd.md",
		state: "open",
		handling: {
			kind: "avoid",
			applies: (choice, source) => asksFor(choice, "vhdx") && copiesNothing(choice, source)
		}
	},
	{
		id: "dd-empty-vpc",
		operations: ["dd"],
		difference: "of nothing the reference makes a vpc of no size: that the subject does is not described",
		documented: "docs/dd.md speaks of windows that are not empty",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: (choice, source) => asksFor(choice, "vpc") && copiesNothing(choice, source)
		}
	},
	{
		id: "dd-empty-read",
		operations: ["dd"],
		difference: "an image of no size, which the reference leaves of nothing: that the subject reads one is not described",
		documented: "no source; avoided until somebody says what is meant",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: (choice, source) => choice.twin !== "none" && copiesNothing(choice, source)
		}
	},
	{
		id: "dd-odd-end",
		operations: ["dd"],
		difference: "a raw file that ends within a sector counts in whole sectors to the reference; how much of it there is behind a start within a sector to the subject is not described",
		documented: "docs/dd.md speaks of the size; measured: qemu-img 10.0, 1000000 bytes",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: endsOddly
		}
	},
	{
		id: "dd-vhdx-block",
		operations: ["dd"],
		difference: "the tools’ default block sizes of a vhdx differ",
		documented: "docs/dd.md",
		state: "by design",
		handling: {
			kind: "tolerate",
			where: "only of a qcow2 image the description is compared, of others the content"
		}
	},
	{
		id: "dd-f-ignored",
		operations: ["dd"],
		difference: "the subject ignores -f and finds out the format by itself, the reference takes it as it is given",
		documented: "docs/dd.md",
		state: "open",
		handling: {
			kind: "unreachable",
			because: "the source’s format is never named"
		}
	},
	{
		id: "dd-options",
		operations: ["dd"],
		difference: "the subject refuses seek, osize, isize, conv, -n, -l, -U and the standard input",
		documented: "docs/dd.md",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "none of these is asked for"
		}
	},
	{
		id: "amend-zstd-downgrade",
		operations: ["amend"],
		difference: "the subject makes no image of the older version of one whose clusters are compressed by zstd",
		documented: "its plan for amend",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "no image that is amended is made with zstd"
		}
	},
	{
		id: "amend-other-keys",
		operations: ["amend"],
		difference: "the subject knows compat and lazy_refcounts alone, the reference changes more",
		documented: "its plan for amend",
		state: "open",
		handling: {
			kind: "unreachable",
			because: "nothing else is asked for"
		}
	},
	{
		id: "amend-dirty",
		operations: ["amend"],
		difference: "the subject refuses an image that is marked as dirty or corrupt",
		documented: "its plan for amend",
		state: "by design",
		handling: {
			kind: "unreachable",
			because: "the reference closes the images that it makes"
		}
	},
	{
		id: "amend-ext-overflow",
		operations: ["amend"],
		difference: "the subject refuses an image whose header extensions do not fit into a cluster any more",
		documented: "its plan for amend",
		state: "open",
		handling: {
			kind: "unreachable",
			because: "the names of backing files are short"
		}
	},
	{
		id: "amend-noop",
		operations: ["amend"],
		difference: "where nothing is to be changed the subject leaves the file alone, the reference may write it again",
		documented: "its plan for amend",
		state: "by design",
		handling: {
			kind: "tolerate",
			where: "what is said and read of an image is compared, not its bytes"
		}
	},
	{
		id: "amend-feature-table",
		operations: ["amend"],
		difference: "the subject adds no table of feature names to an image of the newer version",
		documented: "its plan for amend",
		state: "by design",
		handling: {
			kind: "tolerate",
			where: "no description of an image holds that table"
		}
	},
	{
		id: "amend-lazy-downgrade",
		operations: ["amend"],
		difference: "the older version and lazy refcounts, asked for together: the reference refuses that unless they are on already; not described for the subject",
		documented: "measured: qemu-img 5.2 to 11.1; in none of the subject’s documents",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: ({ options: { asks } }) => asks === "compat=0.10,lazy_refcounts=on"
		}
	},
	{
		id: "amend-snapshots",
		operations: ["amend"],
		difference: "an image with an internal snapshot: not described for the subject",
		documented: "no source; avoided until somebody says what is meant",
		state: "unknown",
		handling: {
			kind: "avoid",
			applies: ({ options: { snapshot } }) => snapshot !== void 0
		}
	}
];
const LIFTABLE = GAPS.flatMap(({ id, handling }) => handling.kind === "avoid" ? [id] : []);
function unlifted(lifted, ledger = GAPS) {
	return ledger.filter(({ id }) => !lifted.includes(id));
}
function gapsWithout(lifted, ledger = GAPS) {
	const gaps = unlifted(lifted, ledger).filter(({ versions }) => versions === void 0);
	return (choice, source) => firstGap(gaps, choice, source)?.id;
}
function isDamaged({ mistakes = [] }) {
	return mistakes.some((name) => name.startsWith("damaged"));
}
// src/verdict/severity.ts
const SEVERITIES = [
	"data-loss",
	"corruption",
	"crash",
	"refusal",
	"metadata",
	"leniency",
	"version-dependent"
];
const SEVERITY_WORDS = {
	"data-loss": "data that a guest or a user relies on is wrong, lost or changed, or its loss is reported as success",
	corruption: "the image that the subject made is damaged, or the reference or a third program cannot use it",
	crash: "the subject crashed",
	refusal: "the subject fails where the reference works",
	metadata: "what is said of an image differs",
	leniency: "the subject accepts what the reference refuses",
	"version-dependent": "another version of the reference does as the subject does"
};
function severityOf(finding, versionDependent) {
	return versionDependent && !breaksInvariant(finding) ? "version-dependent" : ofKind$1(finding);
}
function bySeverity(one, other) {
	return SEVERITIES.indexOf(one) - SEVERITIES.indexOf(other);
}
function isGrave(judgement) {
	const severity = ofKind$1(judgement);
	return severity === "data-loss" || severity === "corruption";
}
const WHAT_IS_BELOW = [
	"/backing-filename",
	"/full-backing-filename",
	"/backing-filename-format"
];
const BY_WHAT_IS_BELOW = [
	"content",
	"size",
	"unreadable"
];
function explains(earlier, worse) {
	const differences = earlier.kind === "json" ? earlier.differences : [];
	if (BY_WHAT_IS_BELOW.includes(worse.kind) && differences.some(({ pointer }) => WHAT_IS_BELOW.includes(pointer))) return true;
	const { subject, reference } = earlier.kind === "size" ? earlier : differences.find(({ pointer }) => pointer === "/virtual-size") ?? {};
	if (subject === void 0 || reference === void 0 || snapshotOf(earlier) !== snapshotOf(worse)) return false;
	if (worse.kind === "content") return worse.offset >= Math.min(Number(subject), Number(reference));
	return worse.kind === "size";
}
function snapshotOf(judgement) {
	return "snapshot" in judgement ? judgement.snapshot : void 0;
}
function breaksInvariant(finding) {
	return finding.kind === "content" && finding.broken !== void 0;
}
function ofKind$1(finding) {
	switch (finding.kind) {
		case "content":
		case "input-modified": return "data-loss";
		case "size": return finding.subject < finding.reference ? "data-loss" : "metadata";
		case "unreadable": return "corruption";
		case "inconsistent": return isOwnCheck(finding) ? "metadata" : "corruption";
		case "crash": return "crash";
		case "exit": return ofEnds(finding);
		case "json": return isLessOfDisk(finding) ? "data-loss" : "metadata";
		case "unparsable":
		case "above-bound": return "metadata";
	}
}
function isLessOfDisk({ what, differences }) {
	if (what === "its own report") return false;
	return differences.some(({ pointer, subject, reference }) => pointer === "/virtual-size" && Number(subject) < Number(reference) || ["/backing-filename", "/snapshots"].includes(pointer) && subject === "absent");
}
function isOwnCheck({ type }) {
	return type.endsWith(TYPE_ENDS.counts) || type.endsWith(TYPE_ENDS.twinCheck);
}
function ofEnds({ type, subject, reference }) {
	if (succeeded(reference)) return "refusal";
	if (!succeeded(subject)) return "metadata";
	return [
		TYPE_ENDS.identity,
		TYPE_ENDS.unreadable,
		TYPE_ENDS.unwritten
	].some((end) => type.endsWith(end)) ? "data-loss" : "leniency";
}
// src/triage/jury.ts
const VOTES = [
	"reference",
	"subject",
	"otherwise",
	"nothing",
	"same-size",
	"other-size",
	"unreadable"
];
function describeVote({ says }) {
	switch (says) {
		case "reference": return "like the reference";
		case "subject": return "like the subject";
		case "otherwise": return "like neither";
		case "nothing": return "could not be judged";
		case "same-size": return "size like the reference";
		case "other-size": return "sees another size than in the reference’s file";
		case "unreadable": return "can read the reference’s file but not the subject’s";
	}
}
function severityOfBug({ finding, jury }) {
	return severityOf(finding, jury.some(({ says }) => says === "subject"));
}
function isAboutFiles({ kind }) {
	return [
		"content",
		"size",
		"unreadable",
		"inconsistent",
		"json"
	].includes(kind);
}
// src/sandbox/host.ts
var CannotRun = class extends Error {};
// src/sandbox/owner.ts
function ownerOf(pid) {
	const started = startTime(pid);
	return started === void 0 ? void 0 : `${pidSpace()}.${pid}.${started}`;
}
function isAbandoned(owner) {
	const [space, pid, started] = owner.split(".");
	if (space !== pidSpace() || !/^\d+$/.test(pid ?? "")) return false;
	return startTime(Number(pid)) !== started;
}
function pidSpace() {
	return readFileSync$1("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8) + readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
}
function startTime(pid) {
	try {
		const stat = readFileSync$1(`/proc/${pid}/stat`, "utf8");
		return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
	} catch {
		return;
	}
}
// src/sandbox/scratch.ts
const PARTS = ["tools", "subject"];
function areaOf(scratchPath, part) {
	return part === "tools" ? scratchPath : join(scratchPath, "open");
}
function homeOf(scratchPath, part) {
	return join(areaOf(scratchPath, part), "home");
}
function pipesOf(scratchPath, part) {
	return join(areaOf(scratchPath, part), "pipes");
}
const UNPRIVILEGED = 65534;
function containerUser() {
	const uid = process.getuid?.() ?? 0;
	return uid === 0 ? {
		uid: UNPRIVILEGED,
		gid: UNPRIVILEGED
	} : {
		uid,
		gid: process.getgid?.() ?? uid
	};
}
const PREFIX = "differential-fuzz.";
const LEAST_ROOM = 256 * MiB;
const ROOM_IN_MEMORY = MOST_DRAWN + LEAST_ROOM;
function scratchParents(temporary = tmpdir()) {
	return ["/dev/shm", temporary];
}
function chooseScratchPath(owner, parents = scratchParents(), free = freeBytes) {
	const parent = parents.find((place, at) => free(place) >= (at === 0 ? ROOM_IN_MEMORY : LEAST_ROOM)) ?? parents.find((place) => free(place) >= LEAST_ROOM);
	if (parent === void 0) {
		const places = parents.map((place) => `${place} (${Math.max(0, Math.floor(free(place) / MiB))} MiB)`);
		throw new CannotRun(`There is no room for scratch images: at least ${LEAST_ROOM / MiB} MiB must be free and writable in one of ${places.join(", ")}. Free some space there.`);
	}
	return join(realpathSync(parent), `${PREFIX}${owner}`);
}
function makeScratch(path, user) {
	for (const part of PARTS) {
		const own = [areaOf(path, part), homeOf(path, part)];
		for (const directory of own) mkdirSync(directory, { mode: 448 });
		mkdirSync(pipesOf(path, part));
		chmodSync(pipesOf(path, part), 457);
		if (process.getuid?.() === 0) for (const directory of own) chownSync(directory, user.uid, user.gid);
	}
	return {
		path,
		user
	};
}
function freeBytes(path) {
	try {
		accessSync(path, constants$1.W_OK);
		const { bavail, bsize } = statfsSync(path);
		return bavail * bsize;
	} catch {
		return -1;
	}
}
function removeTree(path) {
	try {
		rmSync(path, {
			recursive: true,
			force: true
		});
	} catch (error) {
		if (lstatSync(path).isSymbolicLink()) throw error;
		for (const [program, ...args] of [[
			"/bin/chmod",
			"-R",
			"u+rwX"
		], ["/bin/rm", "-rf"]]) execFileSync(program, [
			...args,
			"--",
			path
		], {
			stdio: "ignore",
			env: {}
		});
	}
}
function sweepScratch(parents = scratchParents()) {
	for (const parent of parents) for (const name of listOf(parent)) if (name.startsWith(PREFIX) && isAbandoned(name.slice(18))) sweepOne(join(parent, name));
}
function sweepOne(path) {
	try {
		const ours = [
			0,
			process.getuid?.(),
			containerUser().uid
		];
		const status = lstatSync(path);
		if (status.isDirectory() && ours.includes(status.uid)) removeTree(path);
	} catch {}
}
function listOf(parent) {
	try {
		return readdirSync(parent);
	} catch {
		return [];
	}
}
// src/sandbox/sandbox.ts
async function greeted(lanes) {
	try {
		await Promise.all(PARTS.map((part) => lanes[part].sessionLeader()));
		return lanes;
	} catch (error) {
		abandon(lanes);
		throw error;
	}
}
function abandon(lanes) {
	for (const part of PARTS) lanes[part].kill();
}
var SandboxGone = class extends CannotRun {
	constructor(why) {
		super(`The sandbox is gone, no command can be run in it any more: ${why}`);
	}
};
const REFERENCE = "qemu-img";
const TWIN_CHECKS = [
	"none",
	"describe",
	"examine",
	"read"
];
const CALLED_FROM = ["above"];
const MISTAKEN = .4;
const MOST_MISTAKES = 4;
const TWINNED = .8;
const CALLED_FROM_ELSEWHERE = .4;
const REDRAWS = 48;
const REDRAWS_OF_OPTIONS = 6;
function makePlan(seed, index, catalogue) {
	const draw = seededDraw(`${seed}/${index}`);
	const length = draw.integer(2, 4);
	const swarm = drawSwarm(draw);
	const avoided = [];
	for (let attempt = 1;; attempt += 1) {
		const source = drawSource(draw, swarm);
		const steps = Array.from({ length }, (_, before) => {
			const position = before + 1;
			return drawStep({
				seed: `${seed}/${index}/${position}`,
				position,
				source,
				swarm,
				catalogue,
				avoided
			});
		});
		if (steps.some((step) => step.kind === "run") || attempt === REDRAWS) return {
			version: 3,
			seed,
			index,
			swarm,
			source,
			steps,
			avoided
		};
	}
}
function drawStep({ seed, position, catalogue, avoided, ...circumstances }) {
	const draw = seededDraw(seed);
	let operation = draw.pick(catalogue.operations);
	let others = [...catalogue.operations];
	for (let attempt = 1;; attempt += 1) {
		const choice = drawChoice(draw, operation, circumstances);
		const gap = catalogue.gapOf(choice, circumstances.source);
		if (gap === void 0) {
			const manner = drawManner(draw, operation, circumstances).filter((one) => {
				const kept = catalogue.gapOf({
					...choice,
					...one
				}, circumstances.source);
				if (kept !== void 0) avoided.push(kept);
				return kept === void 0;
			});
			const mistakes = manner.flatMap((one) => one.mistakes ?? []);
			const [from] = manner.flatMap(({ calledFrom }) => calledFrom ?? []);
			const asked = {
				...mistakes.length > 0 && { mistakes },
				...from && { calledFrom: from }
			};
			return {
				kind: "run",
				position,
				...choice,
				...asked
			};
		}
		avoided.push(gap);
		if (attempt === REDRAWS) return {
			kind: "skipped",
			position,
			operation: choice.operation,
			gap
		};
		if (attempt % REDRAWS_OF_OPTIONS === 0) {
			others = others.filter((other) => other !== operation);
			const [first = operation, ...rest] = others;
			operation = draw.pick([first, ...rest]);
		}
	}
}
function drawChoice(draw, { name, nature, pick }, circumstances) {
	const options = pick(draw, circumstances);
	const twin = draw.chance(TWINNED) ? draw.pick([
		"describe",
		"examine",
		"read"
	]) : "none";
	return {
		operation: name,
		options,
		twin: nature.leavesNone ? "none" : twin
	};
}
function drawManner(draw, picker, circumstances) {
	const mistakes = drawMistakes(draw, picker, circumstances).map((name) => ({ mistakes: [name] }));
	return draw.chance(CALLED_FROM_ELSEWHERE) ? [...mistakes, { calledFrom: draw.pick(CALLED_FROM) }] : mistakes;
}
function drawMistakes(draw, { mistakes }, { swarm }) {
	if (!swarm.includes("mistakes") || !draw.chance(MISTAKEN)) return [];
	const groups = [...mistakes];
	const drawn = [];
	while (drawn.length < MOST_MISTAKES && groups.length > 0) {
		const [[first, ...others] = []] = groups.splice(draw.integer(0, groups.length - 1), 1);
		if (first !== void 0) drawn.push(draw.pick([first, ...others]));
	}
	return drawn;
}
// src/operations/parts/fields.ts
const known = new Map();
function fieldsOf(operation) {
	const before = known.get(operation);
	if (before) return before;
	const fields = readFields(operation);
	known.set(operation, fields);
	return fields;
}
function readFields(operation) {
	const found = OPERATIONS.find(({ name }) => name === operation);
	if (found === void 0) return new Map();
	const options = fieldsIn(nodeOf(found.schema), "options", (choice) => choice.options);
	const source = fieldsIn(nodeOf(Source), "source", (_, own) => own);
	const mistakes = {
		kind: "words",
		words: found.mistakes.flat(),
		read: ({ mistakes: made }) => made ?? []
	};
	const from = {
		kind: "word",
		words: CALLED_FROM,
		read: ({ calledFrom }) => calledFrom
	};
	return new Map([
		...options,
		...source,
		["mistakes", mistakes],
		["calledFrom", from]
	]);
}
function fieldsIn(node, prefix, root) {
	const fields = new Map();
	for (const [path, member] of membersOf$1(node)) {
		const name = [prefix, ...path].join(".");
		const read = (choice, source) => path.reduce(memberOf, root(choice, source));
		const field = fieldAt(member, read);
		if (field) fields.set(name, merged(fields.get(name), field));
	}
	return [...fields];
}
function membersOf$1(node) {
	return alternativesOf(node).flatMap(({ entries = {} }) => Object.entries(entries).flatMap(([name, entry]) => {
		const inner = insideOf(entry);
		return inner.type === "strict_object" || inner.type === "variant" ? membersOf$1(inner).map(([path, leaf]) => [[name, ...path], leaf]) : [[[name], inner]];
	}));
}
function fieldAt(node, read) {
	switch (node.type) {
		case "number": return {
			kind: "number",
			words: [],
			read
		};
		case "picklist": return choiceAt(node.options ?? [], read);
		case "literal": return choiceAt([node.literal], read);
		case "boolean": return choiceAt([true, false], read);
		case "array": {
			const key = node.item?.key;
			if (key === void 0) return void 0;
			return {
				kind: "words",
				words: alternativesOf(node.item).flatMap(({ entries = {} }) => kindsOf$1(entries[key])),
				read: (choice, source) => kindsIn$1(read(choice, source), key)
			};
		}
		default: return;
	}
}
function kindsOf$1(node) {
	return node === void 0 ? [] : ordinaryOf(node).map(String);
}
function choiceAt(values, read) {
	if (values.every((value) => typeof value === "number")) return {
		kind: "number",
		words: [],
		read
	};
	return {
		kind: "word",
		words: values.map(String),
		read
	};
}
function kindsIn$1(list, key) {
	return Array.isArray(list) ? list.map((item) => memberOf(item, key)) : [];
}
function merged(one, other) {
	return one === void 0 ? other : {
		...one,
		words: [...new Set([...one.words, ...other.words])]
	};
}
// src/trust/inert.ts
const STEERING = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}|\p{Variation_Selector}/gu;
function inertLine(text, most = 400) {
	return cut(text.slice(0, most).replace(STEERING, escapeOf).replaceAll("##[", "#\\x23[").replace(/^(\s*):(?=:)/, "$1\\x3a"), most, Math.max(0, text.length - most));
}
function inertLines(text, most = 4e3) {
	return cut(text, most).split(/\r\n|\r|\n/).map((line) => inertLine(line, most)).join("\n");
}
function markdownCode(text, most = 200) {
	const line = inertLine(text, most);
	const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${(line.startsWith("`") || line.endsWith("`") || line.trim() === "" ? ` ${line} ` : line).replaceAll("|", "\\|")}${fence}`;
}
function markdownBlock(text, language = "", most = 4e3) {
	const lines = inertLines(text, most);
	const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${language}\n${lines}\n${fence}`;
}
const ACTING = /[`*~[\]<>&@#|$]|:(?=\/\/)|(?<=\bwww)\.|(?<=\bgh)-(?=\d)|\b[0-9a-f](?=[0-9a-f]{39}\b)|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f](?=[0-9a-f]{6,39}\b)/giu;
function plainTitle(text, most = 200) {
	const plain = inertLine(text, 4 * most).replace(ACTING, escapeOf).replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, escapeOf);
	return plain.length <= most ? plain : `${plain.slice(0, most - 1).replace(/\p{Cs}$/u, "")}…`;
}
function inertJson(value, indent = 1) {
	return JSON.stringify(value, finite, indent).replace(/[^\n\x20-\x7e]|[`<>&@#]/g, unicodeEscape);
}
function finite(_, value) {
	if (typeof value !== "number" || Number.isFinite(value)) return value;
	return Number.isNaN(value) ? 0 : Math.sign(value) * Number.MAX_VALUE;
}
function unicodeEscape(character) {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
function escapeOf(character) {
	const code = character.codePointAt(0) ?? 0;
	return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}
function cut(text, most, beyond = 0) {
	const more = Math.max(0, text.length - most) + beyond;
	return more === 0 ? text : `${text.slice(0, most).replace(/\p{Cs}$/u, "")}… (${more} more characters)`;
}
// src/verdict/counted.ts
function counted(number, one) {
	return `${number} ${number === 1 ? one : `${one}s`}`;
}
// src/verdict/verdict.ts
function judge(steps) {
	const divergent = steps.filter((step) => step.kind === "divergent");
	const worst = divergent.find(({ finding }) => isGrave(finding)) ?? divergent[0];
	if (worst) return worst;
	const inconclusive = steps.find((step) => step.kind === "inconclusive");
	if (inconclusive) return inconclusive;
	if (steps.some((step) => step.kind === "ok")) return { kind: "ok" };
	return {
		kind: "inconclusive",
		reason: { kind: "nothing_to_compare" }
	};
}
const PROMPT_MILLISECONDS = 1e3;
function isSuspicious(reason) {
	return reason.kind === "inconclusive_external_timeout" && reason.referenceMilliseconds !== void 0 && reason.referenceMilliseconds < PROMPT_MILLISECONDS;
}
// src/verdict/words.ts
function describeFinding(finding) {
	const words = describe$1(finding);
	const asked = finding.mistake === void 0 ? "" : `asked with a mistake (${finding.mistake}), `;
	return {
		...words,
		title: `${finding.operation}: ${asked}${words.title}`
	};
}
function describeBug(finding, traits) {
	const { title } = describeFinding(finding);
	return traits.length === 0 ? title : `${title} (${traits.join(", ")})`;
}
function describe$1(finding) {
	switch (finding.kind) {
		case "exit": return {
			title: exitTitle(finding),
			expected: `${describeExit(finding.reference)}${succeeded(finding.subject) ? ` (${finding.message})` : ""}`,
			got: `${describeExit(finding.subject)}${succeeded(finding.subject) ? "" : ` (${finding.message})`}`
		};
		case "crash": return {
			title: "the subject crashed",
			expected: "an orderly end, success or refusal",
			got: `${describeExit(finding.subject)} (${finding.message})`
		};
		case "input-modified": return {
			title: `the subject changed ${finding.file}, which it should only read`,
			expected: "the input stays byte-identical",
			got: "the input has other bytes"
		};
		case "json": return describeJson(finding);
		case "unparsable": return describeUnparsable(finding);
		default: return describeFile(finding);
	}
}
function exitTitle({ subject, reference }) {
	if (succeeded(reference)) return "the subject fails where the reference succeeds";
	return succeeded(subject) ? "the subject succeeds where the reference fails" : "the exit codes differ";
}
function expectedLabel(finding) {
	const always = [
		"crash",
		"input-modified",
		"above-bound"
	].includes(finding.kind);
	const isInvariant = finding.kind === "content" && finding.broken !== void 0;
	return always || isInvariant ? "expected (of any tool)" : "expected (reference)";
}
function readWhere({ file, twin, snapshot }) {
	if (twin) return `the subject reads other data from ${file}, which the reference wrote,`;
	return `a guest reads other data from ${diskIn(file, snapshot)}`;
}
function diskIn(file, snapshot) {
	return snapshot === void 0 ? file : `the snapshot “${snapshot}” in ${file}`;
}
function describeFile(finding) {
	switch (finding.kind) {
		case "content": return {
			title: `${readWhere(finding)} at ${hex(finding.offset)}`,
			expected: finding.broken ?? "what the reference’s image holds",
			got: `other data from byte ${finding.offset} (${hex(finding.offset)}) on${finding.both ? "; the reference breaks this too" : ""}`
		};
		case "size": return {
			title: `${diskIn(finding.file, finding.snapshot)} is a disk of another size${finding.reader ? ` to ${finding.reader}` : ""}`,
			expected: `${finding.reference} bytes`,
			got: `${finding.subject} bytes`
		};
		case "unreadable": return {
			title: `${finding.reader ?? "the reference"} cannot use the subject’s ${finding.file}`,
			expected: "a readable image",
			got: finding.message
		};
		case "inconsistent": return {
			title: `check counts other damage in ${finding.file}`,
			expected: describeCounts(finding.reference),
			got: describeCounts(finding.subject)
		};
		case "above-bound": return {
			title: `${finding.what} became larger than measured`,
			expected: `at most ${finding.bound} bytes, by \`${finding.member}\``,
			got: `${finding.value} bytes`
		};
	}
}
function describeUnparsable({ what, member, start }) {
	return {
		title: `${what} is not valid JSON${member === void 0 ? "" : `, or lacks the member ${member}`}`,
		expected: member === void 0 ? "one whole JSON document" : `a JSON document with the member ${member}`,
		got: start
	};
}
function describeJson({ what, differences }) {
	const [first] = differences;
	const more = differences.length > 1 ? ` and ${differences.length - 1} more` : "";
	return {
		title: `${what} differs in ${first?.pointer === "" ? "the whole document" : first?.pointer ?? ""}${more}`,
		expected: differences.map((one) => `${one.pointer} = ${one.reference}`).join(", "),
		got: differences.map((one) => `${one.pointer} = ${one.subject}`).join(", ")
	};
}
function describeCounts({ corruptions, leaks, errors }) {
	return [
		counted(corruptions, "corruption"),
		counted(leaks, "leak"),
		counted(errors, "check error")
	].join(", ");
}
function hex(offset) {
	return `0x${offset.toString(16)}`;
}
function describeReason(reason) {
	switch (reason.kind) {
		case "inconclusive_external_timeout": return `the ${reason.side} ran longer than ${reason.seconds} s (${reason.command})${isSuspicious(reason) ? ", where the reference was prompt" : ""}`;
		case "killed": return `a command on the ${reason.side}’s side was killed from outside, most likely for want of memory (${reason.command})`;
		case "missing_helper": return `${reason.helper} is missing in the image`;
		case "fixture_failed": return `the reference could not make the input (${reason.command}: ${reason.message})`;
		case "reference_failed": return `the reference could not read back its own result (${reason.command}: ${reason.message})`;
		case "reference_invariant": return `the reference itself broke what must hold, and the subject did not: ${reason.says} (${reason.message})`;
		case "scratch_full": return describeRoom(reason);
		case "limit_reached": return `a difference was seen while there were no more ${reason.limit} to be had in the sandbox, which may have caused it`;
		case "reference_crashed": return `the reference broke down itself (${reason.command}: ${reason.message})`;
		case "leads_elsewhere": return `the subject left a link where ${reason.file} should be: what was compared may have been another file`;
		case "own_conversion_failed": return `the subject could not make what it had measured (${reason.message})`;
		case "not_started": return `the subject could not be started any more, as if it had been rebuilt (${reason.message})`;
		case "too_much_said": return `an answer has ${reason.bytes} bytes, of which only the beginning is kept`;
		case "flaky": return `a difference came back only ${reason.cameBack} of ${reason.tries} times when it was tried again`;
		case "lane_lost": return `the lane broke twice (${reason.message})`;
		case "nothing_to_compare": return "known gaps covered every step";
	}
}
function describeRoom({ freeBytes, neededBytes }) {
	if (neededBytes === void 0 && freeBytes === 0) return "there was no room left in the scratch space";
	const needed = neededBytes === void 0 ? "" : `, ${roughly(neededBytes, Math.ceil)} needed`;
	return `a difference was seen while the scratch space had too little room (${roughly(freeBytes, Math.floor)} free${needed}), which may have caused it`;
}
function roughly(bytes, round) {
	const [MiB, GiB] = [2 ** 20, 2 ** 30];
	return bytes < GiB ? `${round(bytes / MiB)} MiB` : `${(round(bytes / GiB * 10) / 10).toFixed(1)} GiB`;
}
// src/report/one-line.ts
function bugLine(bug) {
	const { finding, traits, indices, fingerprint } = bug;
	return inertLine(`Bug ${fingerprint} (${severityOfBug(bug)}), ${indices.length === 0 ? "met by no iteration of this run" : `seen ${indices.length} ×`}: ${describeBug(finding, traits)}`);
}
function findingLine({ index, finding }) {
	return inertLine(`Iteration ${index}, step ${finding.step}: ${describeFinding(finding).title}`);
}
// src/triage/bug.ts
const FINGERPRINT = /^[0-9a-f]{16}$/;
function describeOrigin(origin) {
	switch (origin) {
		case "before": return "it was there before: the baseline shows it too";
		case "introduced": return "introduced here: the baseline does not show it";
		case "unknown": return;
	}
}
// src/history/history.ts
const HISTORY_VERSION = 1;
const PLAN_CHARACTERS = 12e3;
const HISTORY_CHARACTERS = 5e6;
const count = pipe(number$2(), integer(), minValue(0), maxValue(1e9));
const date = pipe(string(), regex(/^\d{4}-\d\d-\d\d$/), check$2((text) => !Number.isNaN(Date.parse(text))));
const PastRun = strictObject({
	id: pipe(string(), regex(/^\d{1,20}$/)),
	date,
	seconds: pipe(number$2(), minValue(0), maxValue(1e6)),
	ok: count,
	divergent: count,
	inconclusive: count,
	bugs: count
});
const PastBug = strictObject({
	scheme: count,
	fingerprint: pipe(string(), regex(FINGERPRINT)),
	first: date,
	last: date,
	runs: count,
	sightings: count,
	nights: count,
	issue: optional(pipe(count, minValue(1))),
	plan: optional(unknown())
});
const Progress = strictObject({
	of: pipe(string(), regex(/^[0-9a-f]{16}$/)),
	next: count
});
const NO_HISTORY = {
	runs: [],
	bugs: [],
	progress: []
};
const Stored = strictObject({
	version: literal(HISTORY_VERSION),
	runs: pipe(array(PastRun), maxLength(100)),
	bugs: pipe(array(PastBug), maxLength(300)),
	progress: optional(pipe(array(Progress), maxLength(20)), [])
});
function historyText(history) {
	return `${inertJson({
		version: HISTORY_VERSION,
		...history
	}, 0)}\n`;
}
function parseHistory(text) {
	if (text.length > 5e6) return void 0;
	const parsed = safeParse(Stored, parseOutsideJson(text));
	if (!parsed.success) return void 0;
	const { runs, bugs, progress } = parsed.output;
	return {
		runs,
		progress,
		bugs: bugs.filter(({ scheme }) => scheme === 1)
	};
}
function pastOf(fingerprint, { bugs }) {
	return bugs.find((bug) => bug.fingerprint === fingerprint);
}
// src/report/forms.ts
const MOST_ENTRIES = 1e3;
const whole = (most) => pipe(number$2(), integer(), minValue(0), maxValue(most));
const amount = pipe(number$2(), finite$1());
const million = whole(1e6);
const word$1 = pipe(string(), regex(/^[\w.-]{1,100}$/));
const gap = pipe(string(), regex(GAP_ID));
const operation = picklist(OPERATION_NAMES);
const fingerprint = pipe(string(), regex(FINGERPRINT));
const some = (one) => pipe(array(one), maxLength(MOST_ENTRIES));
const exactly = () => (form) => form;
// src/report/kept.ts
function keepText(directory, name, text) {
	const path = join(directory, name);
	try {
		writeFileSync$1(`${path}.new`, text);
		renameSync(`${path}.new`, path);
	} catch (error) {
		rmSync(`${path}.new`, { force: true });
		throw error;
	}
}
function keepJson(directory, name, value, indent = 1) {
	keepText(directory, name, `${inertJson(value, indent)}\n`);
}
var KeptFiles = class {
	directory;
	#damaged = new Set();
	constructor(directory) {
		this.directory = directory;
	}
	get damaged() {
		return [...this.#damaged];
	}
	read(name, parse) {
		const path = join(this.directory, name);
		if (!existsSync$1(path)) return void 0;
		try {
			const parsed = parse(readFileSync$1(path, "utf8"));
			if (parsed !== void 0) return parsed;
		} catch {}
		this.#damaged.add(name);
	}
	json(name, form) {
		return this.read(name, (text) => inForm(form, parseOutsideJson(text)));
	}
	lines(name) {
		const read = this.read(name, wholeLines);
		if (read?.someLost) this.#damaged.add(name);
		return read?.lines ?? [];
	}
};
function inForm(form, value) {
	const { success, output } = safeParse(form, value);
	return success ? output : void 0;
}
function wholeLines(text) {
	const all = text.split("\n").filter((line) => line !== "");
	const lines = all.map((line) => parseOutsideJson(line)).filter((line) => typeof line === "object" && line !== null);
	return {
		lines,
		someLost: lines.length < all.length
	};
}
// src/execution/qemu-io.ts
const PLAIN = /^[\w./+-]+$/;
const OPEN$1 = /^open -o driver=(\w+) (\S+)$/;
const DATA_FILE = /^(write .*-s )(\S+)/;
function writingOf(args, directory) {
	const commands = commandsOf(args);
	const images = commands.flatMap((command) => {
		const [, format, file] = OPEN$1.exec(command) ?? [];
		return format && file ? [{
			format,
			path: join(directory, file)
		}] : [];
	});
	const opened = commands.filter((command) => command.startsWith("open "));
	if (images.length === 0 || images.length !== opened.length || !images.every(({ path }) => PLAIN.test(path))) return;
	return {
		images,
		commands: commands.map((command) => command.replace(OPEN$1, (_, format, file) => `open -o driver=${format} ${join(directory, file)}`).replace(DATA_FILE, (_, words, file) => `${words}${join(directory, file)}`))
	};
}
function commandsOf(args) {
	const commands = args.filter((_, at) => args[at - 1] === "-c");
	if (args[0] !== "-f") return commands;
	return [
		`open -o driver=${args[1]} ${args.at(-1)}`,
		...commands,
		"close"
	];
}
function bothOf(args, directory) {
	const images = comparedImages(args);
	if (images === void 0) return void 0;
	const children = images.map((image, child) => childOf(image, child, directory));
	if (children.includes(void 0)) return void 0;
	return ["driver=quorum,vote-threshold=2", ...children].join(",");
}
function comparedImages(args) {
	const [command, ...words] = args;
	if (command !== "compare") return void 0;
	if (words[0] === "--image-opts" && words.length === 3) return [words[1] ?? "", words[2] ?? ""];
	const [f, format, F, other, one, another] = words;
	if (f !== "-f" || F !== "-F" || words.length !== 6) return void 0;
	const ofFile = (driver = "", path = "") => `driver=${driver},file.driver=file,file.filename=${path}`;
	return [ofFile(format, one), ofFile(other, another)];
}
function childOf(image, child, directory) {
	const options = image.split(",").map((option) => {
		const [key = "", value = ""] = option.split("=");
		const said = key.endsWith("filename") ? join(directory, value) : value;
		return PLAIN.test(said) ? `children.${child}.${key}=${said}` : void 0;
	});
	return options.includes(void 0) ? void 0 : options.join(",");
}
function lengthIn(map) {
	const [, length, offset] = [...map.matchAll(/\(0x([\da-f]+)\) bytes .*\(0x([\da-f]+)\)/g)].at(-1) ?? [];
	return length && offset ? Number.parseInt(length, 16) + Number.parseInt(offset, 16) : void 0;
}
const PROMPT = "qemu-io> ";
// src/execution/bytes.ts
const SECONDS$1 = 60;
const COMPARE = `
MiB=1048576 most=16
size() { ${REFERENCE} info --image-opts "$1" | sed -n 's/^virtual size: .*(\\([0-9]*\\) bytes).*/\\1/p'; }
one=$(size "$1") && other=$(size "$2") && [ -n "$one" ] && [ -n "$other" ] || exit 1
[ "$one" -ge "$other" ] && size=$one || size=$other
from=$(($3 / MiB * MiB)) to=$size
[ $from -ge $((most * MiB)) ] || from=0
[ $((to - from)) -le $((most * MiB)) ] || to=$((from + most * MiB))
copy() {
  rm -rf "$2" && : >"$2"
  [ "$3" -lt $to ] && part=$(($3 - from)) || part=$((to - from))
  [ $part -le 0 ] || ${REFERENCE} dd --image-opts -O raw bs=$MiB "if=driver=raw,offset=$from,size=$part,file.$(echo "$1" | sed 's/,/,file./g')" "of=$2" >/dev/null || exit 1
  truncate -s $((to - from)) "$2"
}
copy "$1" bytes.expected "$one" && copy "$2" bytes.got "$other" || exit 1
echo "disk $size $from $to"
cmp -l bytes.expected bytes.got | awk -v from=$from -v most=32 '
  n && $1 - last < 16 { last = $1; next }
  n { print "range", from + first - 1, from + last }
  n == most { print "more"; ended = 1; exit }
  { n++; first = last = $1 }
  END { if (n && !ended) print "range", from + first - 1, from + last }
' >bytes.ranges
cat bytes.ranges
read -r word at rest <bytes.ranges || exit 1
start=$(((at - from) / 16 * 16 - 64))
[ $start -gt 0 ] || start=0
echo "start $((from + start))"
for side in expected got; do
  echo "$side $(od -A n -v -t x1 -j $start -N 256 bytes.$side | tr -d ' \\n')"
done
`;
function failedComparison(entries) {
	return entries.filter(({ purpose }) => purpose === "readback").findLast((entry) => !succeeded(entry.exit) && entry.args.some(isSubjects));
}
function isSubjects(word) {
	return /(^|=)(subject|twin)\//.test(word);
}
async function readBytes(transcript, offset, { lanes, directories }) {
	const comparison = failedComparison(transcript);
	const images = comparison && imagesOf(comparison);
	if (images === void 0) return void 0;
	const argv = [
		"sh",
		"-c",
		COMPARE,
		"sh",
		...images,
		String(offset)
	];
	const { exit, stdout } = await lanes.tools.run({
		directory: directories.all,
		argv,
		timeoutSeconds: SECONDS$1
	});
	return succeeded(exit) ? parse(stdout.text) : void 0;
}
function imagesOf({ args }) {
	const both = comparedImages(args);
	return both && isSubjects(both[0]) ? [both[1], both[0]] : both;
}
const ANSWER = new RegExp(`^disk (\\d+) (\\d+) (\\d+)\\n((?:range \\d+ \\d+\\n){1,32})(more\\n)?start (\\d+)\\nexpected ([\\da-f]{0,512})\\ngot ([\\da-f]{0,512})\\n$`);
function parse(text) {
	const [, size, from, to, ranges = "", more, start, expected = "", got = ""] = ANSWER.exec(text) ?? [];
	if (start === void 0) return void 0;
	return {
		size: Number(size),
		window: [Number(from), Number(to)],
		ranges: [...ranges.matchAll(/(\d+) (\d+)/g)].map((range) => [Number(range[1]), Number(range[2])]),
		more: more !== void 0,
		start: Number(start),
		expected,
		got
	};
}
// src/sandbox/file-limit.ts
const BLOCK = 512;
function limitFiles(bytes) {
	return `trap '' XFSZ && ulimit -f ${bytes / BLOCK}`;
}
// src/sandbox/capture.ts
const CAPTURE_BYTES = 1048576;
const STATUS_BYTES = 16;
const OVERLONG = "overlong";
var Capture = class {
	#mark;
	#kept = [];
	#keptBytes = 0;
	#bytes = 0;
	#tail = Buffer.alloc(0);
	constructor(mark) {
		this.#mark = Buffer.from(`\n${mark} `);
	}
	add(chunk) {
		const window = Buffer.concat([this.#tail, chunk]);
		const at = window.indexOf(this.#mark);
		if (at < 0) {
			const held = Math.min(window.length, this.#mark.length - 1);
			this.#keep(window.subarray(0, window.length - held));
			this.#tail = window.subarray(window.length - held);
			return;
		}
		const end = window.indexOf("\n", at + this.#mark.length);
		if (end < 0 && window.length - at - this.#mark.length > STATUS_BYTES) return OVERLONG;
		if (end < 0) {
			this.#keep(window.subarray(0, at));
			this.#tail = window.subarray(at);
			return;
		}
		this.#keep(window.subarray(0, at));
		return window.subarray(at + this.#mark.length, end).toString("latin1");
	}
	#keep(bytes) {
		const room = CAPTURE_BYTES - this.#keptBytes;
		if (room > 0 && bytes.length > 0) {
			const part = Buffer.from(bytes.subarray(0, room));
			this.#kept.push(part);
			this.#keptBytes += part.length;
		}
		this.#bytes += bytes.length;
	}
	result() {
		return {
			text: Buffer.concat(this.#kept).toString("utf8"),
			bytes: this.#bytes,
			truncated: this.#bytes > this.#keptBytes
		};
	}
};
// src/sandbox/limits.ts
const TELL_REACHED = "reached";
const DEFINE_REACHED = `
${TELL_REACHED}() {
  for f in pids.events pids/pids.events memory.events memory/memory.oom_control; do
    [ -r "/sys/fs/cgroup/$f" ] || continue
    while read -r k n; do
      case $f:$k in pids*:max) echo "processes $n" ;; mem*:oom_kill) echo "memory $n" ;; esac
    done <"/sys/fs/cgroup/$f"
  done
}
`;
const END_FIRST = "{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null\n";
function readReached({ text }) {
	const counted = (limited) => Number(new RegExp(`^${limited} (\\d{1,15})$`, "m").exec(text)?.[1] ?? 0);
	return {
		processes: counted("processes"),
		memory: counted("memory")
	};
}
function together(one, other) {
	return {
		processes: one.processes + other.processes,
		memory: one.memory + other.memory
	};
}
function reachedBetween(before, after) {
	return ["processes", "memory"].find((limited) => after[limited] > before[limited]);
}
const GUARD_FAILED = 125;
const NOT_STARTED = [126, 127];
function guardFailed({ exit, stderr }) {
	return exit.kind === "exited" && exit.code === GUARD_FAILED && stderr.text.startsWith("timeout: ");
}
function wasNotStarted({ exit, stderr }) {
	return exit.kind === "exited" && NOT_STARTED.includes(exit.code) && stderr.text.startsWith("timeout: ");
}
function readStatus(status, milliseconds, seconds) {
	if (milliseconds >= seconds * 1e3) return {
		kind: "timed-out",
		seconds
	};
	if (status > 128 && status <= 192) return {
		kind: "signalled",
		signal: status - 128
	};
	return {
		kind: "exited",
		code: status
	};
}
// src/sandbox/watch.ts
function watchOver(interrupt, seconds) {
	let interrupted;
	const begin = () => {
		interrupted = interrupt();
	};
	const timer = setTimeout(begin, seconds * 1e3);
	return {
		stop: () => clearTimeout(timer),
		isOver: async (most) => interrupted === void 0 || endsWithin(most, interrupted)
	};
}
async function endsWithin(seconds, something) {
	let timer;
	const late = new Promise((resolve) => {
		timer = setTimeout(() => resolve(false), seconds * 1e3);
	});
	const ended = await Promise.race([something.then(() => true), late]);
	clearTimeout(timer);
	return ended;
}
// src/sandbox/lane.ts
var LaneLost = class extends Error {};
const KILL_AFTER_SECONDS = 2;
const GIVE_UP_AFTER_SECONDS = 10;
const REACHED_SECONDS = 10;
const FILE_SIZE_BLOCKS = 16777216;
const STATUS = /^\d{1,3}$/;
const PROCESS_ID = /^\d{1,7}$/;
const UNGUARDED = "-";
const PROLOGUE = `
ulimit -c 0
ulimit -f ${FILE_SIZE_BLOCKS}
r() {
  m=$1 d=$2 t=$3; shift 3
  if cd "$d" 2>/dev/null; then
    unset OLDPWD
    if [ "$t" = ${UNGUARDED} ]; then
      "$@" </dev/null
      s=$?
    else
      timeout -k ${KILL_AFTER_SECONDS} "$t" "$@" </dev/null &
      wait "$!"; s=$?
      kill -9 "-$!" 2>/dev/null
    fi
  else
    s=cd
  fi
  printf '\\n%s %s\\n' "$m" "$s"
  printf '\\n%s %s\\n' "$m" "$s" >&2
}
${DEFINE_REACHED}`;
var Lane = class {
	#shell;
	#interrupt;
	#leader;
	#lastStderr = "";
	#gone;
	#lose = () => {};
	#isBusy = false;
	constructor(shell, interrupt) {
		this.#shell = shell;
		this.#interrupt = interrupt;
		shell.ended.then((how) => {
			this.#gone = `its shell ${how} ${this.#lastStderr}`.trim();
			this.#lose(this.#gone);
		});
		shell.stdin.write(PROLOGUE);
		this.#ignoreOutput();
	}
	sessionLeader() {
		this.#leader ??= this.#askLeader();
		return this.#leader;
	}
	async #askLeader() {
		const { stdout } = await this.run({
			directory: "/",
			argv: [
				"sh",
				"-c",
				"cut -d\" \" -f6 /proc/self/stat"
			],
			timeoutSeconds: 10
		});
		const leader = stdout.text.trim();
		if (!PROCESS_ID.test(leader)) throw new LaneLost("its shell does not tell its process id");
		return leader;
	}
	async run(command) {
		const leader = command.trusted ? await this.sessionLeader() : void 0;
		if (this.#isBusy) throw new Error("a lane does one command at a time");
		this.#isBusy = true;
		try {
			return await this.#run(command, leader);
		} finally {
			this.#isBusy = false;
		}
	}
	async #run(command, leader) {
		const mark = randomUUID();
		const stdout = new Capture(mark);
		const stderr = new Capture(mark);
		this.#lastStderr = "";
		const started = performance$1.now();
		const answer = this.#answer(stdout, stderr, command.timeoutSeconds);
		const watch = leader === void 0 ? void 0 : watchOver(() => this.#interrupt(leader), command.timeoutSeconds);
		this.#shell.stdin.write(callOf(mark, command));
		const status = await answer.finally(() => {
			watch?.stop();
			this.#ignoreOutput();
		});
		const milliseconds = performance$1.now() - started;
		if (watch && !await watch.isOver(GIVE_UP_AFTER_SECONDS)) throw new LaneLost("what ends its commands does not come back");
		if (status === "cd") throw new LaneLost(`the directory ${command.directory} cannot be entered`);
		if (!STATUS.test(status)) throw new LaneLost("its shell tells no status");
		const result = {
			exit: readStatus(Number(status), milliseconds, command.timeoutSeconds),
			stdout: stdout.result(),
			stderr: stderr.result(),
			milliseconds
		};
		if (!command.trusted && guardFailed(result)) throw new LaneLost(result.stderr.text.slice(0, 300).trim());
		return result;
	}
	async reached() {
		const command = {
			directory: "/",
			argv: [TELL_REACHED],
			timeoutSeconds: REACHED_SECONDS,
			trusted: true
		};
		return readReached((await this.run(command)).stdout);
	}
	kill() {
		this.#shell.kill();
	}
	#answer(stdout, stderr, timeoutSeconds) {
		const limit = timeoutSeconds + KILL_AFTER_SECONDS + GIVE_UP_AFTER_SECONDS;
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => this.#lose(`no answer from it for ${limit} s`), limit * 1e3);
			this.#lose = (why) => {
				clearTimeout(timer);
				reject(new LaneLost(why));
			};
			if (this.#gone !== void 0) this.#lose(this.#gone);
			const statuses = {};
			const settle = () => {
				if (statuses.out === void 0 || statuses.err === void 0) return;
				clearTimeout(timer);
				resolve(statuses.out);
			};
			this.#shell.stdout.on("data", (chunk) => {
				statuses.out ??= stdout.add(chunk);
				settle();
			});
			this.#shell.stderr.on("data", (chunk) => {
				this.#lastStderr = chunk.toString("utf8").slice(0, 300).trim();
				statuses.err ??= stderr.add(chunk);
				settle();
			});
		});
	}
	#ignoreOutput() {
		this.#lose = () => {};
		for (const stream of [this.#shell.stdout, this.#shell.stderr]) {
			stream.removeAllListeners("data");
			stream.resume();
		}
	}
};
function callOf(mark, { directory, argv, timeoutSeconds, trusted }) {
	return `r ${[
		mark,
		directory,
		trusted ? UNGUARDED : String(timeoutSeconds),
		...argv
	].map(shellWord).join(" ")}\n`;
}
function shellWord(word) {
	return /^[A-Za-z0-9_./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
// src/triage/reproducer-copies.ts
function paired(entries) {
	const groups = [];
	for (const entry of entries) {
		const last = groups.at(-1);
		if (last && last[1] === void 0 && isSameCopy(last[0], entry)) last[1] = entry;
		else groups.push([entry]);
	}
	return groups;
}
function isSameCopy(one, other) {
	const neutral = ({ args, directory }) => JSON.stringify([directory, ...args.with(-1, behindSide(args))]);
	return [one, other].every(({ program, exit }) => program === "cp" && succeeded(exit)) && one.side !== other.side && neutral(one) === neutral(other);
}
function copyLine(one, other) {
	const from = one.args.slice(0, -1).map(shellWord).join(" ");
	return `for side in ${one.side} ${other.side}; do cp ${from} "$side"/${shellWord(behindSide(one.args))} || exit 2; done`;
}
function behindSide(args) {
	return (args.at(-1) ?? "").replace(/^(?:subject|reference)\//, "");
}
// src/triage/reproducer-entries.ts
function entriesFor(finding, transcript) {
	const own = transcript.filter(({ step }) => step === finding.step);
	const noise = transcript.filter(({ directory }) => directory === NOISE_DIRECTORY);
	const source = transcript.filter((entry) => entry.step === 0 && !noise.includes(entry));
	const entries = placeOf(finding.step, own) === "source" ? [...source, ...own] : own;
	return entries.some(({ args }) => readsNoise(args)) ? [...noise, ...entries] : entries;
}
const NAMES_SOURCE = new RegExp(`^([a-z]+=)?${SOURCE_DIRECTORY}/`);
function placeOf(step, entries) {
	const inSource = ({ directory, args }) => directory.endsWith(`/source`) || args.some((word) => NAMES_SOURCE.test(word));
	return entries.some((entry) => entry.step === step && inSource(entry)) ? SOURCE_DIRECTORY : stepDirectory(step);
}
function directoryNeeded({ program, args, directory, side }, place) {
	if (program === "cp" && directory === ".") return (args.at(-1) ?? ".").replace(/\/\.$/, "");
	return directory === side ? `${side}/${place}` : directory;
}
// src/triage/reproducer-frame.ts
const PROGRAMS = {
	subject: "\"$INSTAR\"",
	reference: "\"$QEMU_IMG\"",
	"qemu-io": "\"$QEMU_IO\"",
	cp: "cp",
	awk: "awk",
	qcowinfo: "qcowinfo",
	vmdkinfo: "vmdkinfo",
	vhdiinfo: "vhdiinfo"
};
function headOf$1(finding, lines, readers) {
	return [
		"#!/bin/sh",
		`# ${inertLine(describeFinding(finding).title)}`,
		"# Set INSTAR (the subject) and, unless they are in PATH, QEMU_IMG and QEMU_IO (the reference).",
		"# Exit: 0 both agree, 1 they differ, 2 this could not run. Images stay in a new directory here.",
		"export TZ=UTC LC_ALL=C",
		...FIND,
		...needs(lines, readers),
		"cd \"$(mktemp -d \"$PWD/repro.XXXXXX\")\" || exit 2"
	];
}
const FIND = ["cannot() { echo \"cannot run: $1\" >&2; exit 2; }", "tool() { found=$(command -v \"$1\") && [ -x \"$found\" ] || cannot \"${1:-$2} not found; set $2=/path\"; case $found in /*) ;; *) found=$PWD/$found ;; esac; }"];
const FINDERS = {
	subject: "tool \"${INSTAR-}\" INSTAR; INSTAR=$found",
	reference: "tool \"${QEMU_IMG:-qemu-img}\" QEMU_IMG; QEMU_IMG=$found",
	"qemu-io": "tool \"${QEMU_IO:-qemu-io}\" QEMU_IO; QEMU_IO=$found"
};
function needs(lines, readers) {
	return [[
		"subject",
		"reference",
		"qemu-io"
	].filter((program) => lines.some((line) => line.includes(PROGRAMS[program]))).map((program) => FINDERS[program]).join("; "), ...readers.map((reader) => `command -v ${reader} >/dev/null || cannot '${reader} not found in PATH'`)];
}
function footOf(finding) {
	const { expected, got } = describeFinding(finding);
	return [
		`[ "\${differ:-0}" = 0 ] && echo "The sides agree." && exit 0`,
		`printf '%s\\n' 'They differ. Found before:' \\`,
		`  ${shellWord(`  expected: ${inertLine(expected)}`)} \\`,
		`  ${shellWord(`  got:      ${inertLine(got)}`)}`,
		"echo \"This time: reference exit ${reference:-?}, subject exit ${subject:-?}; images in $PWD\"",
		"exit 1"
	];
}
// src/triage/reproducer-json.ts
const packed = (side) => `tr -d ' \\n' <${side}.out`;
const PLAIN_NAME = /^[A-Za-z0-9_-]{1,60}$/;
const OWN_MEMBERS = ` | sed -e 's/^{\\(.*\\)}$/\\1/' -e :a -e 's/{[^{}]*}/object/g' -e 's/\\[[^][]*\\]/array/g' -e ta`;
const changesOf = (name) => ` | tr '{' '\\n' | sed -n -e 's/"zero":true,"data":true/"zero":false,"data":true/' -e 's/^"start":\\([0-9]*\\),.*"${name}":\\([^,}]*\\).*/\\1 \\2/p' | uniq -f 1`;
const partsOf$1 = (name) => ` | sed -e 's/^.*"${name}":\\[//' -e :a -e 's/{[^{}]*}/object/g' -e 's/\\[[^][]*\\]/array/g' -e ta -e 's/\\].*//'`;
function compareAt(pointer, as) {
	if (as === "lines") return compareLine(Number(pointer.slice(1)) + 1);
	const names = pointer.split("/").slice(1);
	const name = names.findLast((part) => !/^\d+$/.test(part));
	if (name === void 0 || !PLAIN_NAME.test(name)) return sameOutput("");
	if (as === "extents") return sameOutput(changesOf(name));
	if (name !== names.at(-1)) return sameOutput(partsOf$1(name));
	return sameOutput(`${names.length === 1 ? OWN_MEMBERS : ""} | grep -o '"${name}":[^,}]*'`);
}
function compareLine(line) {
	const [ours, theirs] = ["subject", "reference"].map((side) => `$(sed -n ${line}p ${side}.out)`);
	return [`[ "${ours}" = "${theirs}" ] || differ=1`];
}
function compareCounter(name) {
	return sameOutput(` | grep -o '"${name}":[1-9][0-9]*'`);
}
function sameOutput(filter) {
	return [`[ "$(${packed("subject")}${filter})" = "$(${packed("reference")}${filter})" ] || differ=1`];
}
// src/triage/reproducer.ts
function reproducerOf(finding, transcript) {
	const entries = entriesFor(finding, transcript);
	const judged = entries.filter(({ purpose }) => purpose === "test").slice(-2);
	const place = placeOf(finding.step, entries);
	const needed = entries.map((entry) => directoryNeeded(entry, place));
	const directories = [...new Set(needed)].filter((name) => name !== ".");
	const commands = paired(entries.filter(({ purpose }) => purpose !== "readback")).map(([entry, other]) => {
		if (other) return copyLine(entry, other);
		return judged.includes(entry) || entry.purpose === "twin" ? testLine(entry) : fixtureLine(entry);
	});
	const readbacks = entries.filter(({ purpose }) => purpose === "readback");
	const lines = [
		`mkdir -p ${directories.map(shellWord).join(" ")} || exit 2`,
		...commands,
		...comparison(finding, {
			entries,
			readbacks,
			place
		})
	];
	return `${[
		...headOf$1(finding, lines, THIRD_READERS.filter((reader) => "reader" in finding && finding.reader === reader)),
		...lines,
		...footOf(finding)
	].join("\n")}\n`;
}
function words({ program, args }) {
	return [PROGRAMS[program], ...args.map(shellWord)].join(" ");
}
function at(entry) {
	const { directory, mostBytes } = entry;
	const limited = mostBytes === void 0 ? words(entry) : `${limitFiles(mostBytes)} && ${words(entry)}`;
	return directory === "." ? limited : `(cd ${shellWord(directory)} && ${limited})`;
}
function fixtureLine(entry) {
	return succeeded(entry.exit) ? `${at(entry)} >/dev/null || exit 2` : `${at(entry)}; unready=$?`;
}
function testLine(entry) {
	return `${at(entry)} >${entry.side}.out 2>${entry.side}.err; ${entry.side}=$?`;
}
const BOTH_REFUSE = "[ \"$reference\" != 0 ] && [ \"$subject\" != 0 ]";
const ENDED_BY_ITSELF = `[ "$subject" -ne 101 ] && { [ "\$subject" -le 128 ] || [ "\$subject" -gt 192 ] || [ "$subject" -eq 137 ]; }`;
const PANICKED = "grep -Eq \"^(thread .*)?panicked at \" subject.err";
const IS_NO_JSON = "\"$QEMU_IMG\" info \"json:$(head -c 100000 subject.out)\" 2>&1 | grep \"parse the JSON\" >&2";
function comparison(finding, evidence) {
	const { entries, readbacks, place } = evidence;
	const last = readbacks.at(-1);
	switch (finding.kind) {
		case "exit": return [...askAgain(isBehindTests(last, entries) ? last : void 0), succeeded(finding.subject) || succeeded(finding.reference) ? "[ $((reference == 0)) = $((subject == 0)) ]; differ=$?" : "[ \"$reference\" = \"$subject\" ]; differ=$?"];
		case "crash": return [...askAgain(last), `${ENDED_BY_ITSELF} && { [ "$subject" = 0 ] || ! ${PANICKED}; }; differ=$?`];
		case "input-modified": return [untouched(`${place}/${finding.file}`, entries)];
		case "content": return unequal(readbacks);
		case "unreadable": return unreadable(entries.findLast((entry) => isQuestion(entry) && !succeeded(entry.exit)));
		default: return outputComparison(finding, evidence);
	}
}
function isQuestion({ purpose, program }) {
	return purpose === "readback" || purpose === "twin" && program === "reference";
}
function isBehindTests(question, entries) {
	return question !== void 0 && entries.indexOf(question) > entries.findLastIndex(({ purpose }) => purpose === "test");
}
function askAgain(last) {
	return last !== void 0 && last.program === "subject" && !succeeded(last.exit) ? [`${at(last)} 2>subject.err; subject=$?`] : [];
}
function unequal(readbacks) {
	const failed = failedComparison(readbacks);
	return failed ? [`${at(failed)}; [ $? = 0 ]; differ=$?`] : [];
}
function unreadable(refusal) {
	return refusal ? [`${at(refusal)}; [ $? = 0 ]; differ=$?`] : ["[ \"${unready:-0}\" = 0 ]; differ=$?"];
}
const MEDIA_SIZE = " | sed \"s/bytes.*//\" | grep -o \"Mediasize.*\"";
function outputComparison(finding, evidence) {
	const { readbacks } = evidence;
	const last = readbacks.at(-1);
	const pair = pairOf(readbacks);
	switch (finding.kind) {
		case "json": return [...askBoth(pair), ...compareAt(finding.differences[0]?.pointer ?? "", finding.as)];
		case "unparsable": return [...askBoth(last?.program === "subject" ? [last] : []), `${BOTH_REFUSE} || { ! ${IS_NO_JSON}${holds(finding.member)}; }; differ=$?`];
		case "size": return size(finding, pair, evidence);
		case "inconsistent": return [...askBoth(pair), ...[
			"corruptions",
			"leaks",
			"check-errors"
		].flatMap(compareCounter)];
		case "above-bound": return aboveBound(finding, evidence);
	}
}
function size({ file, snapshot, reader }, pair, { place }) {
	if (snapshot === void 0) return [...askBoth(pair), ...reader ? sameOutput(MEDIA_SIZE) : compareAt("/virtual-size")];
	const bytes = (side) => `$(wc -c <${shellWord(`${side}/${place}/${snapshotCopy$1(file, snapshot)}`)})`;
	return [`[ "${bytes("subject")}" = "${bytes("reference")}" ]; differ=$?`];
}
function aboveBound({ what, side, member }, { readbacks, place }) {
	const conversion = readbacks.at(-1);
	const { bytes, oneIn } = MEASURE_TOLERANCE;
	const slack = member === "required" ? "0" : `(bound / ${oneIn} > ${bytes} ? bound / ${oneIn} : ${bytes})`;
	return [
		`${BOTH_REFUSE} && echo "Neither measures this." && exit 0`,
		...conversion ? [`${at(conversion)} || exit 2`] : [],
		`bound=$(tr -d ' \\n' <subject.out | grep -o '"${member}":[0-9]*' | tr -dc 0-9)`,
		`size=$(wc -c <${shellWord(`${side}/${place}/${what}`)})`,
		`[ "$size" -le $((bound + ${slack})) ]; differ=$?`
	];
}
function holds(member) {
	return member === void 0 ? "" : ` && grep -q ${shellWord(`"${member}"`)} subject.out`;
}
function pairOf(readbacks) {
	const [one, other] = readbacks.slice(-2);
	return one && other && one.side !== other.side && one.args[0] === other.args[0] ? [one, other] : [];
}
function askBoth(pair) {
	return pair.map((entry) => `${at(entry)} >${entry.side}.out 2>${entry.side}.err`);
}
function untouched(file, entries) {
	const [ours, theirs, original] = [
		"subject",
		"reference",
		entries.some(({ program, args }) => program === "cp" && args[0] === `subject/${file}`) ? "before" : "fixture"
	].map((root) => shellWord(`${root}/${file}`));
	return `[ -f ${ours} ] && { cmp -s ${ours} ${original} || cmp ${ours} ${theirs}; }; differ=$?`;
}
// src/report/facets.ts
function facetsOf(schema) {
	return alternativesOf(nodeOf(schema)).map((alternative) => Object.entries(alternative.entries ?? {}).flatMap(([name, node]) => facetsAt(name, node)));
}
function facetsAt(name, node) {
	const at = (options) => memberOf(options, name);
	switch (node.type) {
		case "picklist":
		case "literal":
		case "boolean": return [{
			name,
			values: wordsOf(node),
			read: (options) => wordOf(at(options))
		}];
		case "number":
			if (isTelling(node)) return [{
				name,
				values: [SOME],
				read: () => SOME
			}];
			return [{
				name,
				values: ["whole MiB", "odd"],
				read: (options) => sizeWord(at(options))
			}];
		case "array": return kindsIn(node).map((kind) => ({
			name: `${name}.${kind}`,
			values: YES_NO,
			read: (options) => has(at(options), node.item?.key ?? "", kind)
		}));
		case "optional": return optionalFacets(name, node.wrapped);
		case "variant": return [{
			name,
			values: kindsOf(node),
			read: (options) => wordOf(memberOf(at(options), node.key ?? ""))
		}];
		default: return [];
	}
}
const YES_NO = ["no", "yes"];
const NONE = "none";
const SOME = "some";
function optionalFacets(name, wrapped) {
	if (wrapped === void 0) return [];
	if (wrapped.type !== "strict_object") return facetsAt(name, wrapped).map(({ name: own, values, read }) => ({
		name: own,
		values: [NONE, ...values],
		read: (options) => memberOf(options, name) === void 0 ? NONE : read(options)
	}));
	return Object.entries(wrapped.entries ?? {}).flatMap(([key, node]) => facetsAt(key, node)).map((facet) => ({
		name: `${name}.${facet.name}`,
		values: [NONE, ...facet.values],
		read: (options) => {
			const value = memberOf(options, name);
			return value === void 0 ? NONE : facet.read(value);
		}
	}));
}
function wordsOf(node) {
	if (node.type === "boolean") return ["false", "true"];
	return node.type === "literal" ? [String(node.literal)] : (node.options ?? []).map(String);
}
function kindsOf(node) {
	return alternativesOf(node).flatMap(({ entries }) => {
		const kind = entries?.[node.key ?? ""];
		return kind === void 0 ? [] : wordsOf(kind);
	});
}
function kindsIn({ item }) {
	return item?.type === "variant" ? kindsOf(item) : [];
}
function wordOf(value) {
	return value === void 0 ? void 0 : String(value);
}
function sizeWord(value) {
	if (typeof value !== "number") return void 0;
	return value % 1048576 === 0 ? "whole MiB" : "odd";
}
function has(list, key, kind) {
	return Array.isArray(list) && list.some((item) => memberOf(item, key) === kind) ? "yes" : "no";
}
// src/report/coverage.ts
const SOURCE = "source image";
const WINDOW = 1e3;
var CoverageCounter = class {
	#tables = new Map();
	#iterations = 0;
	constructor(operations) {
		this.#tables.set(SOURCE, tableOf(facetsOf(Source)));
		for (const { name, schema, mistakes, nature } of operations) {
			const twins = nature.leavesNone ? ["none"] : TWIN_CHECKS;
			const asked = [
				choiceOf("mistake", ["none", ...mistakes.flat()]),
				choiceOf("twin", twins),
				choiceOf("calledFrom", ["none", ...CALLED_FROM])
			];
			const alternatives = facetsOf(schema).map((facets) => [...facets, ...asked]);
			this.#tables.set(name, tableOf(alternatives));
		}
	}
	add({ source, steps }) {
		this.#iterations += 1;
		this.#count(SOURCE, [source]);
		for (const step of steps) {
			if (step.kind === "skipped") continue;
			const mistakes = step.mistakes ?? ["none"];
			const { twin, calledFrom = "none" } = step;
			const asked = mistakes.map((mistake) => ({
				...step.options,
				mistake,
				twin,
				calledFrom
			}));
			this.#count(step.operation, asked);
		}
	}
	coverage() {
		const entries = [...this.#tables].map(([name, { values, pairs }]) => [name, {
			values: countsOf(values),
			pairs: countsOf(pairs),
			neverValues: this.#neverIn(values),
			neverPairs: this.#neverIn(pairs)
		}]);
		return Object.fromEntries(entries);
	}
	#count(name, asked) {
		const table = this.#tables.get(name);
		if (table === void 0) return;
		const drawn = asked.map((options) => spelledOut(table, options));
		for (const value of new Set(drawn.flat())) this.#tick(table.values, value);
		for (const pair of new Set(drawn.flatMap(pairsOf))) this.#tick(table.pairs, pair);
	}
	#tick(tallies, key) {
		const tally = tallies.get(key);
		if (tally === void 0) return;
		tally.count += 1;
		tally.last = this.#iterations;
	}
	#neverIn(tallies) {
		const since = Math.max(0, this.#iterations - WINDOW);
		return [...tallies].filter(([, { last }]) => last <= since).map(([key]) => key);
	}
};
function tableOf(alternatives) {
	const none = () => ({
		count: 0,
		last: 0
	});
	const all = (facets) => facets.flatMap(spelled);
	const values = alternatives.flatMap(all);
	const pairs = alternatives.flatMap((facets) => facets.flatMap((facet, at) => all(facets.slice(at + 1)).flatMap((right) => spelled(facet).map((left) => joined(left, right)))));
	return {
		alternatives,
		values: new Map(values.map((key) => [key, none()])),
		pairs: new Map(pairs.map((key) => [key, none()]))
	};
}
function spelledOut({ alternatives }, options) {
	return (alternatives.find((alternative) => alternative.every((facet) => fits(facet, options))) ?? []).map((facet) => `${facet.name}=${facet.read(options)}`);
}
const joined = (left, right) => `${left} ${right}`;
const spelled = ({ name, values }) => values.map((value) => `${name}=${value}`);
function pairsOf(drawn) {
	return drawn.flatMap((left, at) => drawn.slice(at + 1).map((right) => joined(left, right)));
}
function choiceOf(name, values) {
	return {
		name,
		values,
		read: (options) => String(options[name])
	};
}
function fits(facet, options) {
	const value = facet.read(options);
	return value !== void 0 && facet.values.includes(value);
}
function countsOf(tallies) {
	return Object.fromEntries([...tallies].map(([key, { count }]) => [key, count]));
}
function mergeCoverage([first, ...others]) {
	return first && others.reduce(addCoverage, first);
}
function addCoverage(one, other) {
	const entries = Object.entries(one).map(([name, ours]) => {
		const theirs = other[name] ?? {
			values: {},
			pairs: {},
			neverValues: ours.neverValues,
			neverPairs: ours.neverPairs
		};
		const both = (left, right) => left.filter((key) => right.includes(key));
		return [name, {
			values: addCounts(ours.values, theirs.values),
			pairs: addCounts(ours.pairs, theirs.pairs),
			neverValues: both(ours.neverValues, theirs.neverValues),
			neverPairs: both(ours.neverPairs, theirs.neverPairs)
		}];
	});
	return Object.fromEntries(entries);
}
function addCounts(one, other) {
	return Object.fromEntries(Object.entries(one).map(([key, count]) => [key, count + (other[key] ?? 0)]));
}
// src/report/coverage-totals.ts
function totalsOf(coverage) {
	const entries = Object.entries(coverage).map(([name, { values, pairs, neverValues, neverPairs }]) => {
		const share = (all, never) => [Object.keys(all).length - never.length, Object.keys(all).length];
		return [name, {
			values: share(values, neverValues),
			pairs: share(pairs, neverPairs),
			neverValues
		}];
	});
	return Object.fromEntries(entries);
}
// src/report/evidence.ts
function writeEvidence(path, { plan, transcript, reproducer }) {
	mkdirSync(path, { recursive: true });
	writeFileSync$1(join(path, "plan.json"), `${inertJson(plan, 2)}\n`);
	writeFileSync$1(join(path, "transcript.json"), `${inertJson(transcript, 2)}\n`);
	writeFileSync$1(join(path, "repro.sh"), reproducer, { mode: 493 });
}
function readText(path) {
	try {
		return readFileSync$1(path, "utf8");
	} catch {
		return;
	}
}
// src/report/phases.ts
const PHASE_WORDS = {
	fixture: "making images",
	subject: "the subject’s commands",
	reference: "the reference’s commands",
	compare: "comparing",
	harness: "the fuzzer itself"
};
function phasesOf(transcript, milliseconds) {
	const sum = (phase) => Math.round(transcript.reduce((total, entry) => total + (phaseOf(entry) === phase ? entry.milliseconds : 0), 0));
	const [fixture, subject, reference, compare] = [
		sum("fixture"),
		sum("subject"),
		sum("reference"),
		sum("compare")
	];
	return {
		fixture,
		subject,
		reference,
		compare,
		harness: Math.max(0, Math.round(milliseconds) - fixture - subject - reference - compare)
	};
}
function phaseOf({ purpose, side }) {
	if (purpose === "fixture") return "fixture";
	return purpose === "test" ? side : "compare";
}
function totalPhases(all) {
	if (all.length === 0) return void 0;
	const sum = (phase) => all.reduce((total, one) => total + one[phase], 0);
	return {
		fixture: sum("fixture"),
		subject: sum("subject"),
		reference: sum("reference"),
		compare: sum("compare"),
		harness: sum("harness")
	};
}
function fuzzingSeconds(phases, lanes) {
	return phases === void 0 ? 0 : Math.round(totalOf(phases) / lanes / 100) / 10;
}
function totalOf(phases) {
	return Object.values(phases).reduce((sum, one) => sum + one, 0);
}
function phaseWords(phases) {
	const total = totalOf(phases);
	const share = (phase) => `${Math.round(100 * phases[phase] / Math.max(1, total))} %`;
	return Object.keys(PHASE_WORDS).map((phase) => `${PHASE_WORDS[phase]} ${share(phase)}`).join(", ");
}
// src/triage/numbers.ts
const ROUND = [
	MiB,
	CLUSTER,
	4096,
	512
];
function* simplerNumbers(node, value) {
	const known = ordinaryOf(node).filter((one) => typeof one === "number");
	const [unit = 0] = known;
	const ranked = unit > 512 ? [
		...known,
		unit / 2,
		unit + 512,
		unit - 512,
		unit + value % unit
	] : known;
	const rank = ranked.indexOf(value);
	yield* rank < 0 ? ranked : ranked.slice(0, rank);
	if (rank >= 0) return;
	if (unit === 0) yield* ROUND.map((step) => value % step).filter((rest) => rest > 0 && rest < value);
	for (const step of ROUND) {
		const rounded = Math.floor(value / step) * step;
		if (rounded !== value && rounded > 0) yield rounded;
	}
}
// src/triage/values.ts
function roundedOut({ offset, length }, unit) {
	const start = Math.floor(offset / unit) * unit;
	return {
		offset: start,
		length: Math.ceil((offset + length) / unit) * unit - start
	};
}
function withParts(node, value, make) {
	const { item } = node;
	if (Array.isArray(value)) return item ? value.map((part) => make(item, part)) : value;
	if (!isObject(value)) return value;
	const entries = chosenOf(node, value)?.entries ?? {};
	return Object.fromEntries(Object.entries(value).map(([name, part]) => {
		const entry = entries[name];
		return [name, entry === void 0 ? part : make(entry, part)];
	}));
}
function isExtent(value) {
	return isObject(value) && typeof value["offset"] === "number" && typeof value["length"] === "number";
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/triage/disks.ts
function* otherDisks(node, value) {
	const disk = diskOf(node, value);
	if (disk === void 0) return;
	const { entry, size } = disk;
	const [usual] = ordinaryOf(entry);
	for (const other of simplerNumbers(entry, size)) {
		if (other > size && other !== usual && size <= 4294967296) continue;
		const by = other - size;
		const beyond = other < size ? other : size / 2;
		for (const move of movesOf(by, firstBeyond(value, beyond))) yield resized(node, value, {
			beyond,
			by,
			move
		});
	}
}
function* withoutParts(node, value) {
	const disk = diskOf(node, value);
	if (disk === void 0) return;
	for (const [name, entry] of Object.entries(node.entries ?? {})) {
		const { [name]: part, ...rest } = value;
		const inner = entry.type === "optional" && isObject(part) ? diskOf(insideOf(entry), part) : void 0;
		if (inner !== void 0 && inner.size !== disk.size) yield {
			...rest,
			[disk.name]: inner.size
		};
	}
}
function* oddOf(node, value) {
	const disk = diskOf(node, value);
	const [usual] = disk ? ordinaryOf(disk.entry) : [];
	if (disk !== void 0 && typeof usual === "number") yield {
		...value,
		[disk.name]: usual + 512
	};
}
function diskOf({ entries = {} }, value) {
	const disk = Object.entries(entries).find(([name, entry]) => isDisk(entry) && Number(value[name]) > 0);
	return disk && {
		name: disk[0],
		entry: disk[1],
		size: Number(value[disk[0]])
	};
}
function movesOf(by, first) {
	const withTheEnd = (extent) => ({
		...extent,
		offset: Math.max(0, extent.offset + by)
	});
	const start = Math.floor(first / MiB) * MiB;
	return [
		withTheEnd,
		({ offset, ...rest }, node) => wholeClusters({
			...rest,
			offset: Math.max(0, offset + by)
		}, node),
		...start > 0 ? [(extent) => ({
			...extent,
			offset: extent.offset - start
		})] : []
	];
}
function wholeClusters(extent, node) {
	const lengths = node.entries?.["length"];
	if (lengths === void 0 || ordinaryOf(lengths)[0] !== 65536) return extent;
	return {
		...extent,
		...roundedOut(extent, CLUSTER)
	};
}
function firstBeyond(value, beyond) {
	const moving = extentsIn(value).filter(({ offset, length }) => offset + length > beyond);
	return moving.length === 0 ? 0 : Math.min(...moving.map(({ offset }) => offset));
}
function extentsIn(value) {
	if (Array.isArray(value)) return value.flatMap(extentsIn);
	if (!isObject(value)) return [];
	return isExtent(value) ? [value] : Object.values(value).flatMap(extentsIn);
}
function resized(schema, value, change) {
	const node = insideOf(schema);
	if (isDisk(node) && typeof value === "number") return Math.max(512, value + change.by);
	const changed = withParts(node, value, (entry, part) => resized(entry, part, change));
	return !isExtent(changed) || changed.offset + changed.length <= change.beyond ? changed : change.move(changed, chosenOf(node, value) ?? node);
}
function isDisk(node) {
	return node.type === "number" && Number(ordinaryOf(node)[0]) >= 1048576;
}
// src/triage/features.ts
const LARGE = 16 * MiB;
const LABELS = ["pattern"];
function featuresOf(plan, operations) {
	const steps = plan.steps.flatMap((step) => ofStep(step, operations));
	const source = nodeOf(Source);
	const ofSource = [...ofNode("source", source, plan.source), ...ofSizes(source, plan.source)];
	return [...new Set([...steps, ...ofSource])].toSorted();
}
function ofStep(step, operations) {
	const operation = operations.find(({ name }) => name === step.operation);
	if (operation === void 0 || step.kind === "skipped") return [];
	const mistakes = (step.mistakes ?? []).map((name) => `mistake=${name}`);
	const from = step.calledFrom === void 0 ? [] : [`calledFrom=${step.calledFrom}`];
	const schema = nodeOf(operation.schema);
	const options = [...ofNode(step.operation, schema, step.options), ...ofSizes(schema, step.options)];
	return [
		...operation.nature.features?.(step.options) ?? [],
		...mistakes,
		...from,
		...options
	];
}
function ofNode(name, node, value) {
	switch (node.type) {
		case "strict_object": return Object.entries(node.entries ?? {}).filter(([key]) => !LABELS.includes(key)).flatMap(([key, entry]) => ofNode(key, entry, memberOf(value, key)));
		case "variant": return ofVariant(node, value);
		case "optional": return value === void 0 || node.wrapped === void 0 ? [] : ofOptional(name, node.wrapped, value);
		case "array": return Array.isArray(value) && node.item ? ofList(name, node.item, value) : [];
		case "number": return [];
		default: return value === ordinaryOf(node)[0] ? [] : [`${name}=${String(value)}`];
	}
}
function ofOptional(name, node, value) {
	if (node.type === "picklist" || node.type === "literal") return [`${name}=${String(value)}`];
	return [...node.type === "strict_object" || node.type === "array" || isTelling(node) ? [name] : [], ...ofNode(name, node, value)];
}
function ofVariant(node, value) {
	const chosen = chosenOf(node, value);
	if (chosen === void 0) return [];
	const { key = "" } = node;
	const inner = ofNode(key, chosen, value);
	return chosen === alternativesOf(node)[0] ? inner : [`${key}=${String(memberOf(value, key))}`, ...inner];
}
function ofList(name, item, values) {
	const inner = values.flatMap((value) => ofNode(name, item, value));
	return item.entries?.["writes"] || alternativesOf(item).some(({ entries }) => entries?.["writes"]) ? [...values.length > 0 ? [name] : [], ...inner] : inner;
}
function ofSizes(node, value) {
	const disks = disksIn(node, value);
	const largest = Math.max(0, ...disks);
	const isOdd = largest % 1048576 !== 0 || disks.some((size) => size % 65536 !== 0);
	return [...largest > LARGE ? ["size=large"] : [], ...isOdd ? ["size=odd"] : []];
}
function disksIn(schema, value) {
	const node = insideOf(schema);
	if (Array.isArray(value)) return value.flatMap((item) => node.item ? disksIn(node.item, item) : []);
	if (typeof value === "number") return isDisk(node) ? [value] : [];
	return Object.entries(chosenOf(node, value)?.entries ?? {}).flatMap(([name, entry]) => disksIn(entry, memberOf(value, name)));
}
// src/triage/symptom.ts
const WHATEVER_WAS_ASKED = ["crash", "input-modified"];
function symptomOf(finding, transcript) {
	const { mistake: name } = finding;
	const mistake = name === void 0 || WHATEVER_WAS_ASKED.includes(finding.kind) ? [] : [`mistake ${name}`];
	const command = judgedCommand(finding, transcript)?.args[0] ?? "";
	return JSON.stringify([
		command,
		finding.kind,
		...mistake,
		...detailsOf(finding)
	]);
}
function isTwin$1(finding, transcript) {
	return judgedCommand(finding, transcript)?.directory.startsWith("twin/") ?? false;
}
function judgedCommand({ kind, step }, transcript) {
	const asked = transcript.filter((entry) => entry.step === step && entry.program === "subject");
	return kind === "input-modified" || kind === "above-bound" ? asked.findLast(({ purpose }) => purpose === "test") : asked.at(-1);
}
function detailsOf(finding) {
	switch (finding.kind) {
		case "exit": return [
			endOf(finding.reference),
			endOf(finding.subject),
			masked(finding.message)
		];
		case "crash": return [describeExit(finding.subject), masked(finding.message)];
		case "json": return [leadingPointer(finding.differences.map(({ pointer }) => pointer.replace(/\d+/g, "N")))];
		case "unparsable": return [finding.what];
		case "size": return [
			finding.subject > finding.reference ? "larger" : "smaller",
			finding.reader ?? "",
			...inSnapshot(finding)
		];
		case "unreadable": return [masked(finding.message)];
		case "inconsistent": return [
			"corruptions",
			"leaks",
			"errors"
		].filter((counter) => finding.subject[counter] !== finding.reference[counter]);
		case "above-bound": return [finding.member, finding.side];
		case "content": return [...finding.both ? ["both"] : [], ...inSnapshot(finding)];
		case "input-modified": return [];
	}
}
function inSnapshot({ snapshot }) {
	return snapshot === void 0 ? [] : ["snapshot"];
}
function leadingPointer(pointers) {
	const depth = (pointer) => pointer.split("/").length;
	return pointers.toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))[0] ?? "";
}
function endOf(exit) {
	return succeeded(exit) ? "success" : exit.kind === "exited" ? "refusal" : describeExit(exit);
}
function masked(message) {
	return message.slice(0, 300).replace(/^(\w+: )?"([^"]*)"$/, "$1$2").replace(/'[^']*'|"[^"]*"|`[^`]*`|‘[^’]*’/g, "Q").replace(/\S*[/\\]([\w-]+\.rs):\S*/g, "$1").replace(/\S*[/\\]\S*/g, "P").replace(/\b\S+\.(?:img|raw|qcow2|vmdk|vpc|vhdx?)\b/g, "P").replace(/0x[0-9a-f]+|\d+/gi, "N");
}
// src/triage/fingerprint.ts
function fingerprintOf(symptom, traits) {
	const text = JSON.stringify([
		1,
		symptom,
		...traits
	]);
	return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
function traitsOf({ plan, finding, transcript }, operations) {
	const features = featuresOf(plan, operations);
	if (!isTwin$1(finding, transcript)) return features;
	const names = plan.steps.flatMap((step) => operations.find(({ name }) => name === step.operation)?.nature.formatOption ?? []);
	return [...new Set(features.map((feature) => asFormat(feature, names)))].toSorted();
}
function asFormat(feature, names) {
	const name = names.find((one) => feature.startsWith(`${one}=`));
	return name === void 0 ? feature : `format=${feature.slice(name.length + 1)}`;
}
// src/triage/kind.ts
const MOST_IN_VAIN = 6;
var BugsOfAKind = class {
	#laboratory;
	#bugs = new Map();
	#inVain = 0;
	constructor(laboratory) {
		this.#laboratory = laboratory;
	}
	get isExhausted() {
		return this.#inVain >= MOST_IN_VAIN;
	}
	accountFor(suspect) {
		const known = this.#explaining(suspect);
		known?.sightings.push(...sightingsOf(suspect));
		return known !== void 0;
	}
	add(ruling, suspect) {
		const { fingerprint, sightings, unfinished } = ruling.bug;
		const same = this.#bugs.get(fingerprint);
		if (same === void 0 && !unfinished) this.#inVain = 0;
		else if (suspect.carriedFrom === void 0) this.#inVain += 1;
		if (same) same.sightings.push(...sightingsOf(suspect));
		const seen = same ?? {
			ruling,
			sightings: [...sightings],
			looks: new Set()
		};
		seen.looks.add(lookOf(suspect));
		this.#bugs.set(fingerprint, seen);
		return same === void 0;
	}
	seenAgain() {
		return [...this.#bugs.values()].filter(({ ruling, sightings }) => sightings.length > ruling.bug.sightings.length).map(({ ruling, sightings }) => ({
			...ruling,
			bug: {
				...ruling.bug,
				sightings
			}
		}));
	}
	#explaining(suspect) {
		const all = [...this.#bugs.values()].toSorted((a, b) => b.ruling.bug.traits.length - a.ruling.bug.traits.length);
		const alike = all.filter(({ looks }) => looks.has(lookOf(suspect)));
		const meets = ({ ruling }) => this.#meets(suspect, ruling.bug);
		const { shrinks } = this.#laboratory;
		const isOver = this.isExhausted || this.#laboratory.isOver();
		return alike.find(meets) ?? (shrinks && isOver ? all.find(meets) : void 0);
	}
	#meets({ plan, finding }, { traits }) {
		const { operations, shrinks } = this.#laboratory;
		if (!shrinks) return true;
		const alone = plan.steps.filter(({ position }) => position === finding.step);
		const features = featuresOf({
			...plan,
			steps: alone
		}, operations);
		return traits.every((trait) => features.includes(trait));
	}
};
function lookOf({ plan, finding }) {
	return `${finding.type} ${plan.source.format}`;
}
function sightingsOf({ plan: { seed, index }, carriedFrom }) {
	return carriedFrom === void 0 ? [{
		seed,
		index
	}] : [];
}
// src/triage/order.ts
function smallestFirst(suspects) {
	const sized = suspects.map((suspect) => ({
		suspect,
		amount: amountOf(suspect)
	}));
	sized.sort((a, b) => a.amount - b.amount || a.suspect.plan.index - b.suspect.plan.index);
	return sized.map(({ suspect }) => suspect);
}
function amountOf({ plan: { source, steps }, finding }) {
	return JSON.stringify([source, steps.filter(({ position }) => position === finding.step)]).length;
}
// src/triage/flatten.ts
function* flatterSources(source) {
	const below = source.format === "qcow2" ? source.backing : [];
	if (source.format === "qcow2" && below.length > 0) {
		const under = below.toReversed().flatMap(({ writes }) => writes);
		yield {
			...source,
			backing: [],
			writes: [...under, ...source.writes].slice(-24)
		};
		yield {
			...source,
			backing: [],
			writes: stacked(under, source.writes)
		};
		if (below.length > 1) yield {
			...source,
			backing: below.slice(0, 1)
		};
	}
	if (source.format === "qcow2" && source.history.kind === "converted" && source.history.compressed) {
		const writes = source.writes.map((write) => compressed(write, source.clusterSize));
		yield {
			...source,
			history: { kind: "created" },
			writes
		};
	}
	if (source.format === "qcow2" && source.snapshot) {
		const { snapshot, ...plain } = source;
		yield {
			...plain,
			writes: stacked(snapshot, source.writes)
		};
	}
	const earlier = earlierWrites(source);
	if (earlier.length > 0) yield {
		...source,
		history: { kind: "created" },
		writes: stacked(earlier, source.writes)
	};
}
function earlierWrites({ history }) {
	if (history.kind === "committed") return history.before;
	return history.kind === "rebased" ? history.below : [];
}
function compressed(write, cluster) {
	if (write.kind !== "data") return write;
	return {
		...write,
		kind: "compressed",
		...roundedOut(write, cluster)
	};
}
function stacked(under, over) {
	return [...under.map((write) => write.kind === "compressed" ? {
		...write,
		kind: "data"
	} : write), ...over].slice(-24);
}
// src/triage/ends.ts
function* otherEnds(node, value) {
	const [, ...others] = endsIn(node, value);
	for (const { path, node: entry, bytes } of others) for (const other of simplerNumbers(entry, bytes)) yield withValue(brought(value, {
		behind: Math.min(other, bytes - CLUSTER),
		end: bytes,
		by: other - bytes
	}), path, other);
}
function endsIn(node, value) {
	return Object.entries(node.entries ?? {}).flatMap(([name, entry]) => {
		const member = value[name];
		if (isDisk(entry) && typeof member === "number") return [{
			path: [name],
			node: entry,
			bytes: member
		}];
		const chosen = isObject(member) ? chosenOf(insideOf(entry), member) : void 0;
		if (chosen === void 0 || !isObject(member)) return [];
		return endsIn(chosen, member).map((end) => ({
			...end,
			path: [name, ...end.path]
		}));
	});
}
function brought(value, move) {
	if (Array.isArray(value)) return value.map((item) => brought(item, move));
	if (!isObject(value)) return value;
	if (isExtent(value)) {
		const end = value.offset + value.length;
		return end > move.behind && end <= move.end ? {
			...value,
			offset: Math.max(0, value.offset + move.by)
		} : value;
	}
	return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, brought(member, move)]));
}
function withValue(value, [name, ...rest], bytes) {
	if (name === void 0) return bytes;
	return isObject(value) ? {
		...value,
		[name]: withValue(value[name], rest, bytes)
	} : value;
}
// src/triage/scale.ts
function* scaled(node, value) {
	for (const [name, entry] of Object.entries(node.entries ?? {})) {
		const [usual] = ordinaryOf(entry);
		const unit = value[name];
		if (!isUnit(entry) || typeof unit !== "number" || typeof usual !== "number" || unit === usual) continue;
		for (const disks of [false, true]) yield inUnits(node, value, {
			unit,
			usual,
			disks
		});
	}
}
function inUnits(schema, value, units) {
	const node = insideOf(schema);
	if (isUnit(node) && value === units.unit) return units.usual;
	if (units.disks && isDisk(node) && typeof value === "number") return inSectors(value, units);
	const changed = withParts(node, value, (entry, part) => inUnits(entry, part, units));
	if (!isExtent(changed)) return changed;
	const { offset, length, stride } = changed;
	const apart = typeof stride === "number" ? { stride: inSectors(stride, units) } : {};
	return {
		...changed,
		offset: inSectors(offset, units),
		length: Math.max(512, inSectors(length, units)),
		...apart
	};
}
function inSectors(bytes, { unit, usual }) {
	return Math.round(bytes / unit * (usual / 512)) * 512;
}
// src/triage/simpler.ts
function* simplerValues(node, value) {
	switch (node.type) {
		case "boolean":
		case "picklist":
			yield* before(ordinaryOf(node), value);
			return;
		case "number":
			if (typeof value === "number") yield* simplerNumbers(node, value);
			return;
		case "optional":
			if (value !== void 0) yield void 0;
			return;
		case "array":
			if (Array.isArray(value)) yield* shorterLists(value);
			return;
		case "variant":
			yield* otherAlternatives(node, value);
			return;
		default: if (isObject(value)) yield* simplerObjects(node, value);
	}
}
function before(values, value) {
	const at = values.indexOf(value);
	return at < 0 ? values : values.slice(0, at);
}
function* shorterLists(values) {
	if (values.length === 0) return;
	yield [];
	const half = Math.floor(values.length / 2);
	if (half > 0) yield values.slice(half);
	if (half > 0 && values.length > 2) yield values.slice(0, half);
	if (values.length > 1) for (const at of values.keys()) yield values.toSpliced(at, 1);
}
function* otherAlternatives(node, value) {
	const key = node.key ?? "";
	for (const alternative of alternativesOf(node)) {
		if (is(schemaOf(alternative), value)) return;
		const recasted = recast(alternative, value);
		const kinds = alternative.entries?.[key] ? ordinaryOf(alternative.entries[key]) : [];
		for (const kind of kinds) {
			const simpler = {
				...recasted,
				[key]: kind
			};
			yield simpler;
			yield* oddOf(alternative, simpler);
		}
	}
}
function recast(node, value) {
	const old = isObject(value) ? value : {};
	const entries = Object.entries(node.entries ?? {}).flatMap(([name, entry]) => {
		if (Object.hasOwn(old, name) && is(schemaOf(entry), old[name])) return [[name, old[name]]];
		return entry.type === "optional" ? [] : [[name, simplestOf(entry)]];
	});
	return Object.fromEntries(entries);
}
function* simplerObjects(node, value) {
	const choices = Object.entries(node.entries ?? {}).filter(([, { type }]) => type === "picklist" || type === "boolean");
	const plain = {
		...value,
		...Object.fromEntries(choices.map(([name, entry]) => [name, ordinaryOf(entry)[0]]))
	};
	if (choices.some(([name]) => plain[name] !== value[name])) yield plain;
	yield* withoutParts(node, value);
	yield* scaled(node, value);
	yield* otherDisks(node, value);
	yield* otherEnds(node, value);
	if (isExtent(value)) yield* shorterExtents(node, value);
}
function* shorterExtents(node, value) {
	const lengths = node.entries?.["length"];
	if (lengths === void 0) return;
	for (const length of simplerNumbers(lengths, value.length)) if (length < value.length) yield {
		...value,
		offset: value.offset + value.length - length,
		length
	};
}
// src/triage/spots.ts
function spotsOf(plan, operations) {
	const withSource = (source) => ({
		...plan,
		source
	});
	const source = nodeOf(Source);
	return [
		() => fewerSteps(plan),
		() => plainSource(plan),
		() => mapped(flatterSources(plan.source), withSource),
		...plan.steps.flatMap((_, at) => stepSpots(plan, at, operations)),
		...spotsIn(source, plan.source).map((spot) => () => mapped(spot(), withSource)),
		() => tidied(plan)
	];
}
function* fewerSteps(plan) {
	const { steps } = plan;
	if (steps.length > 2) for (const step of steps.toReversed()) yield {
		...plan,
		steps: [step]
	};
	if (steps.length > 1) for (const at of steps.keys()) yield {
		...plan,
		steps: steps.toSpliced(at, 1)
	};
}
function* plainSource(plan) {
	const source = simplestOf(nodeOf(Source));
	if (JSON.stringify(source) !== JSON.stringify(plan.source)) yield {
		...plan,
		source
	};
}
function* tidied(plan) {
	const steps = plan.steps.map((step, before) => ({
		...step,
		position: before + 1
	}));
	const tidy = {
		...plan,
		swarm: [],
		avoided: [],
		steps
	};
	if (JSON.stringify(tidy) !== JSON.stringify(plan)) yield tidy;
}
function stepSpots(plan, at, operations) {
	const step = plan.steps[at];
	if (step === void 0 || step.kind === "skipped") return [];
	const operation = operations.find(({ name }) => name === step.operation);
	if (operation === void 0) return [];
	const withStep = (changed) => ({
		...plan,
		steps: plan.steps.with(at, changed)
	});
	const withOptions = (options) => withStep({
		...step,
		options
	});
	return [
		() => mapped(simplerSteps(step, operation), withStep),
		() => readersInstead(plan, step, operations),
		...spotsIn(nodeOf(operation.schema), step.options).map((spot) => () => mapped(spot(), withOptions))
	];
}
function* simplerSteps(step, { nature, mistakes: known }) {
	const { mistakes = [], ...correct } = step;
	const [mistake, ...others] = mistakes;
	if (mistake !== void 0) yield correct;
	const begun = nature.begins?.(step.options);
	if (begun !== void 0) yield {
		...correct,
		...begun,
		twin: "none"
	};
	const alone = mistake === void 0 || others.length > 0 ? mistakes : before(known.flat(), mistake);
	for (const one of alone) yield {
		...step,
		mistakes: [one]
	};
	if (step.twin !== "none") yield {
		...step,
		twin: "none"
	};
	const { calledFrom, ...atHome } = step;
	if (calledFrom !== void 0) yield atHome;
	const spelledOut = nature.spelledOut?.(step.options);
	if (spelledOut !== void 0) yield {
		...step,
		options: spelledOut
	};
	if (nature.simpler !== void 0) yield {
		...step,
		operation: nature.simpler
	};
}
function* readersInstead(plan, step, operations) {
	const source = operations.find(({ name }) => name === step.operation)?.nature.leaves?.(step.options, plan.source);
	if (source === void 0 || step.twin === "none") return;
	for (const { name, nature, onRequest } of operations) {
		if (nature.reads === void 0 || onRequest) continue;
		const { kind, position } = step;
		yield {
			...plan,
			source,
			steps: [{
				kind,
				position,
				operation: name,
				options: nature.reads,
				twin: "none"
			}]
		};
	}
}
function spotsIn(node, value) {
	return [() => simplerValues(node, value), ...partsOf(node, value)];
}
function partsOf(node, value) {
	switch (node.type) {
		case "optional": return node.wrapped === void 0 || value === void 0 ? [] : spotsIn(node.wrapped, value);
		case "variant": {
			const chosen = chosenOf(node, value);
			return chosen === void 0 ? [] : spotsIn(chosen, value);
		}
		case "array": return Array.isArray(value) && node.item ? itemsOf(node.item, value) : [];
		case "strict_object": return membersOf(node, value);
		default: return [];
	}
}
function itemsOf(item, values) {
	return values.flatMap((value, at) => spotsIn(item, value).map((spot) => () => mapped(spot(), (changed) => values.with(at, changed))));
}
function membersOf(node, value) {
	return Object.entries(node.entries ?? {}).flatMap(([name, entry]) => spotsIn(entry, value[name]).map((spot) => () => mapped(spot(), (changed) => withMember(value, name, changed))));
}
function withMember(value, name, changed) {
	const { [name]: _, ...others } = value;
	return changed === void 0 ? others : {
		...value,
		[name]: changed
	};
}
function* mapped(values, change) {
	for (const value of values) yield change(value);
}
// src/triage/shrink.ts
async function shrink(plan, shrinking) {
	const tried = new Set([JSON.stringify(plan)]);
	let smallest = plan;
	for (let before; before !== smallest && !shrinking.isOver();) {
		before = smallest;
		smallest = await sweep(smallest, shrinking, tried);
	}
	return smallest;
}
async function sweep(plan, shrinking, tried) {
	let smallest = plan;
	for (let at = 0; !shrinking.isOver();) {
		const spot = spotsOf(smallest, shrinking.operations)[at];
		if (spot === void 0) break;
		const simpler = await firstThatShows(spot, shrinking, tried);
		if (simpler === void 0) at += 1;
		else smallest = simpler;
	}
	return smallest;
}
async function firstThatShows(spot, shrinking, tried) {
	for (const candidate of spot()) {
		const key = JSON.stringify(candidate);
		if (tried.has(key) || !shrinking.isSound(candidate)) continue;
		tried.add(key);
		if (shrinking.isOver()) return void 0;
		if (await shrinking.shows(candidate)) return candidate;
	}
}
function suspectOf(shown) {
	const finding = structuredClone(shown.finding);
	return {
		plan: shown.plan,
		finding,
		symptom: symptomOf(shown.finding, shown.transcript)
	};
}
async function* triage(suspects, laboratory) {
	const kinds = new Map();
	const admit = (suspect) => {
		const kind = kinds.get(suspect.symptom) ?? {
			waiting: [],
			bugs: new BugsOfAKind(laboratory)
		};
		kind.waiting.push(suspect);
		kinds.set(suspect.symptom, kind);
	};
	smallestFirst(suspects).forEach(admit);
	for (let busy = busyOf(kinds); busy.length > 0; busy = busyOf(kinds)) for (const kind of busy) yield* lookIntoOne(kind, laboratory, admit);
}
function busyOf(kinds) {
	return [...kinds.values()].filter(({ waiting }) => waiting.length > 0).toSorted((a, b) => a.waiting.length - b.waiting.length);
}
async function* lookIntoOne(kind, laboratory, admit) {
	const { waiting, bugs } = kind;
	const suspect = unexplainedOf(kind);
	const ruling = suspect && await ruleOn(suspect, laboratory);
	if (suspect && ruling?.kind === "bug" && bugs.add(ruling, suspect)) yield ruling;
	if (suspect && ruling?.kind === "flaky") {
		const other = await instead(suspect, laboratory);
		if (other) admit(other);
		else yield ruling;
	}
	if (waiting.length === 0) yield* bugs.seenAgain();
}
function unexplainedOf({ waiting, bugs }) {
	for (let suspect = waiting.shift(); suspect !== void 0; suspect = waiting.shift()) {
		if (suspect.carriedFrom === "earlier-run") return suspect;
		if (!bugs.accountFor(suspect) && !bugs.isExhausted) return suspect;
	}
}
async function ruleOn(suspect, laboratory) {
	if (laboratory.isOver()) return void 0;
	const confirmed = await confirm(suspect, laboratory);
	const ruling = typeof confirmed === "number" ? confirmed : await examine$1(suspect, confirmed, laboratory);
	if (typeof ruling !== "number") return ruling;
	return laboratory.isOver() ? void 0 : {
		kind: "flaky",
		suspect,
		cameBack: ruling
	};
}
async function instead(suspect, laboratory) {
	if (suspect.isInstead || laboratory.isOver()) return void 0;
	const seen = await laboratory.observe(suspect.plan);
	if (seen === void 0 || suspectOf(seen).symptom === suspect.symptom) return void 0;
	const { carriedFrom } = suspect;
	return {
		...suspectOf(seen),
		...carriedFrom && { carriedFrom },
		isInstead: true
	};
}
async function confirm(suspect, laboratory) {
	const { plan, finding } = suspect;
	const alone = plan.steps.filter(({ position }) => position === finding.step);
	const single = await comeBack({
		...suspect,
		plan: {
			...plan,
			steps: alone
		}
	}, laboratory);
	return single === 0 && alone.length < plan.steps.length ? comeBack(suspect, laboratory) : single;
}
const MOST_REPEATED = 2;
async function comeBack({ plan, finding, symptom }, laboratory) {
	let shown;
	let repeated = 0;
	for (let cameBack = 0; cameBack < 3;) {
		const seen = await laboratory.look(plan);
		if (seen === void 0 && repeated < MOST_REPEATED && !laboratory.isOver()) {
			repeated += 1;
			continue;
		}
		if (seen === void 0 || seen === "agrees" || seen.finding.step !== finding.step) return cameBack;
		if (suspectOf(seen).symptom !== symptom) return cameBack;
		shown = seen;
		cameBack += 1;
	}
	return shown ?? 0;
}
async function examine$1(suspect, confirmed, laboratory) {
	const { symptom } = suspect;
	const shrunk = laboratory.shrinks ? await smallest(confirmed, symptom, laboratory) : void 0;
	const smallestShown = shrunk?.shown ?? confirmed;
	const small = await comeBack(suspectOf(smallestShown), laboratory);
	const isSeldom = typeof small === "number" && smallestShown !== confirmed;
	const shown = isSeldom ? await comeBack(suspectOf(confirmed), laboratory) : small;
	if (typeof shown === "number") return shown;
	const unfinished = isSeldom ? "seldom" : shrunk?.cutShort && "time";
	const reproducer = reproducerOf(shown.finding, shown.transcript);
	const traits = traitsOf(shown, laboratory.operations);
	const bytes = shown.finding.kind === "content" ? await laboratory.readBytes(shown.plan) : void 0;
	return {
		kind: "bug",
		bug: {
			fingerprint: fingerprintOf(symptom, traits),
			traits,
			finding: shown.finding,
			plan: shown.plan,
			reproducer,
			reproduced: await reproduces(reproducer, laboratory),
			origin: await originOf(shown, symptom, laboratory),
			jury: await votesOn(shown, symptom, laboratory),
			...bytes && { bytes },
			...unfinished && { unfinished },
			sightings: sightingsOf(suspect)
		},
		shown
	};
}
async function originOf({ plan, finding }, symptom, laboratory) {
	for (let attempt = 1; attempt <= 3; attempt += 1) {
		const before = await laboratory.observeBaseline(plan);
		if (before === void 0) return "unknown";
		if (before === "agrees" || isPassedOver(before.finding, finding)) continue;
		return suspectOf(before).symptom === symptom ? "before" : "unknown";
	}
	return "introduced";
}
function isPassedOver(before, finding) {
	return before.kind === "json" && before.step === finding.step && !isGrave(before) && isGrave(finding) && !explains(before, finding);
}
async function votesOn({ plan, finding }, symptom, laboratory) {
	const votes = [];
	for (const { name, observe } of laboratory.jurors) votes.push({
		juror: name,
		says: voteOf(await observe(plan), finding, symptom)
	});
	return isAboutFiles(finding) ? [...votes, ...await laboratory.askThirdReaders(plan)] : votes;
}
function voteOf(seen, finding, symptom) {
	if (seen === void 0) return "nothing";
	if (seen === "agrees" || isPassedOver(seen.finding, finding)) return "reference";
	return suspectOf(seen).symptom === symptom ? "subject" : "otherwise";
}
async function smallest(confirmed, symptom, laboratory) {
	let best = confirmed;
	const end = laboratory.now() + laboratory.shrinkSeconds * 1e3;
	const isOver = () => laboratory.now() >= end || laboratory.isOver();
	await shrink(confirmed.plan, {
		operations: laboratory.operations,
		isSound: (plan) => laboratory.isSound(plan, confirmed.plan),
		isOver,
		shows: async (plan) => {
			const shown = await laboratory.observe(plan);
			if (shown === void 0 || suspectOf(shown).symptom !== symptom) return false;
			best = shown;
			return true;
		}
	});
	return {
		shown: best,
		cutShort: isOver()
	};
}
const DIFFERS = 1;
async function reproduces(script, laboratory) {
	for (let attempt = 1; attempt < 3; attempt += 1) if (await laboratory.runReproducer(script) !== DIFFERS) return false;
	return true;
}
// src/report/triage-line.ts
function flakyLineOf({ suspect, cameBack }) {
	return {
		kind: "flaky",
		index: suspect.plan.index,
		cameBack,
		tries: 3
	};
}
const FILES = {
	run: "run.json",
	iterations: "iterations.jsonl",
	findings: "findings.jsonl",
	triage: "triage.jsonl",
	coverage: "coverage.json",
	canaries: "canaries.json",
	replays: "replays.json",
	history: "history.json",
	issues: "issues.json",
	sarif: "findings.sarif",
	summary: "summary.md",
	page: "report.html"
};
function canaryFolder(gap) {
	return join("canaries", gap);
}
var Record = class {
	directory;
	#configuration;
	#startedAt = new Date();
	#started = performance.now();
	#iterations;
	#findings;
	#triage;
	#coverage;
	#told = new Set();
	constructor(directory, configuration, operations) {
		this.#coverage = new CoverageCounter(operations);
		this.directory = directory;
		this.#configuration = configuration;
		this.#iterations = openSync(join(directory, FILES.iterations), "a");
		this.#findings = openSync(join(directory, FILES.findings), "a");
		this.#triage = openSync(join(directory, FILES.triage), "a");
		this.#writeRun("running");
	}
	add(iteration) {
		this.#keep(() => {
			if (iteration.verdict.kind === "divergent") this.#addFinding(iteration, iteration.verdict.finding);
			writeSync(this.#iterations, `${inertJson(lineOf(iteration), 0)}\n`);
			this.#coverage.add(iteration.plan);
		});
	}
	addCanary(gap, { plan, finding, transcript }) {
		const folder = join(this.directory, canaryFolder(gap), String(plan.index));
		this.#keep(() => writeEvidence(folder, {
			plan,
			transcript,
			reproducer: reproducerOf(finding, transcript)
		}));
	}
	rule(ruling) {
		if (ruling.kind === "flaky" && ruling.suspect.carriedFrom !== void 0) return;
		const lineOf = () => ruling.kind === "bug" ? this.#addBug(ruling) : flakyLineOf(ruling);
		this.#keep(() => writeFlushed(this.#triage, lineOf()));
	}
	end(state, error) {
		const coverage = this.#coverage.coverage();
		this.#keep(() => {
			this.#writeRun(state, error, totalsOf(coverage));
			keepJson(this.directory, FILES.coverage, coverage);
		});
		closeSync(this.#iterations);
		closeSync(this.#findings);
		closeSync(this.#triage);
	}
	#keep(write) {
		try {
			this.#requireFiles();
			write();
		} catch (error) {
			throw new CannotRun(`Input "report-dir": the record in ${this.directory} cannot be written: ${String(error)}`);
		}
	}
	#requireFiles() {
		const files = [
			[FILES.iterations, this.#iterations],
			[FILES.findings, this.#findings],
			[FILES.triage, this.#triage]
		];
		for (const [name, file] of files) {
			const { ino } = statSync(join(this.directory, name));
			if (ino !== fstatSync(file).ino) throw new Error(`another ${name} stands in its place`);
		}
	}
	#addBug({ bug, shown }) {
		const { plan, reproducer, sightings, ...told } = bug;
		const folder = join("bugs", bug.fingerprint);
		if (!this.#told.has(bug.fingerprint)) {
			writeEvidence(join(this.directory, folder), {
				plan,
				transcript: shown.transcript,
				reproducer
			});
			this.#told.add(bug.fingerprint);
		}
		const indices = [...new Set(sightings.map(({ index }) => index))].toSorted((a, b) => a - b);
		return {
			kind: "bug",
			...told,
			folder,
			indices
		};
	}
	#addFinding({ plan, trial }, finding) {
		const folder = join("findings", String(plan.index));
		const { transcript } = trial;
		writeEvidence(join(this.directory, folder), {
			plan,
			transcript,
			reproducer: reproducerOf(finding, transcript)
		});
		const line = {
			version: 1,
			seed: plan.seed,
			index: plan.index,
			folder,
			finding
		};
		writeFlushed(this.#findings, line);
	}
	#writeRun(state, error, coverage) {
		const run = {
			version: 1,
			...this.#configuration,
			state,
			startedAt: this.#startedAt.toISOString(),
			seconds: Math.round((performance.now() - this.#started) / 100) / 10,
			...error === void 0 ? {} : { error },
			...coverage === void 0 ? {} : { coverage }
		};
		keepJson(this.directory, FILES.run, run, 2);
	}
};
function writeFlushed(file, line) {
	writeSync(file, `${inertJson(line, 0)}\n`);
	fsyncSync(file);
}
function lineOf({ plan, trial, verdict, milliseconds }) {
	return {
		index: plan.index,
		verdict: verdict.kind === "divergent" ? { kind: "divergent" } : verdict,
		steps: trial.steps.map(({ operation, outcome }) => ({
			operation,
			outcome: outcome.kind
		})),
		avoided: plan.avoided,
		milliseconds: Math.round(milliseconds),
		phases: phasesOf(trial.transcript, milliseconds)
	};
}
// src/report/canary-line.ts
const Canaries = exactly()(pipe(array(strictObject({
	gap,
	says: picklist([
		"as documented",
		"lifted",
		"changed",
		"unclear",
		"not tried"
	]),
	documented: million,
	agreed: million,
	other: million
})), maxLength(GAPS.length)));
function writeCanaries(directory, lines) {
	keepJson(directory, FILES.canaries, lines);
}
// src/report/coverage-form.ts
const key = pipe(string(), maxLength(200));
const counts = record(key, whole(Number.MAX_SAFE_INTEGER));
const CoverageForm = exactly()(record(picklist([...OPERATION_NAMES, SOURCE]), strictObject({
	values: counts,
	pairs: counts,
	neverValues: array(key),
	neverPairs: array(key)
})));
// src/report/lines.ts
function readRecordLines(files) {
	const iterations = files.lines(FILES.iterations);
	const findings = files.lines(FILES.findings);
	return {
		iterations: [...iterations, ...cutShort(iterations, findings)],
		findings,
		triage: files.lines(FILES.triage)
	};
}
function cutShort(iterations, findings) {
	const kept = new Set(iterations.map(({ index }) => index));
	return findings.filter(({ index }) => !kept.has(index)).map(({ index, finding }) => ({
		index,
		verdict: { kind: "divergent" },
		steps: [{
			operation: finding.operation,
			outcome: "divergent"
		}],
		avoided: [],
		milliseconds: 0,
		phases: phasesOf([], 0)
	}));
}
function latestBugs(lines) {
	const bugs = lines.filter((line) => line.kind === "bug");
	return [...new Map(bugs.map((line) => [line.fingerprint, line])).values()];
}
// src/report/replay-line.ts
const Replays = exactly()(some(strictObject({
	fingerprint,
	agrees: boolean(),
	unfiled: exactOptional(literal(true)),
	notTried: exactOptional(literal(true))
})));
function writeReplays(directory, replays) {
	const lines = replays.map(({ fingerprint: digits, agrees, unfiled, notTried }) => ({
		fingerprint: digits,
		agrees,
		...unfiled && { unfiled },
		...notTried && { notTried }
	}));
	keepJson(directory, FILES.replays, lines.slice(0, MOST_ENTRIES));
}
// src/report/standing.ts
const Standings = exactly()(array(strictObject({
	fingerprint,
	state: picklist([
		"new",
		"known",
		"elsewhere",
		"regression",
		"accepted",
		"pending",
		"unfinished",
		"not-filed"
	]),
	issue: exactOptional(strictObject({
		number: number$2(),
		url: string()
	}))
})));
function writeStandings(directory, standings) {
	keepJson(directory, FILES.issues, standings, 2);
}
function readStandings(files) {
	const standings = files.json(FILES.issues, Standings) ?? [];
	return new Map(standings.map((standing) => [standing.fingerprint, standing]));
}
function isKnown(standing) {
	return standing?.state === "known" || standing?.state === "accepted";
}
// src/report/report.ts
function readReport(directory) {
	const files = new KeptFiles(directory);
	const run = readRun(files);
	const { iterations: finished, findings, triage: rulings } = readRecordLines(files);
	const accidents = new Map(rulings.flatMap((line) => line.kind === "flaky" ? [[line.index, line]] : []));
	const iterations = finished.map((line) => withoutAccident(line, accidents.get(line.index)));
	const counted = findings.toSorted((a, b) => a.index - b.index);
	const told = latestBugs(rulings).toSorted((a, b) => bySeverity(severityOfBug(a), severityOfBug(b)) || b.indices.length - a.indices.length);
	const bugs = told.filter(({ indices }) => indices.length > 0);
	const explained = new Set(bugs.flatMap(({ indices }) => indices));
	const counts = countVerdicts(iterations);
	const known = files.json(FILES.replays, Replays) ?? [];
	return {
		directory,
		run,
		verdict: verdictOf(run, counts),
		finished: iterations.length,
		asked: shareOf(run.iterations, run.shard),
		counts,
		operations: run.operations.map((operation) => countOperation(operation, iterations)),
		bugs,
		carried: told.filter((bug) => !bugs.includes(bug)),
		shownBy: new Map(bugs.map(({ fingerprint, indices }) => [fingerprint, operationsIn(counted, indices)])),
		history: files.read(FILES.history, parseHistory) ?? NO_HISTORY,
		standings: readStandings(files),
		unexplained: counted.filter(({ index }) => !accidents.has(index) && !explained.has(index)),
		flaky: counted.filter(({ index }) => accidents.has(index)),
		reasons: tally(iterations.flatMap(reasonOf)).map(([reason, times]) => ({
			reason,
			times
		})),
		suspicious: iterations.filter(({ verdict }) => verdict.kind === "inconclusive" && isSuspicious(verdict.reason)).length,
		phases: totalPhases(iterations.map(({ phases }) => phases)),
		canaries: files.json(FILES.canaries, Canaries) ?? [],
		replays: known.filter(({ notTried }) => !notTried),
		untried: known.filter(({ notTried }) => notTried).length,
		gaps: tally(iterations.flatMap(({ avoided }) => avoided)).map(([gap, times]) => ({
			gap,
			times
		})),
		coverage: files.json(FILES.coverage, CoverageForm),
		damaged: files.damaged
	};
}
function operationsIn(findings, indices) {
	const showing = new Set(indices);
	return tally(findings.filter(({ index }) => showing.has(index)).map(({ finding }) => finding.operation)).map(([operation, times]) => ({
		operation,
		times
	}));
}
function allBugs({ bugs, carried }) {
	return [...bugs, ...carried];
}
function writeHistory(directory, history) {
	keepText(directory, FILES.history, historyText(history));
}
const OurRun = looseObject({ version: literal(1) });
function readRun(files) {
	const run = files.json(FILES.run, OurRun);
	if (run === void 0) throw new CannotRun(`There is no report of the record in ${files.directory}: its ${FILES.run} is missing or damaged.`);
	return run;
}
function withoutAccident(line, accident) {
	if (accident === void 0) return line;
	const { cameBack, tries } = accident;
	const steps = line.steps.map((step) => step.outcome === "divergent" ? {
		...step,
		outcome: "inconclusive"
	} : step);
	return {
		...line,
		steps,
		verdict: {
			kind: "inconclusive",
			reason: {
				kind: "flaky",
				cameBack,
				tries
			}
		}
	};
}
function verdictOf(run, { ok, divergent }) {
	if (divergent > 0) return "divergent";
	if (run.state === "failed" || run.state === "running") return "error";
	return ok > 0 ? "ok" : "inconclusive";
}
function countVerdicts(iterations) {
	const count = (kind) => iterations.filter(({ verdict }) => verdict.kind === kind).length;
	return {
		ok: count("ok"),
		divergent: count("divergent"),
		inconclusive: count("inconclusive")
	};
}
function countOperation(operation, iterations) {
	const outcomes = iterations.flatMap(({ steps }) => steps.filter((step) => step.operation === operation).map(({ outcome }) => outcome));
	const count = (kind) => outcomes.filter((outcome) => outcome === kind).length;
	const skipped = count("skipped");
	return {
		operation,
		ran: outcomes.length - skipped,
		ok: count("ok"),
		divergent: count("divergent"),
		inconclusive: count("inconclusive"),
		skipped
	};
}
function reasonOf({ verdict }) {
	return verdict.kind === "inconclusive" ? [describeReason(verdict.reason)] : [];
}
function tally(texts) {
	const times = new Map();
	for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
	return [...times].toSorted(([, a], [, b]) => b - a);
}
// src/session/plans.ts
function plansOf(seed, names, gapOf = gapsWithout([])) {
	const [first, ...others] = operationsNamed(names);
	if (first === void 0) throw new Error("no operation to draw from");
	const catalogue = {
		operations: [first, ...others],
		gapOf
	};
	return (index) => makePlan(seed, index, catalogue);
}
// src/sandbox/interpreter.ts
var InterpreterLost = class extends Error {};
const MOST_CHARACTERS$2 = 65536;
const BECOME_INTERPRETER = "read -r a b c d e session rest </proc/$$/stat; echo \"$session\"; exec \"$@\" 2>&1";
const BLANK_LINES = `${" ".repeat(999)}\n`.repeat(9);
var Interpreter = class {
	#program;
	#prompt;
	#kill;
	#heard = "";
	#leader;
	#gone;
	#look = () => {};
	constructor(program, prompt, kill) {
		this.#program = program;
		this.#prompt = prompt;
		this.#kill = kill;
		program.ended.then((how) => this.#end(`it ${how}`));
		program.stderr.resume();
		program.stdout.on("data", (chunk) => this.#hear(chunk.toString("latin1")));
	}
	async ask(commands, seconds) {
		const mark = randomUUID();
		const timer = setTimeout(() => this.#end(`no answer from it for ${seconds} s`), seconds * 1e3);
		this.#program.stdin.write(`${[...commands, mark].join("\n")}\n${BLANK_LINES}`);
		try {
			return await this.#answerBefore(mark);
		} finally {
			clearTimeout(timer);
			this.#look = () => {};
		}
	}
	#answerBefore(mark) {
		return new Promise((resolve, reject) => {
			this.#look = () => {
				const at = this.#heard.indexOf(mark);
				const end = at < 0 ? -1 : this.#heard.indexOf("\n", at);
				if (end >= 0) resolve(this.#take(at, end));
				else if (this.#gone !== void 0) reject(new InterpreterLost(this.#gone));
			};
			this.#look();
		});
	}
	#take(mark, end) {
		const before = this.#heard.slice(0, mark);
		this.#heard = this.#heard.slice(end + 1);
		return before.slice(0, Math.max(0, before.lastIndexOf(this.#prompt))).replaceAll(this.#prompt, "");
	}
	#hear(text) {
		if (this.#gone !== void 0) return;
		this.#heard += text;
		if (this.#heard.length > MOST_CHARACTERS$2) {
			this.#program.kill();
			this.#end("it said too much");
		}
		const end = this.#heard.indexOf("\n");
		if (this.#leader === void 0 && end >= 0) {
			this.#leader = this.#heard.slice(0, end);
			this.#heard = this.#heard.slice(end + 1);
		}
		this.#look();
	}
	#end(why) {
		this.#gone ??= why;
		this.#look();
	}
	async close() {
		const leader = this.#leader ?? "";
		this.#leader = "";
		this.#end("it was closed");
		this.#program.kill();
		if (/^\d+$/.test(leader)) await this.#kill(leader);
	}
};
// src/execution/assistant.ts
const MOST_SECONDS = 20;
const MOST_BYTES$2 = 64 * MiB;
const PIECE = MiB;
const SILENCE = "";
const MOST_LOSSES = 3;
const KEEPS_ITS_MEMORY = {
	MALLOC_TRIM_THRESHOLD_: "1000000000",
	MALLOC_MMAP_THRESHOLD_: "1000000000",
	MALLOC_TOP_PAD_: "67108864"
};
var Assistant = class {
	#sandbox;
	#seconds;
	#interpreter;
	#losses = 0;
	constructor(sandbox, timeoutSeconds) {
		this.#sandbox = sandbox;
		this.#seconds = Math.min(MOST_SECONDS, timeoutSeconds);
	}
	async serve(purpose, command, directory) {
		const { program, args } = command;
		const started = performance.now();
		const place = join(directory, command.directory);
		if (purpose === "fixture" && program === "qemu-io" && await this.write(args, place)) return done("", started);
		return purpose === "readback" && program === "reference" && await this.isSame(args, place) ? done("Images are identical.\n", started) : void 0;
	}
	async write(args, directory) {
		const writing = writingOf(args, directory);
		if (writing === void 0) return false;
		return await this.#ask(writing.commands) === SILENCE;
	}
	async isSame(args, directory) {
		const both = bothOf(args, directory);
		if (both === void 0) return false;
		const opened = await this.#ask([`open -r -o ${both}`, "map"]);
		if (opened === void 0) return false;
		const length = lengthIn(opened) ?? Number.POSITIVE_INFINITY;
		if (length <= MOST_BYTES$2) return await this.#ask([...readsOf(length), "close"]) === SILENCE;
		await this.#ask(["close"]);
		return false;
	}
	async #ask(commands) {
		if (this.#losses >= MOST_LOSSES) return void 0;
		try {
			this.#interpreter ??= this.#sandbox.startInterpreter("qemu-io", PROMPT, KEEPS_ITS_MEMORY);
			const answer = await this.#interpreter.ask(commands, this.#seconds);
			this.#losses = 0;
			return answer;
		} catch (error) {
			if (!(error instanceof InterpreterLost)) throw error;
			this.#losses += 1;
			await this.close();
			return;
		}
	}
	async close() {
		const lost = this.#interpreter;
		this.#interpreter = void 0;
		await lost?.close();
	}
};
function readsOf(length) {
	return Array.from({ length: Math.ceil(length / PIECE) }, (_, piece) => piece * PIECE).map((offset) => `read -q ${offset} ${Math.min(PIECE, length - offset)}`);
}
function done(said, started) {
	return {
		exit: {
			kind: "exited",
			code: 0
		},
		stdout: {
			text: said,
			bytes: said.length,
			truncated: false
		},
		stderr: {
			text: "",
			bytes: 0,
			truncated: false
		},
		milliseconds: performance.now() - started
	};
}
// src/sandbox/sweep.ts
const READ_PROCESS = `
read_process() {
  { read -r line <"$f/stat"; } 2>/dev/null || return 1
  pid=\${f#/proc/} parent= session=
  set -- \${line##*) }
  [ $# -lt 20 ] || { parent=$2 session=$4; }
}
`;
const killInSession = (unless) => `${READ_PROCESS}
for f in /proc/[0-9]*; do
  read_process && [ "$session" = "$1" ] && ! ${unless} && kill -9 "$pid" 2>/dev/null
done
:
`;
const KILL_SESSION = killInSession("false");
const INTERRUPT_SESSION = killInSession("[ \"$pid\" = \"$1\" ]");
const KILL_ORPHANS = `${READ_PROCESS}
f=/proc/$$ && read_process && own=$session
has_lane() { [ "$1" != "$own" ] && f=/proc/$1 && read_process && [ "$parent" = 0 ]; }
for round in 1 2 3 4 5; do
  found=
  for f in /proc/[0-9]*; do
    read_process || continue
    case $parent in '' | 1) ;; *) continue ;; esac
    [ "$session" != 1 ] || continue
    orphan=$pid
    has_lane "$session" || { found=yes; kill -9 "$orphan" 2>/dev/null; }
  done
  [ "$found" ] || break
done
`;
const RENEW_DIRECTORY = `
rm -rf -- "$1"
exec mkdir -- "$1"
`;
const REMOVE_DIRECTORY = `
rm -rf -- "$1" 2>/dev/null || { chmod -R u+rwX -- "$1" && rm -rf -- "$1"; }
`;
const END_ITERATION_ISOLATED = `${KILL_ORPHANS}${REMOVE_DIRECTORY}`;
// src/execution/housekeeping.ts
const HOUSEKEEPING_SECONDS = 60;
async function keepHouse(lane, directory, script, args) {
	const argv = [
		"sh",
		"-c",
		script,
		"sh",
		...args
	];
	const { exit, stderr } = await lane.run({
		directory,
		argv,
		timeoutSeconds: HOUSEKEEPING_SECONDS,
		trusted: true
	});
	if (succeeded(exit)) return;
	throw new LaneLost(`housekeeping ended with ${describeExit(exit)}: ${stderr.text.trim().slice(0, 300)}`);
}
// src/execution/directories.ts
const CLOSED = [
	"fixture",
	"reference",
	"before"
];
const OPEN = ["subject", "twin"];
function directoriesOf({ index }, { scratch }) {
	const inArea = (part) => join(areaOf(scratch.path, part), String(index));
	return {
		all: inArea("tools"),
		open: inArea("subject")
	};
}
const MAKE = `
rm -rf -- "$1" "$2"
all=$1 open=$2 noise=$3
shift 3
mkdir -p -- "$@"
ln -s -- ${OPEN.map((root) => `"$open/${root}"`).join(" ")} "$all/"
exec ln -s -- "$noise" "$open/"
`;
async function makeDirectories({ all, open }, places, { lanes, sandbox }) {
	const noise = join(all, NOISE_DIRECTORY);
	const below = (directory, roots) => roots.flatMap((root) => places.map((place) => join(directory, root, place)));
	const paths = [
		...below(all, CLOSED),
		...below(open, OPEN),
		noise
	];
	await keepHouse(lanes.tools, sandbox.scratch.path, MAKE, [
		all,
		open,
		noise,
		...paths
	]);
}
async function removeDirectories({ all, open }, { lanes, sandbox }) {
	const { path } = sandbox.scratch;
	const [subject, tools] = await Promise.allSettled([keepHouse(lanes.subject, areaOf(path, "subject"), sandbox.endIteration, [open]), keepHouse(lanes.tools, path, REMOVE_DIRECTORY, [all])]);
	const failed = subject.status === "rejected" ? subject : tools;
	if (failed.status === "fulfilled") return void 0;
	if (failed.reason instanceof LaneLost) return failed.reason.message;
	throw failed.reason;
}
// src/operations/parts/unnamed-backing.ts
const FIRST_EXTENSION = {
	"1.1": 112,
	"0.10": 72
};
const UNKNOWN_TYPE = {
	byte: 18,
	length: 4
};
function forgottenFormats(chain) {
	return chain.flatMap(({ file, image }, depth) => {
		const below = chain[depth + 1]?.image;
		return below !== void 0 && "unnamed" in below && below.unnamed === true && image.format === "qcow2" ? [forget(file, image.compat)] : [];
	});
}
function forget(file, compat) {
	return {
		kind: "shared",
		program: "qemu-io",
		args: bytesArguments(file, {
			...UNKNOWN_TYPE,
			offset: FIRST_EXTENSION[compat]
		})
	};
}
// src/operations/parts/source-image.ts
const ORIGIN_FILE = "origin.img";
function buildSource(source) {
	return [...buildWhole(source), ...oddEnds(source)];
}
function oddEnds(source) {
	const cut = (file, size, lessBytes) => lessBytes === void 0 ? [] : [reference([
		"resize",
		"-q",
		"-f",
		"raw",
		"--shrink",
		file,
		sizeText(size - lessBytes)
	])];
	if (source.format === "raw") return cut(SOURCE_FILE, source.size, source.lessBytes);
	return (source.format === "qcow2" ? source.backing : []).flatMap((layer, depth) => layer.format === "raw" ? cut(backingFile(depth), layer.size, layer.lessBytes) : []);
}
function buildWhole(source) {
	const { format, history, writes, size } = source;
	const options = optionsOf$1(source);
	const plain = (file, content, bytes = size) => imageOf({
		format,
		options,
		file,
		size: bytes,
		writes: content
	});
	const above = (file, below) => imageOf({
		format,
		options,
		file,
		size,
		writes,
		below: {
			file: below,
			format
		}
	});
	switch (history.kind) {
		case "created": return buildChain(source);
		case "converted": {
			const compress = history.compressed ? ["-c"] : [];
			const spelled = [...optionArguments(options), ...compress];
			const args = [
				"convert",
				"-f",
				history.from,
				"-O",
				format,
				...spelled,
				ORIGIN_FILE,
				SOURCE_FILE
			];
			const plainly = writes.map((write) => write.kind === "compressed" ? {
				...write,
				kind: "data"
			} : write);
			return [...build([imageOf({
				format: history.from,
				options: {},
				file: ORIGIN_FILE,
				size,
				writes: plainly
			})]), reference(args)];
		}
		case "resized": {
			const args = [
				"resize",
				"-q",
				"-f",
				format,
				...history.from > size ? ["--shrink"] : [],
				SOURCE_FILE,
				sizeText(size)
			];
			return [...build([plain(SOURCE_FILE, writes, history.from)]), reference(args)];
		}
		case "committed": return [...build([plain(SOURCE_FILE, history.before), above(ORIGIN_FILE, SOURCE_FILE)]), reference([
			"commit",
			"-q",
			"-f",
			format,
			ORIGIN_FILE
		])];
		case "rebased": return [...build([plain(ORIGIN_FILE, history.below), above(SOURCE_FILE, ORIGIN_FILE)]), reference([
			"rebase",
			"-q",
			"-f",
			format,
			"-b",
			"",
			SOURCE_FILE
		])];
	}
}
function buildChain(source) {
	if (source.format !== "qcow2") return build(chainOf(source));
	const made = buildWithSnapshot(chainOf(source), SOURCE_FILE, source.snapshot);
	const below = source.backing.map((image, depth) => ({
		image,
		file: backingFile(depth)
	}));
	return [...made, ...forgottenFormats([{
		image: source,
		file: SOURCE_FILE
	}, ...below])];
}
function chainOf(source) {
	const { format, size, writes } = source;
	const layers = source.format === "qcow2" ? source.backing : [];
	const below = layers.map((layer, depth) => layerImage(layer, depth, layers[depth + 1])).toReversed();
	const top = {
		format,
		options: optionsOf$1(source),
		file: SOURCE_FILE,
		size,
		writes
	};
	return [...below, imageOf({
		...top,
		below: backingAt(0, layers[0])
	})];
}
function layerImage(layer, depth, next) {
	const { format, size, writes } = layer;
	return imageOf({
		format,
		options: layerOptions(layer),
		file: backingFile(depth),
		size,
		writes,
		below: backingAt(depth + 1, next)
	});
}
function backingAt(depth, layer) {
	return layer && {
		file: backingFile(depth),
		format: layer.format
	};
}
// src/execution/identical.ts
const MOST_BYTES$1 = 67108864;
const CHUNK_BYTES = 65536;
const TURN_BYTES = 1048576;
const [OURS, THEIRS] = [Buffer.alloc(CHUNK_BYTES), Buffer.alloc(CHUNK_BYTES)];
async function sameBytes(one, other) {
	const files = [];
	try {
		for (const path of [one, other]) files.push(openSync(path, constants$1.O_RDONLY | constants$1.O_NOFOLLOW | constants$1.O_NONBLOCK));
		const [first, second] = files;
		return first !== void 0 && second !== void 0 && await sameContents(first, second);
	} catch {
		return false;
	} finally {
		for (const file of files) closeSync(file);
	}
}
async function sameContents(first, second) {
	const [one, other] = [fstatSync(first), fstatSync(second)];
	if (!one.isFile() || !other.isFile() || one.size !== other.size || one.size > MOST_BYTES$1) return false;
	for (let position = 0; position < one.size; position += CHUNK_BYTES) {
		if (position > 0 && position % TURN_BYTES === 0) await setImmediate();
		if (!sameChunk(first, second, position)) return false;
	}
	return true;
}
function sameChunk(first, second, position) {
	const bytes = readSync(first, OURS, 0, CHUNK_BYTES, position);
	const others = readSync(second, THEIRS, 0, CHUNK_BYTES, position);
	return bytes === others && OURS.subarray(0, bytes).equals(THEIRS.subarray(0, others));
}
// src/execution/required.ts
function requireFixture(command, result) {
	if (!succeeded(result.exit)) throw new Inconclusive({
		kind: "fixture_failed",
		command,
		message: lastWords(result)
	});
}
function requireAlive(command, reference, found) {
	if (crashed(reference.exit) && found?.kind !== "crash") throw new Inconclusive({
		kind: "reference_crashed",
		command,
		message: lastWords(reference)
	});
}
// src/execution/bench.ts
function benchOf(stage, place) {
	const { step, directory } = place;
	const ask = ({ side, program, args, place: elsewhere, makes }) => {
		const where = elsewhere === "above" ? "." : join(elsewhere === "twin" ? "twin" : side, directory);
		return stage.perform(step, makes ? "twin" : "readback", {
			side,
			program,
			args,
			directory: where
		});
	};
	const identical = (path) => sameBytes(stage.hostPath("subject", join(directory, path)), stage.hostPath("reference", join(directory, path)));
	const pathOf = (root, path) => join(root, directory, path);
	const sizeOf = (root, path) => stage.sizeOf(root, join(directory, path));
	const isSame = async (roots, path) => {
		const [one, other] = roots.map((root) => stage.hostPath(root, join(directory, path)));
		if (await sameBytes(one ?? "", other ?? "")) return true;
		const [size, otherSize] = roots.map((root) => sizeOf(root, path));
		if (size === void 0 || size !== otherSize) return false;
		const args = [
			"compare",
			"-f",
			"raw",
			"-F",
			"raw",
			...roots.map((root) => pathOf(root, path))
		];
		const { exit } = await ask({
			side: "reference",
			program: "reference",
			args,
			place: "above"
		});
		return exit.kind === "exited" && exit.code === 0;
	};
	return {
		ask,
		pathOf,
		has: (program) => stage.has(program),
		async lendToTwin(paths) {
			const args = [...paths.map((path) => pathOf("reference", path)), `twin/${directory}/.`];
			requireFixture("cp", await stage.perform(step, "fixture", {
				side: "reference",
				program: "cp",
				args,
				directory: "."
			}));
		},
		fileSize: sizeOf,
		leadsElsewhere: (path) => stage.leadsElsewhere(join(directory, path)),
		async identical(paths) {
			const answers = await Promise.all(paths.map(identical));
			return answers.length > 0 && answers.every(Boolean);
		},
		async untouched({ path, own, inPlace }) {
			if (await isSame(["subject", own ? "before" : "reference"], path)) return true;
			const original = own ? void 0 : ["before", "fixture"].find((root) => sizeOf(root, path) !== void 0);
			if (original === void 0) return false;
			if (await isSame(["subject", original], path)) return true;
			return inPlace === true && !await isSame(["reference", original], path);
		}
	};
}
// src/execution/worst.ts
async function worstFinding(oracles, observation, stage) {
	let worst;
	let commands = 0;
	for (const oracle of oracles) {
		if (worst && isGrave(worst)) break;
		const found = worst ? await unlessInconclusive(oracle(observation)) : await oracle(observation);
		if (found && (worst === void 0 || isGrave(found) && !explains(worst, found))) {
			worst = found;
			commands = stage.transcript.length;
		}
	}
	if (worst) stage.transcript.length = commands;
	return worst;
}
async function unlessInconclusive(finding) {
	try {
		return await finding;
	} catch (error) {
		if (error instanceof Inconclusive) return void 0;
		throw error;
	}
}
// src/execution/fixture.ts
async function prepare(site, preparations) {
	const { stage, place } = site;
	let copied = !preparations.some(({ kind }) => kind === "shared");
	for (const preparation of preparations) {
		if (preparation.kind !== "shared" && !copied) {
			await copyToBoth(stage, place);
			copied = true;
		}
		const difference = await prepareOnce(site, preparation);
		if (difference) return difference;
	}
	if (!copied) await copyToBoth(stage, place);
}
async function prepareOnce(site, preparation) {
	const { stage, place } = site;
	if (preparation.kind === "own") return prepareOwn(site, preparation);
	if (preparation.kind === "kept") return keep(stage, place, "reference", preparation.file);
	if (preparation.kind === "before") return keep(stage, place, "subject", preparation.file);
	const { kind, program, args } = preparation;
	const perform = (side, root) => stage.perform(place.step, "fixture", {
		side,
		program,
		args,
		directory: join(root, place.directory)
	});
	requireFixture(`${program} ${args[0]}`, await perform("reference", kind === "shared" ? "fixture" : "reference"));
	if (kind === "shared") return void 0;
	const subject = await perform("subject", "subject");
	if (succeeded(subject.exit)) return void 0;
	const file = args.at(-1) ?? "";
	return {
		kind: "unreadable",
		type: TYPE_ENDS.fixture,
		file,
		message: lastWords(subject)
	};
}
async function keep(stage, { step, directory }, side, file) {
	const args = [join(side, directory, file), `${side === "subject" ? "before" : "fixture"}/${directory}/.`];
	requireFixture("cp", await stage.perform(step, "fixture", {
		side,
		program: "cp",
		args,
		directory: "."
	}));
}
async function prepareOwn(site, preparation) {
	const { stage, place, operation } = site;
	const { args, makes, readbacks } = preparation;
	const reference = await test(stage, place, "reference", { args });
	const subject = await test(stage, place, "subject", { args });
	const difference = compareEnds({
		subject,
		reference
	});
	requireAlive(args[0] ?? "", reference, difference);
	if (difference) return difference;
	requireFixture(`reference ${args[0]}`, reference);
	const bench = benchOf(stage, place);
	if (await bench.identical([makes.path])) return void 0;
	return worstFinding(readbacks, {
		operation,
		subject,
		reference,
		inputs: [],
		outputs: [makes],
		invariants: [],
		bench
	}, stage);
}
async function copyToBoth(stage, { step, directory }) {
	for (const side of ["reference", "subject"]) {
		const args = [
			"-R",
			`fixture/${directory}/.`,
			`${side}/${directory}`
		];
		requireFixture("cp", await stage.perform(step, "fixture", {
			side,
			program: "cp",
			args,
			directory: "."
		}));
	}
}
function test(stage, place, side, { args, calledFrom, mostBytes }) {
	const directory = calledFrom === "above" ? side : join(side, place.directory);
	return stage.perform(place.step, "test", {
		side,
		program: side,
		args,
		directory,
		mostBytes
	});
}
// src/execution/made-once.ts
var MadeOnce = class {
	#make;
	#failure;
	constructor(make) {
		this.#make = make;
	}
	failure() {
		this.#failure ??= this.#attempt();
		return this.#failure;
	}
	async #attempt() {
		try {
			await this.#make();
			return;
		} catch (error) {
			if (error instanceof Inconclusive) return error.reason;
			throw error;
		}
	}
};
// src/sandbox/transcript.ts
const STORED_OUTPUT = 8192;
function entryOf(step, purpose, command, result) {
	return {
		step,
		purpose,
		side: command.side,
		directory: command.directory,
		program: command.program,
		args: command.args,
		...command.mostBytes !== void 0 && { mostBytes: command.mostBytes },
		exit: result.exit,
		milliseconds: Math.round(result.milliseconds * 10) / 10,
		stdout: bounded(result.stdout.text, result.stdout.bytes),
		stderr: bounded(result.stderr.text, result.stderr.bytes)
	};
}
function bounded(text, bytes) {
	return text.length <= STORED_OUTPUT ? text : `${text.slice(0, STORED_OUTPUT)}\n[cut; ${bytes} bytes in all]`;
}
// src/execution/stage.ts
const UTILITY_SECONDS = 60;
const UTILITIES = ["cp", "awk"];
const INTO_NEW_FILES = ["--remove-destination"];
const NO_SPACE = "No space left on device";
async function reachedIn({ tools, subject }) {
	return together(await tools.reached(), await subject.reached());
}
var Stage = class {
	transcript = [];
	#options;
	constructor(options) {
		this.#options = options;
	}
	async perform(step, purpose, command) {
		const { directories, tools, helper } = this.#options;
		if (command.program === "qemu-io" && !tools.hasQemuIo) throw new Inconclusive({
			kind: "missing_helper",
			helper: "qemu-io"
		});
		const served = await helper?.serve(purpose, command, directories.all);
		const result = served ?? await this.#run(purpose, command);
		this.transcript.push({
			...entryOf(step, purpose, command, result),
			...served && !helper?.isFresh && { helped: true }
		});
		throwUnlessJudgeable(command, result, () => this.#referenceMilliseconds(step, command));
		return result;
	}
	#referenceMilliseconds(step, { program, args }) {
		if (program !== "subject") return void 0;
		const same = (entry) => entry.program === "reference" && entry.args[0] === args[0];
		return this.transcript.findLast((entry) => entry.step === step && same(entry))?.milliseconds;
	}
	#run(purpose, command) {
		const { lanes, directories, timeoutSeconds } = this.#options;
		const guard = command.program === "cp" ? INTO_NEW_FILES : [];
		const argv = limited(command, [
			this.#pathOf(command.program),
			...guard,
			...command.args
		]);
		const patience = { timeoutSeconds: UTILITIES.includes(command.program) ? UTILITY_SECONDS : timeoutSeconds };
		if (command.program === "subject" || copiesAmongItsOwn(purpose, command)) return lanes.subject.run({
			directory: join(directories.open, command.directory),
			argv,
			...patience
		});
		const directory = join(directories.all, command.directory);
		return lanes.tools.run({
			directory,
			argv,
			...patience,
			trusted: true
		});
	}
	async limitReached() {
		return reachedBetween(this.#options.reached, await reachedIn(this.#options.lanes));
	}
	has(program) {
		const { thirdReaders } = this.#options.tools;
		return !isThirdReader(program) || thirdReaders.includes(program);
	}
	sizeOf(root, path) {
		try {
			const status = lstatSync(this.hostPath(root, path));
			return status.isFile() ? status.size : void 0;
		} catch {
			return;
		}
	}
	leadsElsewhere(path) {
		try {
			const own = join(this.#options.directories.open, "subject", path);
			return realpathSync(dirname(own)) !== dirname(own) || lstatSync(own).isSymbolicLink();
		} catch {
			return false;
		}
	}
	hostPath(root, path) {
		return join(this.#options.directories.all, root, path);
	}
	#pathOf(program) {
		if (program === "subject") return this.#options.sandbox.subject;
		return program === "reference" ? REFERENCE : program;
	}
};
function copiesAmongItsOwn(purpose, { side, program, directory }) {
	const [root] = directory.split("/");
	return side === "subject" && (program === "cp" || program === "reference") && purpose !== "readback" && (root === "subject" || root === "twin");
}
function limited({ mostBytes }, argv) {
	return mostBytes === void 0 ? argv : [
		"sh",
		"-c",
		`${limitFiles(mostBytes)} && exec "$@"`,
		"sh",
		...argv
	];
}
function throwUnlessJudgeable({ program, args, side }, result, besideReference) {
	const { exit, stderr } = result;
	const command = `${program} ${args[0] ?? ""}`.trim();
	if (program === "subject" && wasNotStarted(result)) throw new Inconclusive({
		kind: "not_started",
		message: lastWords(result)
	});
	if (exit.kind === "timed-out") {
		const { seconds } = exit;
		const referenceMilliseconds = besideReference();
		throw new Inconclusive({
			kind: "inconclusive_external_timeout",
			side,
			command,
			seconds,
			...referenceMilliseconds === void 0 ? {} : { referenceMilliseconds }
		});
	}
	if (program !== "subject" && !succeeded(exit) && stderr.text.includes(NO_SPACE)) throw new Inconclusive({
		kind: "scratch_full",
		freeBytes: 0
	});
	if (exit.kind === "signalled" && exit.signal === 9) throw new Inconclusive({
		kind: "killed",
		side,
		command
	});
}
// src/oracles/twin.ts
const DESCRIBED = [
	"qcow2",
	"vmdk",
	"vpc",
	"vhdx"
];
function readsTwin(check) {
	return async (observation) => {
		const [file] = observation.outputs;
		if (file === void 0) return void 0;
		const reading = readingOf(check, file);
		if (reading === void 0) return void 0;
		await observation.bench.lendToTwin([file.path, ...file.below ?? []]);
		return reading(observation, file);
	};
}
function readingOf(check, { format, below }) {
	if (check === "none") return void 0;
	if (check === "examine" && EXAMINED.includes(format)) return examine;
	if (format === "vmdk" && below) return void 0;
	return check === "describe" && DESCRIBED.includes(format) ? describe : read;
}
async function describe({ operation, bench }, file) {
	const args = [
		"info",
		"--output",
		"json",
		file.path
	];
	const reference = await bench.ask({
		side: "reference",
		program: "reference",
		args: [
			"info",
			"--output=json",
			file.path
		]
	});
	const subject = await bench.ask({
		side: "subject",
		program: "subject",
		args,
		place: "twin"
	});
	const type = `${operation}${TYPE_ENDS.twinInfo}`;
	return failureOf$1(subject, type) ?? compareReports({
		subject,
		reference,
		format: file.format
	}, {
		differ: type,
		unparsable: type
	});
}
async function examine({ operation, bench }, { path }) {
	const type = `${operation}${TYPE_ENDS.twinCheck}`;
	return sameCounts(bench, path, {
		differ: type,
		unparsable: type
	}, "twin");
}
async function read(observation, file) {
	const { operation, bench } = observation;
	const raw = `${file.path}.raw`;
	const type = `${operation}${TYPE_ENDS.twinContent}`;
	const args = [
		"convert",
		"-O",
		"raw",
		file.path,
		raw
	];
	const failure = failureOf$1(await bench.ask({
		side: "subject",
		program: "subject",
		args,
		place: "twin",
		makes: true
	}), type);
	if (failure) return failure;
	const original = {
		format: file.format,
		path: bench.pathOf("reference", file.path)
	};
	const copy = {
		format: "raw",
		path: bench.pathOf("twin", raw)
	};
	const sizeOf = async (side, disk) => {
		const size = await virtualSizeOf(observation, side, disk, "above");
		if (typeof size === "string") throw unusable("info", size);
		return size;
	};
	const compared = await compareDisks(bench, original, copy);
	switch (compared.kind) {
		case "same": return;
		case "other-size": {
			const reference = await sizeOf("reference", original);
			const subject = await sizeOf("subject", copy);
			return isSameSize("raw", subject - reference) ? void 0 : {
				kind: "size",
				type,
				file: file.path,
				subject,
				reference
			};
		}
		case "differ": return {
			kind: "content",
			type,
			file: file.path,
			offset: compared.offset,
			broken: "its copy reads as what the reference wrote",
			twin: true
		};
		case "failed":
			await requireReadable(observation, file);
			return {
				kind: "unreadable",
				type,
				file: raw,
				message: compared.message
			};
	}
}
// src/execution/step.ts
const LEAST_FREE_BYTES = 64 * MiB;
function leastFreeBytes({ kind }, largestDisk) {
	return kind === "exit" ? Math.max(LEAST_FREE_BYTES, largestDisk) : LEAST_FREE_BYTES;
}
async function runStep(run) {
	const { operation, place, stage } = run;
	try {
		const judgement = await trial(run);
		if (judgement === void 0) return { kind: "ok" };
		const free = freeBytes(stage.hostPath("reference", "."));
		const neededBytes = leastFreeBytes(judgement, run.largestDisk);
		if (free < neededBytes) throw new Inconclusive({
			kind: "scratch_full",
			freeBytes: Math.max(0, free),
			neededBytes
		});
		const limit = await stage.limitReached();
		if (limit) throw new Inconclusive({
			kind: "limit_reached",
			limit
		});
		return {
			kind: "divergent",
			finding: {
				...judgement,
				operation,
				step: place.step
			}
		};
	} catch (error) {
		if (error instanceof Inconclusive) return {
			kind: "inconclusive",
			reason: error.reason
		};
		throw error;
	}
}
async function trial(run) {
	const { script } = run;
	const difference = await prepare(run, script.prepare);
	if (difference) return difference;
	const { finding, accepted } = await tryMistaken(run, script.mistaken ?? []);
	return finding || accepted ? finding : (await tryScript(run)).finding;
}
async function tryMistaken(run, mistaken) {
	for (const { mistake, script } of mistaken) {
		const difference = await prepare(run, script.prepare);
		if (difference) return {
			finding: difference,
			accepted: false
		};
		const { finding, accepted } = await tryScript({
			...run,
			script,
			twin: "none"
		});
		if (finding) return {
			finding: {
				...finding,
				mistake
			},
			accepted
		};
		if (accepted && !script.spoilsCopy) return {
			finding: void 0,
			accepted
		};
	}
	return {
		finding: void 0,
		accepted: false
	};
}
async function tryScript(run) {
	const { stage, place, operation, script, twin } = run;
	const { inputs, outputs, invariants } = script;
	const reference = await test(stage, place, "reference", {
		...script,
		args: script.reference
	});
	const subject = await test(stage, place, "subject", {
		...script,
		args: script.subject
	});
	const bench = benchOf(stage, place);
	const observation = {
		operation,
		subject,
		reference,
		inputs,
		outputs,
		invariants,
		bench
	};
	const finding = await worstFinding(script.oracles, observation, stage);
	requireAlive(operation, reference, crashOf(subject) ?? finding);
	const accepted = succeeded(reference.exit);
	if (finding || !accepted) return {
		finding,
		accepted
	};
	const found = await worstFinding([
		...await bench.identical(outputs.map(({ path }) => path)) ? [] : script.readbacks,
		keepsInvariants,
		readsTwin(twin)
	], observation, stage);
	const elsewhere = [...inputs, ...outputs].find(({ path }) => bench.leadsElsewhere(path));
	if (found === void 0 && elsewhere) throw new Inconclusive({
		kind: "leads_elsewhere",
		file: elsewhere.path
	});
	return {
		finding: found,
		accepted
	};
}
// src/execution/iteration.ts
const SOURCE_PLACE = {
	step: 0,
	directory: SOURCE_DIRECTORY
};
async function execute(plan, venue) {
	const directories = directoriesOf(plan, venue.sandbox);
	await makeDirectories(directories, [SOURCE_PLACE.directory, ...plan.steps.map(({ position }) => stepDirectory(position))], venue);
	const stage = new Stage({
		...venue,
		directories,
		reached: await reachedIn(venue.lanes)
	});
	const steps = await runSteps(plan, stage, venue);
	const bytes = venue.readsBytes && await bytesAfter(steps, stage, {
		lanes: venue.lanes,
		directories
	});
	const littered = await removeDirectories(directories, venue);
	return {
		steps,
		transcript: stage.transcript,
		...bytes && { bytes },
		...littered !== void 0 && { littered }
	};
}
async function bytesAfter(steps, { transcript }, where) {
	const outcome = steps.at(-1)?.outcome;
	if (outcome?.kind !== "divergent" || outcome.finding.kind !== "content") return void 0;
	return readBytes(transcript, outcome.finding.offset, where);
}
async function runSteps(plan, stage, venue) {
	const reports = [];
	const noise = new MadeOnce(() => makeNoise(plan, stage));
	const source = new MadeOnce(() => makeSource(plan, stage));
	for (const step of plan.steps) {
		const outcome = await runOne({
			plan,
			step,
			stage,
			venue,
			noise,
			source
		});
		reports.push({
			operation: step.operation,
			outcome
		});
		if (outcome.kind === "divergent" && isGrave(outcome.finding)) break;
	}
	return reports;
}
async function runOne({ plan, step, stage, venue, noise, source }) {
	if (step.kind === "skipped") return {
		kind: "skipped",
		gap: step.gap
	};
	const script = scriptOf(step, plan, venue);
	const written = script.usesSource ? [plan.source, step.options] : [step.options];
	const needed = [...noiseFilesIn(written).length > 0 ? [noise] : [], ...script.usesSource ? [source] : []];
	for (const one of needed) {
		const failure = await one.failure();
		if (failure) return {
			kind: "inconclusive",
			reason: failure
		};
	}
	const { operation, twin, position } = step;
	const directory = directoryOf(script, position);
	const largestDisk = largestIn(written);
	return runStep({
		stage,
		place: {
			step: position,
			directory
		},
		operation,
		script,
		twin,
		largestDisk
	});
}
function largestIn(value) {
	if (typeof value === "number") return value;
	return typeof value === "object" && value !== null ? Math.max(0, ...Object.values(value).map(largestIn)) : 0;
}
function scriptOf(step, { source }, { operations, tools }) {
	const operation = operations.find(({ name }) => name === step.operation);
	if (operation === void 0) throw new Error(`no operation is named ${step.operation}`);
	const { position, mistakes, calledFrom } = step;
	return operation.script(step.options, {
		source,
		position,
		mistakes,
		calledFrom,
		dialect: tools.dialect
	});
}
async function makeNoise(plan, stage) {
	const command = {
		side: "reference",
		program: "awk",
		args: noiseArguments(noiseFilesIn(plan)),
		directory: NOISE_DIRECTORY
	};
	requireFixture("awk", await stage.perform(SOURCE_PLACE.step, "fixture", command));
}
async function makeSource({ source }, stage) {
	await prepare({
		stage,
		place: SOURCE_PLACE,
		operation: "source"
	}, buildSource(source));
}
// src/execution/script.ts
const SCRIPT_SECONDS = 60;
async function runScript(script, { lane, sandbox, timeoutSeconds }) {
	const area = areaOf(sandbox.scratch.path, "subject");
	const directory = join(area, "reproducer");
	await keepHouse(lane, area, RENEW_DIRECTORY, [directory]);
	const argv = [
		"env",
		`INSTAR=${sandbox.subject}`,
		"sh",
		"-c",
		script,
		"repro.sh"
	];
	const { exit } = await lane.run({
		directory,
		argv,
		timeoutSeconds: SCRIPT_SECONDS + timeoutSeconds
	});
	await keepHouse(lane, area, sandbox.endIteration, [directory]);
	return exit.kind === "exited" ? exit.code : void 0;
}
// src/execution/second-opinion.ts
const SECONDS = 60;
var SecondOpinion = class {
	isFresh = true;
	#assistant;
	#lane;
	#copies = 0;
	constructor(assistant, lane) {
		this.#assistant = assistant;
		this.#lane = lane;
	}
	async serve(purpose, command, directory) {
		const place = join(directory, command.directory);
		const isAlone = command.side === "reference";
		if (purpose === "fixture" && command.program === "qemu-io") return isAlone ? this.#writeTwice(command, place) : void 0;
		if (purpose !== "readback" || !await this.#assistant.serve(purpose, command, directory)) return void 0;
		const result = await this.#run([REFERENCE, ...command.args], place);
		if (isIdentical(result)) return result;
		if (await this.#assistant.serve(purpose, command, directory)) {
			const again = await this.#run([REFERENCE, ...command.args], place);
			if (disagrees(again)) throw disagreement(`${REFERENCE} ${command.args.join(" ")}`, again);
		}
	}
	async #writeTwice({ args }, place) {
		const images = writingOf(args, ".")?.images;
		if (images === void 0) return void 0;
		this.#copies += 1;
		const copy = `${place}.again${this.#copies}`;
		const copied = await this.#run([
			"cp",
			"-R",
			place,
			copy
		], "/");
		const result = await this.#run(["qemu-io", ...args], place);
		if (!succeeded(copied.exit) || !succeeded(result.exit)) return result;
		if (!await this.#assistant.write(args, copy)) return result;
		for (const { format, path } of images) {
			const compare = [
				"compare",
				"-f",
				format,
				"-F",
				format,
				join(place, path),
				join(copy, path)
			];
			const compared = await this.#run([REFERENCE, ...compare], place);
			if (disagrees(compared)) throw disagreement(`qemu-io ${args.join(" ")}`, compared);
		}
		return result;
	}
	#run(argv, directory) {
		return this.#lane.run({
			directory,
			argv,
			timeoutSeconds: SECONDS,
			trusted: true
		});
	}
};
function isIdentical(result) {
	return readCompared(result).kind === "same";
}
function disagrees(result) {
	return result.exit.kind === "exited" && !isIdentical(result);
}
function disagreement(command, result) {
	return new CannotRun(`A qemu-io that stays and a fresh process disagree on \`${command.slice(0, 500)}\`: ${lastWords(result)}. What this run compared cannot be trusted. Unless something that the subject left running changes its files again and again, please report this with the version of qemu-img.`);
}
// src/execution/worker.ts
const TRIES = 2;
const OPENING_SECONDS = 10;
const PAUSE_MILLISECONDS = 250;
const CHECKED_EVERY = 50;
var Worker = class {
	#options;
	#current;
	#assistant;
	#left = [];
	#own;
	constructor(options) {
		this.#options = options;
		const { assisted, sandbox, timeoutSeconds, tools } = options;
		this.#assistant = assisted && tools.hasQemuIo ? new Assistant(sandbox, timeoutSeconds) : void 0;
		options.signal.addEventListener("abort", () => this.#current && abandon(this.#current), { once: true });
	}
	async execute(plan) {
		let message = "";
		const own = directoriesOf(plan, this.#options.sandbox);
		this.#own = own;
		for (let attempt = 1; attempt <= TRIES; attempt += 1) try {
			const lanes = await this.#lanes();
			return this.#options.signal.aborted ? void 0 : await this.#executeIn(lanes, plan);
		} catch (error) {
			if (this.#options.signal.aborted) return void 0;
			if (!(error instanceof LaneLost)) throw error;
			message = error.message;
			await this.#dropLanes();
		}
		this.#own = void 0;
		this.#left.push(own);
		return lostTrial(plan, message);
	}
	async #executeIn(lanes, plan) {
		const { sandbox } = this.#options;
		for (const left of this.#left.splice(0)) await removeDirectories(left, {
			lanes,
			sandbox
		});
		const trial = await execute(plan, {
			...this.#options,
			lanes,
			helper: this.#helperFor(plan, lanes)
		});
		this.#own = void 0;
		if (trial.littered !== void 0) {
			this.#left.push(directoriesOf(plan, sandbox));
			await this.#dropLanes();
		}
		return trial;
	}
	#helperFor({ index }, { tools }) {
		if (this.#assistant === void 0 || index % CHECKED_EVERY !== 0) return this.#assistant;
		return new SecondOpinion(this.#assistant, tools);
	}
	async runReproducer(script) {
		try {
			const { subject: lane } = await this.#lanes();
			return await runScript(script, {
				...this.#options,
				lane
			});
		} catch (error) {
			if (!(error instanceof LaneLost)) throw error;
			await this.#dropLanes();
			return;
		}
	}
	async close() {
		await this.#dropLanes();
		await this.#assistant?.close();
	}
	async #lanes() {
		const end = performance.now() + OPENING_SECONDS * 1e3;
		while (this.#current === void 0) try {
			this.#current = await this.#options.sandbox.openLanes();
		} catch (error) {
			if (!(error instanceof LaneLost)) throw error;
			if (this.#options.signal.aborted || performance.now() > end) throw new SandboxGone(error.message);
			await this.#makeRoom();
			await setTimeout$2(PAUSE_MILLISECONDS);
		}
		return this.#current;
	}
	async #dropLanes() {
		const lost = this.#current;
		this.#current = void 0;
		if (lost === void 0) return;
		await this.#makeRoom();
		await this.#options.sandbox.killLanes(lost);
	}
	async #makeRoom() {
		const { sandbox } = this.#options;
		for (const { open } of [...this.#left, ...this.#own ? [this.#own] : []]) await sandbox.removeBeside(open);
	}
};
function lostTrial(plan, message) {
	const reason = {
		kind: "lane_lost",
		message
	};
	return {
		steps: [{
			operation: plan.steps[0]?.operation ?? "",
			outcome: {
				kind: "inconclusive",
				reason
			}
		}],
		transcript: []
	};
}
// src/execution/loop.ts
async function fuzz(run) {
	const { indices, budgetSeconds = Number.POSITIVE_INFINITY } = run;
	const end = performance.now() + budgetSeconds * 1e3;
	let stopped = false;
	const goesOn = () => !stopped && !run.signal.aborted && performance.now() < end;
	const lane = async (worker) => {
		while (goesOn()) {
			const next = indices.next();
			if (next.done) return;
			const started = performance.now();
			const plan = run.planOf(next.value);
			const trial = await worker.execute(plan);
			if (trial === void 0) return;
			const verdict = judge(trial.steps.map(({ outcome }) => outcome));
			run.record({
				plan,
				trial,
				verdict,
				milliseconds: performance.now() - started
			});
			stopped ||= run.failFast && verdict.kind === "divergent";
		}
	};
	const lanes = Array.from({ length: run.lanes }, async () => {
		const worker = new Worker({
			...run,
			assisted: true
		});
		try {
			await lane(worker);
			await worker.close();
		} catch (error) {
			stopped = true;
			throw error;
		}
	});
	const failed = (await Promise.allSettled(lanes)).find((end) => end.status === "rejected");
	if (failed) throw failed.reason;
}
// src/execution/holes.ts
const BYTES = 16 * MiB;
async function requireHoles(ask, where) {
	const [disk, copy] = ["probe.holes", "probe.copy"];
	await ask(REFERENCE, "create", "-q", "-f", "raw", disk, String(BYTES));
	await ask("cp", disk, copy);
	const [before = 0, after = 0] = [await bytesUsed(disk), await bytesUsed(copy)];
	if (before >= BYTES || after < BYTES) return;
	throw new CannotRun(`The \`cp\` of ${where} fills the holes of sparse files, as BusyBox’s does: large images would fill the memory. Install GNU coreutils in it.`);
	async function bytesUsed(file) {
		const { exit, stdout } = await ask(REFERENCE, "info", "--output", "json", "-f", "raw", file);
		const size = (succeeded(exit) ? parseOutsideJson(stdout.text) : void 0)?.["actual-size"];
		return typeof size === "number" ? size : void 0;
	}
}
// src/execution/tools.ts
const PROBE_SECONDS = 20;
async function findTools(sandbox, where, references = []) {
	const lanes = await sandbox.openLanes().catch((error) => {
		throw error instanceof LaneLost ? new CannotRun(`No command can be run in ${where}: ${error.message}`) : error;
	});
	try {
		return await findIn(lanes, sandbox, where, references);
	} catch (error) {
		if (error instanceof LaneLost) throw new CannotRun(`A first command broke its shell in ${where}: ${error.message}`);
		throw error;
	} finally {
		await sandbox.killLanes(lanes);
	}
}
async function findIn(lanes, sandbox, where, references) {
	const directory = areaOf(sandbox.scratch.path, "subject");
	const askIn = (part) => (...argv) => lanes[part].run({
		directory,
		argv,
		timeoutSeconds: PROBE_SECONDS
	});
	const [ask, askSubject] = [askIn("tools"), askIn("subject")];
	const utility = await ask("cp", "/dev/null", "probe");
	if (!succeeded(utility.exit)) throw new CannotRun(`${where} lacks \`timeout\` or \`cp\`, or they fail: ${lastWords(utility)}.`);
	const referenceVersion = await tryReference(ask, where);
	await requireHoles(ask, where);
	const subjectVersion = await trySubject(askSubject, {
		input: "instar",
		path: sandbox.subject
	}, where);
	if (sandbox.baseline !== void 0) await trySubject(askSubject, {
		input: "baseline",
		path: sandbox.baseline
	}, where);
	const qemuIo = await ask("qemu-io", "--version");
	const thirdReaders = await findThirdReaders(ask);
	const jurors = await findJurors(askSubject, sandbox.subject, references, where);
	const dialect = subjectVersion.startsWith("qemu-img") ? "qemu-img" : "instar";
	return {
		subjectVersion,
		referenceVersion,
		hasQemuIo: ran(qemuIo.exit),
		thirdReaders,
		jurors,
		dialect
	};
}
async function findJurors(ask, subject, names, where) {
	const jurors = [];
	for (const name of names) {
		const path = isAbsolute(name) ? name : join(dirname(subject), name);
		const version = await ask(path, "--version");
		if (!succeeded(version.exit)) throw new CannotRun(`Input "references": "${name}" cannot be executed inside ${where}: ${lastWords(version)}. Name an executable inside the image by its whole path, or one in the subject’s directory.`);
		jurors.push({
			path,
			version: firstLine(version.stdout.text) || name
		});
	}
	return jurors;
}
async function findThirdReaders(ask) {
	const found = [];
	for (const reader of THIRD_READERS) {
		const { exit } = await ask(reader, "-V");
		if (ran(exit)) found.push(reader);
	}
	return found;
}
async function tryReference(ask, where) {
	const version = await ask(REFERENCE, "--version");
	const created = await ask(REFERENCE, "create", "-q", "-f", "qcow2", PROBE_IMAGE, "1M");
	if (succeeded(version.exit) && succeeded(created.exit)) return firstLine(version.stdout.text);
	throw new CannotRun(`${where} holds no working qemu-img, which is the reference: ${lastWords(created)}. Install qemu-utils in it.`);
}
const PROBE_IMAGE = "probe.qcow2";
async function trySubject(ask, { input, path }, where) {
	const version = await ask(path, "--version");
	if (!ran(version.exit)) throw new CannotRun(`Input "${input}": it cannot be executed inside ${where}: ${lastWords(version)}. Is it built for that system, with all its libraries?`);
	const created = await ask(path, "create", "-f", "qcow2", "probe.own", "1M");
	if (succeeded(created.exit)) return firstLine(version.stdout.text) || "tells no version";
	if (succeeded((await ask(path, "info", "--output", "json", PROBE_IMAGE)).exit)) return firstLine(version.stdout.text) || "tells no version";
	throw new CannotRun(`Input "${input}": it can neither create nor describe an image of 1 MiB inside ${where}: ${lastWords(created)}. If it runs its work in KVM: is there a /dev/kvm, and may the user of this job open it? See examples/hosted-kvm.yml of this action.`);
}
function ran(exit) {
	return exit.kind === "exited" && !NOT_STARTED.includes(exit.code);
}
function firstLine(text) {
	return (text.split("\n")[0] ?? "").trim().slice(0, 200);
}
// src/gaps/versions.ts
function withinVersions(gaps, versions) {
	const bound = gaps.filter((gap) => gap.versions !== void 0 && isWithin(gap.versions, versions));
	if (bound.length === 0) return (plan) => plan;
	return (plan) => ({
		...plan,
		steps: plan.steps.map((step) => keptOf(step, plan, bound))
	});
}
function keptOf(step, { source }, gaps) {
	if (step.kind === "skipped") return step;
	const gapOf = (one) => firstGap(gaps, one, source);
	const { mistakes = [], ...correct } = step;
	const gap = gapOf(correct);
	if (gap) return {
		kind: "skipped",
		position: step.position,
		operation: step.operation,
		gap: gap.id
	};
	const kept = mistakes.filter((mistake) => gapOf({
		...correct,
		mistakes: [mistake]
	}) === void 0);
	return kept.length === 0 ? correct : {
		...correct,
		mistakes: kept
	};
}
function isWithin({ side, from, below }, versions) {
	const version = numbersIn(versions[side]);
	if (version === void 0) return true;
	return !(from && isBelow(version, numbersIn(from) ?? [])) && !(below && !isBelow(version, numbersIn(below) ?? []));
}
function numbersIn(text) {
	return /\d+(\.\d+)+/.exec(text)?.[0].split(".").map(Number);
}
function isBelow(one, other) {
	const at = other.findIndex((number, position) => number !== (one[position] ?? 0));
	return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
}
// src/report/headline.ts
const MANY_INCONCLUSIVE = .1;
function isMostlyUnknown({ counts, finished }) {
	return finished > 0 && counts.inconclusive / finished > MANY_INCONCLUSIVE;
}
function headlineOf(report) {
	const { verdict: tone } = report;
	switch (tone) {
		case "divergent": return {
			tone,
			words: `The subject diverges from the reference${foundWords(report)}`
		};
		case "inconclusive": return {
			tone,
			words: "Nothing could be judged"
		};
		case "error": return {
			tone,
			words: "The run did not finish"
		};
		case "ok": return headlineOfOk(report);
	}
}
function headlineOfOk(report) {
	const { run, counts, finished, carried } = report;
	if (carried.length > 0) return {
		tone: "divergent",
		words: `No iteration diverged, but ${carriedWords(carried)}`
	};
	if (run.state === "interrupted") return {
		tone: "inconclusive",
		words: "Stopped early: no divergence so far"
	};
	if (!isMostlyUnknown(report)) return {
		tone: "ok",
		words: "No divergence"
	};
	return {
		tone: "inconclusive",
		words: `No divergence, but ${`${counts.inconclusive} of ${counted(finished, "iteration")} could not be judged`}`
	};
}
function carriedWords({ length }) {
	return `trying known bugs and gaps again showed ${counted(length, "bug")}`;
}
function foundWords({ bugs, unexplained }) {
	const parts = [...bugs.length === 0 ? [] : [counted(bugs.length, "bug")], ...unexplained.length === 0 ? [] : [`${counted(unexplained.length, "finding")} not reduced to bugs`]];
	return parts.length === 0 ? "" : `: ${parts.join(", ")}`;
}
// src/report/remarks.ts
function askedWords({ finished, asked, run }) {
	const of = run.shards === void 0 ? "" : ` in ${run.shards} shards`;
	const part = run.shard === void 0 ? of : `, shard ${run.shard.number} of ${run.shard.of}`;
	if (finished >= asked) return part;
	return `${part} (${asked} were asked for${run.state === "finished" && run.timeBudgetSeconds !== void 0 && run.failFast !== true ? `; the time budget of ${run.timeBudgetSeconds} s was used up` : ""})`;
}
function suspicionOf({ suspicious, damaged }) {
	const where = `In ${counted(suspicious, "iteration")} the subject ran out of time where the reference needed less than a second`;
	return [...suspicious === 0 ? [] : [`${where}: this may be a crash.`], ...damaged.length === 0 ? [] : [`Damaged in the record, and so not all told here: ${damaged.join(", ")}.`]];
}
function remarksOn({ state, liftedGaps, instar, containerEngine }) {
	return [
		...state === "interrupted" ? ["The run was stopped before its end; all that had finished is counted."] : [],
		...state === "running" ? ["The run was killed; all that had finished by then is counted."] : [],
		...liftedGaps.length === 0 ? [] : [`This run did not steer around these known gaps, so no issue is filed for it: ${liftedGaps.join(", ")}.`],
		...containerEngine === "none" ? ["No container was used: the subject had the files, the environment and the network of the user that ran this."] : [],
		...instar === "qemu-img" ? ["This was a calibration: the reference ran against itself, so any divergence is a fault of the fuzzer."] : []
	];
}
// src/report/replay.ts
const IN_CLONE = "in the root of a clone of disk-image-differential-fuzz";
function replayCommand(report, { folder }) {
	const { instar, gapsFile } = report.run;
	const paths = {
		instar,
		gapsFile: isAbsolute(gapsFile) ? gapsFile : yourPath(gapsFile)
	};
	return commandOf([
		"replay",
		join(report.directory, folder),
		...subjectArguments$1(report, paths)
	]);
}
function replayOfCopy(report, { folder }) {
	return commandOf([
		"replay",
		join("path/to/report", folder),
		...subjectArguments$1(report)
	]);
}
function replayOfIteration(report, index) {
	const { seed, operations } = report.run;
	return commandOf([
		"replay",
		`${seed}/${index}`,
		...subjectArguments$1(report),
		...operationArguments(operations)
	]);
}
function drawingArguments({ operations, gapsFile }) {
	return [...operationArguments(operations), ...gapsFile === "" ? [] : ["--gaps-file", yourPath(gapsFile)]];
}
function operationArguments(operations) {
	return operations.length === USUAL_NAMES.length && USUAL_NAMES.every((name) => operations.includes(name)) ? [] : ["--operations", operations.join(",")];
}
function yourPath(file) {
	return file === "" || file === "qemu-img" ? file : join("path/to", basename(file));
}
function subjectArguments$1({ run }, paths = elsewhere(run)) {
	const { containerEngine, image, liftedGaps } = run;
	const place = containerEngine === "none" ? [] : ["--image", image];
	const lifted = liftedGaps.length === 0 ? [] : ["--lift-gaps", liftedGaps.join(",")];
	const own = paths.gapsFile === "" ? [] : ["--gaps-file", paths.gapsFile];
	return [
		"--instar",
		paths.instar,
		"--container-engine",
		containerEngine,
		...place,
		...lifted,
		...own
	];
}
function elsewhere({ instar, gapsFile }) {
	return {
		instar: yourPath(instar),
		gapsFile: yourPath(gapsFile)
	};
}
function commandOf(words) {
	return ["script/fuzz", ...words].map((word) => shellWord(inertLine(word, 4096))).join(" ");
}
const NO_SAME_RUN = `# No command does this run again: it went on with a seed whose earlier iterations would come first, and they are more than ${MOST_ITERATIONS} together. Its findings are replayed one by one.`;
function sameRunCommand(report) {
	const { seed, operations, timeoutSeconds, iterations, first = 0, shard, timeBudgetSeconds } = report.run;
	if (first + iterations > 1e6) return NO_SAME_RUN;
	const part = shard === void 0 ? [] : ["--shard", `${shard.number}/${shard.of}`];
	const budget = timeBudgetSeconds === void 0 ? [] : ["--time-budget", `${timeBudgetSeconds}s`];
	const options = [
		"--seed",
		seed,
		"--iterations",
		String(first + iterations),
		...part,
		...budget,
		"--timeout",
		String(timeoutSeconds)
	];
	return commandOf([
		...subjectArguments$1(report),
		...options,
		"--operations",
		operations.join(",")
	]);
}
// src/report/page/coverage.ts
const MOST_VALUES = 160;
const MOST_CHARACTERS$1 = 4e5;
function pageCoverage(coverage) {
	let room = MOST_CHARACTERS$1;
	return Object.entries(coverage ?? {}).flatMap(([operation, counts]) => {
		const page = ofOperation(operation, counts);
		room -= JSON.stringify(page).length;
		return room < 0 || page.pairs.length === 0 ? [] : [page];
	});
}
function ofOperation(operation, { values, pairs }) {
	const known = byOption(Object.entries(values)).slice(0, MOST_VALUES);
	const places = new Map(known.map(([key], place) => [key, place]));
	return {
		operation,
		values: known.map(([key, count]) => {
			const option = optionOf(key);
			return {
				option: inertLine(option, 60),
				value: inertLine(key.slice(option.length + 1), 60),
				count
			};
		}),
		pairs: Object.entries(pairs).flatMap(([key, count]) => {
			const pair = placesIn(key, places);
			return pair === void 0 ? [] : [[...pair, count]];
		})
	};
}
function optionOf(key) {
	return key.split("=", 1)[0] ?? "";
}
function byOption(values) {
	return [...new Set(values.map(([key]) => optionOf(key)))].flatMap((option) => values.filter(([key]) => optionOf(key) === option));
}
function placesIn(key, places) {
	for (let space = key.indexOf(" "); space > 0; space = key.indexOf(" ", space + 1)) {
		const [left, right] = [places.get(key.slice(0, space)), places.get(key.slice(space + 1))];
		if (left !== void 0 && right !== void 0) return left < right ? [left, right] : [right, left];
	}
}
// src/verdict/explain.ts
function explain(finding) {
	if (isTwin(finding)) return OF_TWIN[finding.kind] ?? ofKind(finding);
	return (OF_TYPE[finding.kind]?.find(([end]) => finding.type.endsWith(TYPE_ENDS[end])))?.[1] ?? ofKind(finding);
}
function isTwin({ type }) {
	return [
		TYPE_ENDS.twinInfo,
		TYPE_ENDS.twinCheck,
		TYPE_ENDS.twinContent
	].some((end) => type.endsWith(end));
}
const OF_TWIN = {
	exit: "The subject refuses to read an image that the reference wrote, or fails at it.",
	json: "The two tools’ own reports of an image that the reference wrote say different things.",
	content: "From an image that the reference wrote, the subject reads other data than the reference.",
	size: "The subject’s copy of an image that the reference wrote is a disk of another size.",
	unreadable: "The reference cannot use the copy that the subject made of an image which the reference wrote.",
	inconsistent: "The two tools’ own checks of an image that the reference wrote count different damage."
};
const OF_TYPE = {
	exit: [
		["identity", "The subject calls two disks equal that the reference calls different: who then deletes one of them loses what only that one held."],
		["unreadable", "Data of the image cannot be read, and the reference says so. The subject reports success all the same: what it wrote or answered rests on something else."],
		["unwritten", "There was no room for what was to be written, and the reference says so. The subject reports success all the same: a part may be missing."]
	],
	json: [
		["output", "Both tools find two disks different, but name the first difference in another place or in other words."],
		["list", "The lists of internal snapshots differ: each tool’s own list of the same image, or the reference’s lists of the images that the two tools left."],
		["bothInfo", "What the reference reports of the image that the subject left is not what it reports of its own, after the same command."]
	],
	size: [["thirdReader", "To a third program, the images that the two tools left are disks of different sizes."], ["inSnapshot", "An internal snapshot is a disk of another size in the subject’s image than in the reference’s, after the same command."]],
	unreadable: [
		["thirdReader", "A third program can read the image that the reference left, but not the subject’s."],
		["inSnapshot", "The reference cannot read an internal snapshot in the image that the subject left, though it can in its own, after the same command."],
		["fixture", "While the step was prepared, the reference could not do with the subject’s files what it had done with its own."]
	],
	inconsistent: [["counts", "The two tools’ own checks of the same image count different damage."]]
};
function ofKind(finding) {
	switch (finding.kind) {
		case "exit": return "Both tools were asked for the same, but they end differently: one refuses or fails where the other does not, or their exit codes, which may be the answer, are not the same.";
		case "crash": return "The subject was killed by a signal or panicked. No input may make it do that.";
		case "input-modified": return "The subject changed a file that this command must leave as it was: one that it only reads, or any where it has to refuse.";
		case "json": return "The two tools’ own JSON about the same image says different things.";
		case "unparsable": return "The subject’s output is not valid JSON, or lacks a member that it must have.";
		case "content": return contentWords(finding);
		case "size": return "The images that the two tools left are disks of different sizes to a guest.";
		case "unreadable": return "The reference cannot use the image that the subject left, though it can use its own, after the same command.";
		case "inconsistent": return "The reference’s check finds more damage in the subject’s image than in its own.";
		case "above-bound": return finding.side === "subject" ? "What the subject converted became larger than it had measured, beyond the tolerance that it documents." : "What the reference converted became larger than both tools had measured.";
	}
}
function contentWords({ broken, both, snapshot }) {
	if (both) return "Both results break an invariant that must hold for any correct tool (see “expected”): a guest reads wrong data.";
	if (broken !== void 0) return "The subject’s result breaks an invariant that must hold for any correct tool (see “expected”): data is lost or wrong.";
	return snapshot === void 0 ? "A guest reads other data from the subject’s image than from the reference’s, after the same command." : "An internal snapshot holds other data in the subject’s image than in the reference’s, after the same command.";
}
// src/report/byte-words.ts
const MOST_BYTES = 16;
function byteWords({ size, window, ranges, more, start, expected, got }) {
	const [first] = ranges;
	if (first === void 0) return [];
	const many = `in ${more ? "more than " : ""}${ranges.length} ranges, the first of them`;
	const [from, to] = window;
	const part = from === 0 && to === size ? "" : `; only ${rangeWords(window)} were compared`;
	const shown = [expected, got].map((digits) => bytesFrom(digits, first[0] - start));
	return [`data differs ${more || ranges.length > 1 ? many : "only in"} ${rangeWords(first)} of a disk of ${size} bytes${part}`, ...shown.includes("") ? [] : [`from ${hex(first[0])} on expected ${shown[0]}, got ${shown[1]}`]];
}
function rangeWords([from, behind]) {
	return `bytes ${from} to ${behind - 1} (${hex(from)} to ${hex(behind - 1)})`;
}
function bytesFrom(digits, offset) {
	const bytes = digits.slice(2 * offset, 2 * (offset + MOST_BYTES)).match(/../g);
	return bytes === null ? "" : markdownCode(bytes.join(" "));
}
// src/report/gap-entry.ts
const MOST_NAMED$2 = 200;
function gapEntryOf({ fingerprint, finding, traits }, plan) {
	const step = plan.steps.find((one) => one.kind === "run" && one.position === finding.step);
	if (step?.kind !== "run") return void 0;
	const found = linesFor(step, plan, traits);
	const lines = [...found.lines, ...mistakeLine(finding.mistake)];
	if (lines.length === 0) return void 0;
	const left = traits.filter((trait) => !found.said.has(trait) && trait !== `mistake=${finding.mistake}`);
	const quoted = (text) => inertJson(inertLine(text, 300), 0);
	return [
		"version: 1",
		"gaps:",
		`  - id: accepted-${fingerprint}`,
		"    state: by design",
		`    operations: [${step.operation}]`,
		`    difference: ${quoted(describeFinding(finding).title)}`,
		"    documented: \"…\" # where the difference is documented",
		...left.length === 0 ? [] : [`    # ${widerWords(left)}`],
		"    when:",
		...lines.map(([name, comparison]) => `      ${name}: ${comparison}`)
	].join("\n");
}
function widerWords(traits) {
	return `covers more than the bug, which shows only with: ${inertLine(traits.join(", "), MOST_NAMED$2)}; add a condition if you can`;
}
function linesFor(step, plan, traits) {
	const choice = step;
	const lines = new Map();
	const said = new Set();
	const add = (name, comparison, trait) => {
		lines.set(name, comparison);
		said.add(trait);
	};
	for (const [name, field] of fieldsOf(step.operation)) {
		const value = field.read(choice, plan.source);
		const trait = `${name.split(".").at(-1)}=${String(value)}`;
		const kind = (Array.isArray(value) ? value.map(String) : []).find((word) => traits.includes(`kind=${word}`));
		if (kind !== void 0) add(name, `{ has: ${kind} }`, `kind=${kind}`);
		else if (value !== void 0 && traits.includes(trait)) add(name, yamlOf(value), trait);
	}
	return {
		lines: [...lines],
		said
	};
}
function yamlOf(value) {
	return typeof value === "string" ? inertJson(value, 0) : String(value);
}
function mistakeLine(mistake) {
	return mistake === void 0 ? [] : [["mistakes", `{ has: ${mistake} }`]];
}
// src/report/newness.ts
function isNew({ fingerprint, origin, unfinished }, { standings, history }) {
	if (origin !== "unknown") return origin === "introduced";
	if (unfinished) return false;
	const standing = standings.get(fingerprint);
	return !isKnown(standing) && (standing?.state === "regression" || pastOf(fingerprint, history) === void 0);
}
function isUnclear({ fingerprint, origin, unfinished }, { standings }) {
	return unfinished !== void 0 && origin === "unknown" && !isKnown(standings.get(fingerprint));
}
const UNFINISHED = {
	time: "the time to make it small was used up (`shrink-timeout`): it may be a bug that is known by a smaller case, and the next run that keeps a history goes on",
	seldom: "smaller cases show it only now and then, so it is told by a whole one: it may be a bug that is known by a smaller case, and the next run that keeps a history tries again"
};
const STATES = {
	new: "new: an issue was opened",
	known: "known: it has an issue",
	elsewhere: "new to the default branch: it has an issue, but no run there has seen it",
	regression: "a regression: its issue had been closed as completed",
	accepted: "accepted: its issue was closed as not planned",
	pending: "new: the next run files it",
	unfinished: "not filed yet: its smallest case is not known",
	"not-filed": "no issue exists for it, and this run opens none"
};
function newnessWords(bug, report, linked = () => "") {
	const origin = describeOrigin(bug.origin);
	const standing = report.standings.get(bug.fingerprint);
	const words = [
		...origin === void 0 ? [] : [origin],
		...standing === void 0 ? [] : [`${STATES[standing.state]}${standing.issue ? linked(standing.issue) : ""}`],
		...historyWords(bug, report)
	];
	if (bug.unfinished) words.push(UNFINISHED[bug.unfinished]);
	return words.length > 0 ? words : ["counts as new: no baseline, issue or earlier run that could be consulted knows it"];
}
function historyWords({ fingerprint, origin }, { history, standings }) {
	const past = pastOf(fingerprint, history);
	if (past !== void 0) return [`known to ${counted(past.runs, "earlier run")}, first on ${past.first}`];
	if (origin === "before" || isKnown(standings.get(fingerprint)) || history.runs.length === 0) return [];
	return [`new to the history: not met by the ${counted(history.runs.length, "earlier run")} in it`];
}
// src/sandbox/hardening.ts
const LABEL = "differential-fuzz.owner";
const SUBJECT_MOUNT = "/subject";
const BASELINE_MOUNT = "/baseline";
const KVM = "/dev/kvm";
const PROCESSES_A_LANE = 256;
const MEMORY_SHARE = {
	tools: .4,
	subject: .6
};
function containerName(name, part) {
	return `${name}-${part}`;
}
function containerArguments(options, part) {
	const { engine, name, owner, scratchPath, lanes } = options;
	const { uid, gid } = containerUser();
	const memoryOfAll = Math.min(GiB + 2 * GiB * lanes, totalmem() * .75);
	const memory = String(Math.floor(memoryOfAll * MEMORY_SHARE[part]));
	return [
		...[
			"run",
			"--interactive",
			"--rm",
			"--pull",
			"never",
			"--name",
			containerName(name, part),
			"--label",
			`${LABEL}=${owner}`
		],
		...[
			"--network",
			"none",
			"--cap-drop",
			"ALL",
			"--security-opt",
			"no-new-privileges",
			"--read-only"
		],
		...[
			"--user",
			`${uid}:${gid}`,
			...engine === "podman" && process.getuid?.() !== 0 ? ["--userns", "keep-id"] : []
		],
		...[
			"--memory",
			memory,
			"--memory-swap",
			memory,
			"--pids-limit",
			String(64 + PROCESSES_A_LANE * lanes)
		],
		...[
			"--ulimit",
			"core=0",
			"--log-driver",
			"none",
			"--workdir",
			"/",
			"--entrypoint",
			"/bin/sh"
		],
		...["--mount", mount(areaOf(scratchPath, part), areaOf(scratchPath, part), false)],
		...["--mount", mount(pipesOf(scratchPath, part), pipesOf(scratchPath, part), true)],
		...part === "subject" ? subjectArguments(options) : ["--mount", mount(pipesOf(scratchPath, "subject"), pipesOf(scratchPath, "subject"), true)]
	];
}
function subjectArguments({ subject, baseline }) {
	return [
		...virtualization(),
		...mountOf(subject, SUBJECT_MOUNT),
		...mountOf(baseline, BASELINE_MOUNT)
	];
}
function hasKvm() {
	return existsSync$1(KVM);
}
function virtualization() {
	if (!hasKvm()) return [];
	const { gid } = statSync(KVM);
	return [
		"--device",
		KVM,
		...gid === 0 ? [] : ["--group-add", String(gid)]
	];
}
function mountOf(subject, target) {
	return subject?.kind === "file" ? ["--mount", mount(subject.directory, target, true)] : [];
}
function mount(source, target, readOnly) {
	const field = (text) => /[",]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
	return [...[
		"type=bind",
		field(`source=${source}`),
		field(`target=${target}`)
	], ...readOnly ? ["readonly"] : []].join(",");
}
// src/report/reproduce.ts
const RUN_SCRIPT = "INSTAR=path/to/instar sh repro.sh";
function reproduceCommand({ directory, run }, { folder }) {
	const script = join(directory, folder, "repro.sh");
	if (run.containerEngine === "none") return `INSTAR=${word(run.instar)} sh ${word(script)}`;
	const isReference = run.instar === REFERENCE;
	return inContainer(run, {
		mounts: [...isReference ? [] : [readOnly(dirname(run.instar), SUBJECT_MOUNT)], readOnly(dirname(script), "/bug")],
		instar: isReference ? REFERENCE : join(SUBJECT_MOUNT, basename(run.instar)),
		script: "/bug/repro.sh"
	});
}
function reproduceHere(place) {
	if (place.containerEngine === "none") return void 0;
	return inContainer(place, {
		mounts: ["--mount \"type=bind,source=$PWD,target=/here,readonly\""],
		instar: place.instar === "qemu-img" ? REFERENCE : join("/here", basename(place.instar)),
		script: "/here/repro.sh"
	});
}
function inContainer({ containerEngine, image, kvm }, { mounts, instar, script }) {
	const isDocker = containerEngine === "docker";
	const user = isDocker ? ["--user \"$(id -u):$(id -g)\""] : [];
	const group = isDocker ? ["--group-add \"$(stat -c %g /dev/kvm)\""] : [];
	return [
		...[
			word(containerEngine),
			"run --rm --pull never --network none --cap-drop ALL",
			...user
		],
		...kvm ? ["--device /dev/kvm", ...group] : [],
		...[
			...mounts,
			"--workdir /tmp",
			"--env",
			word(`INSTAR=${instar}`)
		],
		...[
			"--entrypoint /bin/sh",
			word(image),
			script
		]
	].join(" ");
}
function readOnly(source, target) {
	return `--mount ${word(mount(source, target, true))}`;
}
const MOST_CHARACTERS = 5e3;
function word(text) {
	return shellWord(inertLine(text, MOST_CHARACTERS));
}
// src/report/trait-words.ts
function traitWords(traits) {
	return traits.length === 0 ? [] : [`shows only with: ${traits.map((trait) => markdownCode(trait)).join(", ")}`];
}
// src/report/bug-section.ts
const REPRODUCER_CHARACTERS = 12e3;
const SCRIPT_LOST = "Its script is missing from the record, so it is not printed here.";
const SCRIPT_SHOWS_NOTHING = "Its script did not show the difference when it was run by itself, so it is not printed here.";
function bugSection(report, bug) {
	const { expected, got } = describeFinding(bug.finding);
	const { folder, fingerprint, finding, traits } = bug;
	const severity = severityOfBug(bug);
	return [
		`#### ${markdownCode(describeBug(finding, traits), 300)}`,
		"",
		`- severity **${severity}**: ${SEVERITY_WORDS[severity]}`,
		`- ${expectedLabel(finding)}: ${markdownCode(expected, 500)}`,
		`- got (subject): ${markdownCode(got, 500)}`,
		...traitWords(traits).map((words) => `- ${words}`),
		...bug.bytes === void 0 ? [] : byteWords(bug.bytes).map((words) => `- ${words}`),
		...newnessWords(bug, report, issueLink).map((words) => `- ${words}`),
		`- ${seenWords(bug, report)}; type ${markdownCode(finding.type)}, fingerprint \`${fingerprint}\``,
		...bug.jury.map((vote) => `- ${markdownCode(vote.juror)}: ${describeVote(vote)}`),
		`- smallest case: ${markdownCode(folder, 400)} in the report`,
		"",
		...scriptPart(report, bug),
		...runAgain(report, bug),
		...gapEntry(report, bug)
	].join("\n");
}
const COMMAND_CHARACTERS$1 = 12e3;
function scriptPart(report, bug) {
	if (!bug.reproduced) return [SCRIPT_SHOWS_NOTHING, ""];
	const script = readText(join(report.directory, bug.folder, "repro.sh"));
	if (script === void 0) return [SCRIPT_LOST, ""];
	const inImage = reproduceHere(report.run);
	return [
		`Save the script below as \`repro.sh\` in the directory of the subject and run it there${inImage === void 0 ? "" : ", with the image built or pulled as the workflow does"}:`,
		"",
		markdownBlock(inImage ?? "INSTAR=path/to/instar sh repro.sh", "sh", COMMAND_CHARACTERS$1),
		"",
		"<details><summary>The script</summary>",
		"",
		markdownBlock(script.trimEnd(), "sh", REPRODUCER_CHARACTERS),
		"",
		"</details>",
		""
	];
}
function runAgain(report, { folder, indices: [first] }) {
	const commands = [
		"# the smallest case, from a copy of the report",
		replayOfCopy(report, { folder }),
		...first === void 0 ? [] : ["# the iteration in which it was first seen, without the report", replayOfIteration(report, first)]
	];
	return [
		`Run the whole case again, ${IN_CLONE}:`,
		"",
		markdownBlock(commands.join("\n"), "sh", 2 * COMMAND_CHARACTERS$1),
		""
	];
}
function seenWords(bug, report) {
	const { indices } = bug;
	const { finished } = report;
	const [first] = indices;
	if (first === void 0) return "met by no iteration of this run: found by an earlier run and still there, or by stepping into a known gap";
	return `seen in ${indices.length} of ${finished} iterations, first in iteration ${first}${shownWords(bug, report)}`;
}
function shownWords({ fingerprint }, { shownBy }) {
	const all = (shownBy.get(fingerprint) ?? []).map(({ operation, times }) => `${operation} ${times === 1 ? "once" : `${times} times`}`);
	return all.length === 0 ? "" : `, shown by ${all.join(", ")}`;
}
function issueLink({ number, url }) {
	return ` ([#${number}](${encodeURI(url)}))`;
}
function gapEntry({ standings, directory }, bug) {
	if (standings.get(bug.fingerprint)?.state !== "accepted") return [];
	const text = readText(join(directory, bug.folder, "plan.json"));
	const plan = text === void 0 ? void 0 : parseOutsideJson(text);
	const entry = plan === void 0 ? void 0 : gapEntryOf(bug, plan);
	if (entry === void 0) return [];
	return [
		"It is accepted. This entry of a `gaps-file` keeps it from being drawn, and all else that its conditions hold for:",
		"",
		markdownBlock(entry, "yaml"),
		""
	];
}
// src/report/unexplained.ts
const WHY_UNEXPLAINED = "the time, or the tries for the symptom, were used up";
function unexplainedWords(findings) {
	return `${counted(findings, "finding")} could not be reduced to bugs: ${WHY_UNEXPLAINED}.`;
}
// src/report/page/difference.ts
function differenceRows(finding) {
	switch (finding.kind) {
		case "json": return finding.differences.map(({ pointer, reference, subject }) => ({
			name: pointer === "" ? "the whole document" : pointer,
			reference,
			subject
		}));
		case "inconsistent": return [
			"corruptions",
			"leaks",
			"errors"
		].map((counter) => ({
			name: counter === "errors" ? "check errors" : counter,
			reference: String(finding.reference[counter]),
			subject: String(finding.subject[counter])
		}));
		case "exit": return endRows(finding);
		default: {
			const { expected, got } = describeFinding(finding);
			return [{
				name: NAMES[finding.kind],
				reference: expected,
				subject: got
			}];
		}
	}
}
const NAMES = {
	"above-bound": "size of the file",
	content: "data that a guest reads",
	crash: "end",
	"input-modified": "bytes of the input",
	size: "size of the disk",
	unparsable: "output",
	unreadable: "image"
};
function endRows({ subject, reference, message }) {
	return [{
		name: "end",
		reference: describeExit(reference),
		subject: describeExit(subject)
	}, {
		name: "message",
		...succeeded(subject) ? {
			reference: message,
			subject: ""
		} : {
			reference: "",
			subject: message
		}
	}];
}
// src/report/page/finding.ts
const SCRIPT_CHARACTERS = 12e3;
const MOST_ROWS = 40;
function draftsOf(report, scriptOf) {
	return [...[...allBugs(report).map((bug) => draftOfBug(bug, report, scriptOf)), ...report.unexplained.map((line) => draftOfFinding(line, "finding", report, scriptOf))].toSorted((a, b) => bySeverity(a.head.severity, b.head.severity)), ...report.flaky.map((line) => draftOfFinding(line, "flaky", report, scriptOf))];
}
function draftOfBug(bug, report, scriptOf) {
	const { finding, fingerprint, folder, traits, reproduced } = bug;
	const standing = report.standings.get(fingerprint);
	const byHistory = pastOf(fingerprint, report.history) === void 0 ? "new" : "known";
	return {
		head: {
			id: fingerprint,
			kind: "bug",
			title: inertLine(describeFinding(finding).title, 300),
			severity: severityOfBug(bug),
			operation: finding.operation,
			standing: standing?.state ?? (report.history.runs.length === 0 ? "" : byHistory),
			isNew: isNew(bug, report),
			sightings: bug.indices.length
		},
		details: () => ({
			...commonDetails(finding, folder, report),
			severityWords: SEVERITY_WORDS[severityOfBug(bug)],
			...bug.bytes && { bytes: bug.bytes },
			traits: traits.slice(0, MOST_ROWS).map((trait) => inertLine(trait, 100)),
			notes: [seenWords(bug, report), ...newnessWords(bug, report)],
			...issueOf(standing?.issue),
			jury: bug.jury.slice(0, MOST_ROWS).map((vote) => ({
				juror: inertLine(vote.juror, 120),
				says: describeVote(vote)
			})),
			...reproduced ? shownScript(scriptOf(folder), report) : { scriptNote: "It did not show the difference when it was tried by itself, so it is not printed here." }
		})
	};
}
function issueOf(issue) {
	return issue && /^https?:\/\/[!-~]{1,500}$/.test(issue.url) ? { issue: {
		number: issue.number,
		url: issue.url
	} } : {};
}
function draftOfFinding({ finding, folder, index }, kind, report, scriptOf) {
	const severity = severityOf(finding, false);
	return {
		head: {
			id: `iteration ${index}`,
			kind,
			title: inertLine(describeFinding(finding).title, 300),
			severity,
			operation: finding.operation,
			standing: kind === "flaky" ? "flaky" : "",
			isNew: false,
			sightings: 1
		},
		details: () => ({
			...commonDetails(finding, folder, report),
			severityWords: SEVERITY_WORDS[severity],
			traits: [],
			notes: [kind === "flaky" ? "it did not come back each time it was tried again, so it counts as inconclusive" : WHY_UNEXPLAINED, `iteration ${index}, step ${finding.step}`],
			jury: [],
			...shownScript(scriptOf(folder), report)
		})
	};
}
function commonDetails(finding, folder, report) {
	const rows = differenceRows(finding).slice(0, MOST_ROWS);
	return {
		type: inertLine(finding.type, 100),
		explanation: explain(finding),
		rows: rows.map(({ name, reference, subject }) => ({
			name: inertLine(name, 200),
			reference: inertLine(reference, 600),
			subject: inertLine(subject, 600)
		})),
		folder: inertLine(folder, 200),
		replay: inertLine(replayOfCopy(report, { folder }), 2e3),
		expectedLabel: expectedLabel(finding)
	};
}
function shownScript(script, { run }) {
	if (script === void 0) return { scriptNote: "The record lost it." };
	if (script.length > SCRIPT_CHARACTERS) return { scriptNote: "It is too long to be shown here." };
	const inert = inertLines(script, SCRIPT_CHARACTERS);
	const isSame = inert === script;
	return {
		script: inert,
		runsScript: inertLine(reproduceHere(run) ?? "INSTAR=path/to/instar sh repro.sh", 2e3),
		scriptNote: isSame ? "" : "Characters that could act stand as escapes here: run the file."
	};
}
// src/report/page/data.ts
const MOST_FINDINGS = 1e3;
const HEAD_CHARACTERS = 6e5;
const DETAIL_CHARACTERS = 7e5;
function pageDataOf(report, scriptOf) {
	const { run, counts, finished, operations, phases } = report;
	const drafts = draftsOf(report, scriptOf);
	const findings = fitting$1(drafts);
	return {
		headline: headlineOf(report),
		counts,
		finished,
		asked: askedWords(report),
		remarks: [
			...remarksOn(run),
			...suspicionOf(report),
			...errorWords(report)
		],
		started: inertLine(run.startedAt, 40),
		facts: factsOf$1(report),
		operations,
		findings,
		left: drafts.length - findings.length,
		reasons: report.reasons.slice(0, 20).map(({ reason, times }) => timesOf(reason, times)),
		gaps: report.gaps.slice(0, 100).map(({ gap, times }) => timesOf(gap, times)),
		canaries: report.canaries.slice(0, 100).map(({ gap, says }) => ({
			gap: inertLine(gap, 100),
			says
		})),
		phases: phases === void 0 ? [] : phasesIn(phases),
		coverage: pageCoverage(report.coverage),
		runs: runsOf(report),
		command: inertLine(sameRunCommand(report), 2e3)
	};
}
function fitting$1(drafts) {
	const heads = new Room(HEAD_CHARACTERS);
	const details = new Room(DETAIL_CHARACTERS);
	return drafts.slice(0, MOST_FINDINGS).filter(({ head }) => heads.take(head)).map((draft) => {
		const found = details.isFull ? void 0 : draft.details();
		return found && details.take(found) ? {
			...draft.head,
			details: found
		} : draft.head;
	});
}
var Room = class {
	#left;
	constructor(characters) {
		this.#left = characters;
	}
	get isFull() {
		return this.#left < 0;
	}
	take(value) {
		if (!this.isFull) this.#left -= inertJson(value, 0).length;
		return !this.isFull;
	}
};
function timesOf(what, times) {
	return {
		what: inertLine(what, 300),
		times
	};
}
function errorWords({ run }) {
	return run.error === void 0 ? [] : [`Why it did not finish: ${inertLine(run.error, 1e3)}`];
}
function phasesIn(phases) {
	return Object.keys(PHASE_WORDS).map((name) => ({
		name: PHASE_WORDS[name],
		milliseconds: phases[name]
	}));
}
function runsOf(report) {
	const { history, counts, run, bugs } = report;
	if (history.runs.length === 0) return [];
	const date = run.startedAt.slice(0, 10);
	const past = history.runs.map(({ id: _, ...one }) => one);
	const seconds = fuzzingSeconds(report.phases, run.lanes);
	return [...past, {
		...counts,
		date: inertLine(date, 10),
		bugs: bugs.length,
		seconds
	}];
}
function factsOf$1({ run, directory, finished, phases }) {
	const { subjectVersion, referenceVersion, juryVersions, seed, seconds, lanes, containerEngine, image } = run;
	const fuzzing = fuzzingSeconds(phases, lanes);
	return [
		["subject", `${run.instar} (${subjectVersion})`],
		["reference", referenceVersion],
		...juryVersions.map((version) => ["juror", version]),
		["seed", seed],
		["time", `${seconds} s on ${counted(lanes, "lane")}${fuzzing > 0 ? `; ${(finished / fuzzing).toFixed(1)} iterations a second over ${fuzzing} s` : ""}`],
		["container engine", containerEngine === "none" ? "none" : `${containerEngine}, image ${image}`],
		["record", directory],
		["made by", run.program]
	].map(([name, value]) => ({
		name,
		value: inertLine(value, 400)
	}));
}
// src/report/page/page.ts
const PLACE = "{\"report\":\"none\"}";
function pageOf(report) {
	const { directory } = report;
	return pageWith(pageDataOf(report, (folder) => readText(join(directory, folder, "repro.sh"))));
}
function pageWith(data) {
	const [before, after, ...others] = readFileSync$1(builtPage(), "utf8").split(PLACE);
	if (before === void 0 || after === void 0 || others.length > 0) throw new Error("the built page has no place for data");
	return `${before}${inertJson(data, 0)}${after}`;
}
function builtPage() {
	const beside = fileURLToPath(new URL("./report.html", import.meta.url));
	return existsSync$1(beside) ? beside : fileURLToPath(new URL("../../../dist/report.html", import.meta.url));
}
// src/report/bug-index.ts
const MOST_LISTED = 50;
function bugIndex(report) {
	const bugs = allBugs(report);
	if (bugs.length === 0) return [];
	const worst = SEVERITIES.map((severity) => [severity, bugs.filter((bug) => severityOfBug(bug) === severity).length]).filter(([, times]) => times !== 0).map(([severity, times]) => `${times} ${severity}`);
	const fresh = bugs.filter((bug) => isNew(bug, report)).length;
	const listed = bugs.slice(0, MOST_LISTED).map((bug) => rowOf(bug, report));
	const more = bugs.length > MOST_LISTED ? [`and ${bugs.length - MOST_LISTED} more`, ""] : [];
	const table = [
		"| severity | what differs | seen | new |",
		"|---|---|--:|---|",
		...listed,
		""
	];
	return [
		`Bugs by severity: ${worst.join(", ")}; ${fresh} new.`,
		"",
		...bugs.length > 1 ? [...table, ...more] : []
	];
}
function rowOf(bug, report) {
	const { finding, traits, indices } = bug;
	const state = report.standings.get(bug.fingerprint)?.state;
	const fresh = isNew(bug, report) ? "new" : state === "accepted" ? "accepted" : "";
	return `| ${severityOfBug(bug)} | ${markdownCode(describeBug(finding, traits), 150)} | ${indices.length} × | ${fresh} |`;
}
// src/report/finding-section.ts
const COMMAND_CHARACTERS = 12e3;
function findingSection(report, { index, finding, folder }) {
	const { title, expected, got } = describeFinding(finding);
	return [
		`#### Iteration ${index}, step ${finding.step}: ${markdownCode(title, 300)}`,
		"",
		`- type: ${markdownCode(finding.type)}`,
		`- ${expectedLabel(finding)}: ${markdownCode(expected, 500)}`,
		`- got (subject): ${markdownCode(got, 500)}`,
		`- its case, with a script that shows it: ${markdownCode(folder, 400)} in the report`,
		"",
		`Run the iteration again, ${IN_CLONE}:`,
		"",
		markdownBlock(inertLine(replayOfIteration(report, index), COMMAND_CHARACTERS), "sh", COMMAND_CHARACTERS),
		""
	].join("\n");
}
// src/report/gap-section.ts
const MOST_NAMED$1 = 100;
function gapList({ gaps }) {
	if (gaps.length === 0) return [];
	const lines = gaps.slice(0, MOST_NAMED$1).map(({ gap, times }) => `${markdownCode(gap)} ${times} ×`);
	const more = gaps.length > MOST_NAMED$1 ? ` and ${gaps.length - MOST_NAMED$1} more` : "";
	return [
		"### Known gaps that draws were steered around",
		"",
		`${lines.join(", ")}${more}`,
		""
	];
}
function canaryList({ canaries }) {
	if (canaries.length === 0) return [];
	const told = canaries.map((line) => canaryWords(line)).filter((words) => words !== void 0);
	const same = canaries.filter(({ says }) => says === "as documented").length;
	const tried = canaries.filter(({ says }) => says !== "not tried").length;
	return [
		"### Known gaps, tried on purpose",
		"",
		`Of ${counted(tried, "known gap")} tried on purpose, ${same} behaved as documented.`,
		"",
		...told,
		...told.length > 0 ? [""] : []
	];
}
function canaryWords({ gap, says, agreed, documented, other }) {
	const id = markdownCode(gap);
	switch (says) {
		case "as documented": return;
		case "lifted": return `- ✅ ${id} shows no difference any more, in ${agreed} of ${agreed} tries. To have it fuzzed again, put ${markdownCode(`- { id: ${gap}, state: lifted }`)} into your \`gaps-file\`.`;
		case "changed": return `- ❌ ${id} is not as documented: ${other === 1 ? "one try" : `${other} tries`} showed something else, which is kept in ${markdownCode(canaryFolder(gap))} of the report and looked into like a finding.`;
		case "unclear": return `- ${id} is unclear: ${agreed} tries agreed, ${documented} were as documented.`;
		case "not tried": return `- ${id} was not tried: there was no time left. The next run begins with another gap.`;
	}
}
// src/report/replay-section.ts
function replayList({ replays, untried }) {
	const known = replays.length + untried;
	if (known === 0) return [];
	const agree = replays.filter(({ agrees }) => agrees).length;
	return [
		"### Known bugs, tried again",
		"",
		`${`Of ${counted(known, "bug")} that earlier runs knew, ${replays.length} were tried again, and ${agree} of them showed no difference any more.`}${untried === 0 ? "" : ` For ${untried} there was no time or place; the next run begins with another one.`}`,
		""
	];
}
// src/report/room.ts
function bytesOf(lines) {
	return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}
function fitting(sections, room) {
	let bytes = 0;
	const first = sections.findIndex((section) => {
		bytes += bytesOf([section]);
		return bytes > room;
	});
	const shown = first === -1 ? sections : sections.slice(0, first);
	return {
		shown,
		left: sections.length - shown.length
	};
}
function partsWithin(parts, room, instead) {
	let left = room - parts.length * bytesOf(instead);
	return parts.flatMap((part) => {
		const bytes = bytesOf(part);
		if (bytes > left) return instead;
		left -= bytes;
		return part;
	});
}
// src/report/summary.ts
const SUMMARY_BYTES = 524288;
const SIGNS = {
	ok: "✅",
	divergent: "❌",
	inconclusive: "⚠️",
	error: "🛑"
};
const LEFT_OUT = ["There is no room here for a part of this summary. The record in the report has all of it.", ""];
function summaryOf(report, { colour, guide } = {}) {
	const before = partsWithin([
		headOf(report),
		colour === void 0 ? [] : [colour, ""],
		bugIndex(report),
		operationTable(report)
	], SUMMARY_BYTES / 2, LEFT_OUT);
	const explained = guide === void 0 ? [] : [`[How findings are read](${guide})`, ""];
	const after = partsWithin([...[
		pastRuns,
		flakyList,
		reasonList,
		gapList,
		canaryList,
		replayList,
		coverageTable,
		factsOf,
		locally
	].map((part) => part(report)), explained], SUMMARY_BYTES / 2 - 1024, LEFT_OUT);
	const sections = [...allBugs(report).map((bug) => bugSection(report, bug)), ...report.unexplained.map((finding, at) => `${at === 0 ? unconfirmed(report) : ""}${findingSection(report, finding)}`)];
	const room = SUMMARY_BYTES - bytesOf([...before, ...after]) - 1024;
	return `${[
		...before,
		...findings(sections, room),
		...after
	].join("\n")}\n`;
}
function headOf(report) {
	const { counts, finished, run } = report;
	const { ok, divergent, inconclusive } = counts;
	const { tone, words } = headlineOf(report);
	return [
		`## ${SIGNS[tone]} ${words}`,
		"",
		`**${ok} ok · ${divergent} divergent · ${inconclusive} inconclusive** of ${counted(finished, "iteration")}${askedWords(report)}`,
		"",
		...suspicionOf(report).flatMap((words) => [`⚠️ ${words}`, ""]),
		...run.error === void 0 ? [] : [`Why it did not finish: ${markdownCode(run.error, 1e3)}`, ""],
		...remarksOn(run).flatMap((remark) => [remark, ""])
	];
}
function operationTable({ operations }) {
	return [
		"| operation | ran | ok | divergent | inconclusive | skipped |",
		"|---|--:|--:|--:|--:|--:|",
		...operations.map(({ operation, ran, ok, divergent, inconclusive, skipped }) => `| ${operation} | ${ran} | ${ok} | ${divergent} | ${inconclusive} | ${skipped} |`),
		""
	];
}
function unconfirmed({ unexplained }) {
	return `${unexplainedWords(unexplained.length)} They were not confirmed, and several of them may be one bug.\n\n`;
}
function findings(sections, room) {
	if (sections.length === 0) return [];
	const { shown, left } = fitting(sections, room);
	const rest = `There is no room here for ${counted(left, "more finding")}. All of them are in ${markdownCode(FILES.findings)} in the report.`;
	return [
		"### Findings",
		"",
		...shown,
		...left > 0 ? [rest, ""] : []
	];
}
function reasonList({ reasons }) {
	if (reasons.length === 0) return [];
	return [
		"### Why iterations were inconclusive",
		"",
		...reasons.slice(0, 20).map(({ reason, times }) => `- ${times} ×: ${markdownCode(reason, 300)}`),
		""
	];
}
function pastRuns({ history }) {
	const latest = history.runs.slice(-10).toReversed();
	if (latest.length === 0) return [];
	const rate = (iterations, seconds) => seconds > 0 ? (iterations / seconds).toFixed(1) : "";
	return [
		"<details><summary>Earlier runs on the default branch, the latest first</summary>",
		"",
		"| day | iterations | ok | divergent | inconclusive | bugs | iterations a second |",
		"|---|--:|--:|--:|--:|--:|--:|",
		...latest.map(({ date, ok, divergent, inconclusive, bugs, seconds }) => {
			const iterations = ok + divergent + inconclusive;
			return `| ${date} | ${iterations} | ${ok} | ${divergent} | ${inconclusive} | ${bugs} | ${rate(iterations, seconds)} |`;
		}),
		"",
		"</details>",
		""
	];
}
const MOST_FLAKY = 20;
function flakyList({ flaky }) {
	if (flaky.length === 0) return [];
	const lines = flaky.slice(0, MOST_FLAKY).map((line) => `- ${markdownCode(findingLine(line), 300)}`);
	const more = flaky.length > MOST_FLAKY ? [`- and ${flaky.length - MOST_FLAKY} more`] : [];
	return [
		"### Flaky: differences that did not come back each time they were tried again",
		"",
		...lines,
		...more,
		""
	];
}
const MOST_NEVER = 12;
function coveredWords({ run: { shards = 1 }, asked, finished }) {
	if (Math.ceil(asked / shards) <= 1e3 || finished <= 1e3) return counted(finished, "iteration");
	const last = `the last ${WINDOW.toLocaleString("en")}`;
	return shards === 1 ? `${last} of ${finished} iterations` : `${last} iterations of each of ${shards} shards`;
}
function coverageTable(report) {
	const { run } = report;
	if (run.coverage === void 0) return [];
	const rows = Object.entries(run.coverage).map(([name, { values, pairs, neverValues }]) => {
		const more = neverValues.length > MOST_NEVER ? ` and ${neverValues.length - MOST_NEVER} more` : "";
		const never = neverValues.slice(0, MOST_NEVER).map((value) => markdownCode(value)).join(", ");
		return `| ${name} | ${values.join(" of ")} | ${pairs.join(" of ")} | ${never}${more} |`;
	});
	return [
		`<details><summary>Option coverage in ${coveredWords(report)}</summary>`,
		"",
		"| options of | values | pairs of values | never drawn |",
		"|---|--:|--:|---|",
		...rows,
		"",
		"Some pairs exclude each other or are known gaps. Every count stands in `coverage.json`.",
		"",
		"</details>",
		""
	];
}
function factsOf({ run, directory, finished, phases }) {
	const { subjectVersion, referenceVersion, seed, first = 0, seconds, image, containerEngine, lanes, program } = run;
	const fuzzing = fuzzingSeconds(phases, lanes);
	return [
		"### The run",
		"",
		`- subject: ${markdownCode(run.instar, 300)} (${markdownCode(subjectVersion)})`,
		`- reference: ${markdownCode(referenceVersion)}`,
		...run.juryVersions.length === 0 ? [] : [`- jury: ${run.juryVersions.map((version) => markdownCode(version)).join(", ")}`],
		`- seed: ${markdownCode(seed)}${first === 0 ? "" : `, from iteration ${first} on`}`,
		`- ${seconds} s in all, on ${counted(lanes, "lane")}, container engine ${markdownCode(containerEngine)}, image ${markdownCode(image)}`,
		...phases && fuzzing > 0 ? [`- ${(finished / fuzzing).toFixed(1)} iterations a second over ${fuzzing} s; of the lanes’ time in them: ${phaseWords(phases)}`] : [],
		`- report directory on the machine that did this run: ${markdownCode(directory, 400)}; made by ${markdownCode(program)}`,
		""
	];
}
function locally(report) {
	return [
		"### The same run on your machine",
		"",
		`Run this ${IN_CLONE}:`,
		"",
		markdownBlock(sameRunCommand(report), "sh"),
		""
	];
}
// src/gaps/canary-seed.ts
const CANARY = "/canary/";
const MOST_PLAN_SEED = 268;
function canarySeed(seed, gap) {
	return `${seed}${CANARY}${gap}`;
}
function gapOfSeed(seed) {
	const [gap, ...before] = seed.split(CANARY).toReversed();
	return before.length > 0 && gap !== void 0 && GAP_ID.test(gap) ? gap : void 0;
}
// src/session/canaries.ts
const DRAWS = 5;
const MOST_PLANS = 3e3;
const TURN = 100;
async function sendCanaries(settings, laboratory) {
	const { ledger, seed } = settings;
	const lines = [];
	const suspects = [];
	for (const gap of fromAnyOn(ledger, seed)) {
		if (gap.handling.kind !== "avoid" || gap.handling.shows === void 0) continue;
		if (!gap.operations.some((name) => settings.operations.includes(name))) continue;
		if (laboratory.isOver()) {
			lines.push({
				gap: gap.id,
				documented: 0,
				agreed: 0,
				other: 0,
				says: "not tried"
			});
			continue;
		}
		const { drawn, counts, ...seen } = await tryAll(gap, gap.handling.shows, settings, laboratory);
		if (drawn > 0) lines.push({
			gap: gap.id,
			...counts,
			says: wordFor(counts)
		});
		suspects.push(...seen.suspects);
	}
	return {
		lines,
		suspects
	};
}
function fromAnyOn(ledger, seed) {
	const first = seededDraw(`${seed}/canaries`).integer(0, Math.max(0, ledger.length - 1));
	return [...ledger.slice(first), ...ledger.slice(0, first)];
}
async function* plansInto(gap, { ledger, seed, operations }, laboratory) {
	const { id, handling } = gap;
	const surely = handling.kind === "avoid" && handling.shows?.surely || (() => true);
	const names = gap.operations.filter((name) => operations.includes(name));
	const planOf = plansOf(canarySeed(seed, id), names, gapsWithout([id], ledger));
	const gapOf = gapsWithout([], ledger);
	let found = 0;
	for (let index = 0; index < MOST_PLANS && found < DRAWS && !laboratory.isOver(); index += 1) {
		if (index % TURN === 0) await setImmediate();
		const plan = planOf(index);
		const { source } = plan;
		const step = plan.steps.flatMap((step) => step.kind === "run" ? [withoutMistakes(step)] : []).find((one) => gapOf(one, source) === id && surely(one, source));
		if (step === void 0) continue;
		found += 1;
		yield {
			...plan,
			steps: [step]
		};
	}
}
function withoutMistakes({ mistakes: _, ...step }) {
	return step;
}
async function tryAll(gap, { severities }, settings, laboratory) {
	const suspects = [];
	let [drawn, documented, agreed] = [
		0,
		0,
		0
	];
	for await (const plan of plansInto(gap, settings, laboratory)) {
		drawn += 1;
		const shown = await laboratory.look(plan);
		if (shown === "agrees") agreed += 1;
		else if (shown === void 0) continue;
		else if (severities.includes(severityOf(shown.finding, false))) documented += 1;
		else {
			settings.changed(gap.id, shown);
			suspects.push({
				...suspectOf(shown),
				carriedFrom: "known-gap"
			});
		}
	}
	return {
		drawn,
		counts: {
			documented,
			agreed,
			other: suspects.length
		},
		suspects
	};
}
function wordFor({ documented, agreed, other }) {
	if (other > 0) return "changed";
	if (documented > 0) return "as documented";
	return agreed === DRAWS ? "lifted" : "unclear";
}
// src/triage/stored-plan.ts
var BadPlan = class extends Error {};
const MOST_AVOIDED = 1e4;
const MOST_INDEX = 1e9;
const position = pipe(number$2(), integer(), minValue(1), maxValue(99));
const name = pipe(string(), maxLength(100));
const StoredPlan = strictObject({
	version: literal(3),
	seed: pipe(string(), maxLength(MOST_PLAN_SEED)),
	index: pipe(number$2(), integer(), minValue(0), maxValue(MOST_INDEX)),
	swarm: Swarm,
	source: Source,
	steps: pipe(array(variant("kind", [strictObject({
		kind: literal("run"),
		position,
		operation: name,
		options: record(name, unknown()),
		twin: picklist(TWIN_CHECKS),
		mistakes: optional(pipe(array(name), minLength(1), maxLength(16))),
		calledFrom: optional(picklist(CALLED_FROM))
	}), strictObject({
		kind: literal("skipped"),
		position,
		operation: name,
		gap: name
	})])), minLength(1), maxLength(16), check$2((steps) => new Set(steps.map(({ position: one }) => one)).size === steps.length, "two steps have one position")),
	avoided: pipe(array(name), maxLength(MOST_AVOIDED))
});
function readStoredPlan(path, operations) {
	const file = statSync(path).isDirectory() ? join(path, "plan.json") : path;
	let json;
	try {
		json = JSON.parse(readFileSync$1(file, "utf8"));
	} catch (error) {
		throw new BadPlan(`${file} cannot be read as JSON: ${String(error)}`);
	}
	return parsePlan(json, operations, file);
}
function parsePlan(json, operations, file) {
	const plan = safeParse(StoredPlan, json);
	if (!plan.success) throw new BadPlan(`${file} is no plan of version 3: ${problemOf(plan.issues)}`);
	for (const step of plan.output.steps) checkStep(step, operations, file);
	return plan.output;
}
function isStored(plan, operations) {
	try {
		parsePlan(plan, operations, "plan");
		return true;
	} catch (error) {
		if (error instanceof BadPlan) return false;
		throw error;
	}
}
function checkStep(step, operations, file) {
	if (step.kind === "skipped") return;
	const operation = operations.find((candidate) => candidate.name === step.operation);
	if (operation === void 0) throw new BadPlan(`${file}: step ${step.position} is of no known operation.`);
	const known = operation.mistakes.flat();
	if (step.mistakes?.some((mistake) => !known.includes(mistake))) throw new BadPlan(`${file}: step ${step.position}: no such mistake can be made there.`);
	const options = safeParse(operation.schema, step.options);
	if (!options.success) throw new BadPlan(`${file}: step ${step.position}: ${problemOf(options.issues)}`);
}
function problemOf([issue]) {
	return `${getDotPath(issue) ?? "the document"}: ${issue.message}`;
}
// src/session/third-readers.ts
const READ_BY_THIRD = OPERATIONS.map((operation) => ({
	...operation,
	script: (options, context) => ({
		...operation.script(options, context),
		oracles: [],
		readbacks: [sameToThirdReader],
		invariants: [],
		mistaken: []
	})
}));
async function askThirdReaders(plan, worker) {
	const steps = plan.steps.map((step) => step.kind === "run" ? {
		...step,
		twin: "none"
	} : step);
	const trial = await worker.execute({
		...plan,
		steps
	});
	if (trial === void 0) return [];
	const verdict = judge(trial.steps.map(({ outcome }) => outcome));
	const asked = (entries) => [...new Set(entries.map(({ program }) => program))].filter(isThirdReader);
	const step = verdict.kind === "divergent" ? verdict.finding.step : void 0;
	const last = asked(trial.transcript.filter((entry) => entry.step === step)).at(-1);
	return asked(trial.transcript).map((reader) => {
		if (verdict.kind === "inconclusive") return {
			juror: reader,
			says: "nothing"
		};
		if (verdict.kind !== "divergent" || reader !== last) return {
			juror: reader,
			says: "same-size"
		};
		return {
			juror: reader,
			says: verdict.finding.kind === "size" ? "other-size" : "unreadable"
		};
	});
}
// src/session/laboratory.ts
const TIME_SHARE = .5;
const LEAST_SHRINKS = 3;
function suspectIn({ plan, trial, verdict }) {
	if (verdict.kind !== "divergent") return void 0;
	return suspectOf({
		plan,
		finding: verdict.finding,
		transcript: trial.transcript
	});
}
function mostMilliseconds({ shrinkSeconds, fuzzedMilliseconds = 0 }) {
	return Math.max(LEAST_SHRINKS * shrinkSeconds * 1e3, fuzzedMilliseconds * TIME_SHARE);
}
function openLaboratory(needs) {
	const { sandbox, tools, signal, shrinks, shrinkSeconds, trying, gapOf = gapsWithout([]) } = needs;
	const workers = [];
	const open = (changes = {}) => {
		const opened = new Worker({
			...needs,
			operations: OPERATIONS,
			...changes
		});
		workers.push(opened);
		return opened;
	};
	const worker = open();
	const other = (subject, dialect = tools.dialect) => open({
		sandbox: {
			...sandbox,
			subject
		},
		tools: {
			...tools,
			dialect
		}
	});
	const look = (plan, by) => {
		trying?.();
		return lookAt(plan, by);
	};
	const judged = async (plan, by) => {
		const seen = await look(plan, by);
		return seen?.verdict.kind === "ok" ? "agrees" : shownBy(seen);
	};
	const third = open({ operations: READ_BY_THIRD });
	const thirdVotes = (plan) => askThirdReaders(plan, third);
	const reader = open({ readsBytes: true });
	let baseline;
	const now = () => performance.now();
	const end = now() + mostMilliseconds(needs);
	return {
		operations: OPERATIONS,
		shrinks,
		shrinkSeconds,
		isOver: () => signal.aborted || now() >= end,
		now,
		isSound: (plan, from) => isStored(plan, OPERATIONS) && staysWithin(gapsIn(plan, gapOf), from && gapsIn(from, gapOf)),
		observe: async (plan) => shownBy(await look(plan, worker)),
		look: (plan) => judged(plan, worker),
		readBytes: async (plan) => (await reader.execute(plan))?.bytes,
		runReproducer: (script) => worker.runReproducer(script),
		observeBaseline: async (plan) => {
			if (sandbox.baseline === void 0) return void 0;
			baseline ??= other(sandbox.baseline);
			return judged(plan, baseline);
		},
		askThirdReaders: (plan) => tools.thirdReaders.length === 0 ? Promise.resolve([]) : thirdVotes(plan),
		jurors: tools.jurors.map(({ path, version }) => {
			const juror = other(path, "qemu-img");
			return {
				name: version,
				observe: (plan) => judged(plan, juror)
			};
		}),
		close: async () => {
			await Promise.all(workers.map((one) => one.close()));
		}
	};
}
async function inLaboratory(needs, task) {
	const laboratory = openLaboratory(needs);
	try {
		return await task(laboratory);
	} finally {
		await laboratory.close();
	}
}
async function lookAt(plan, worker) {
	const trial = await worker.execute(plan);
	return trial && {
		plan,
		trial,
		verdict: judge(trial.steps.map(({ outcome }) => outcome))
	};
}
function shownBy(seen) {
	if (seen?.verdict.kind !== "divergent") return void 0;
	return {
		plan: seen.plan,
		finding: seen.verdict.finding,
		transcript: seen.trial.transcript
	};
}
function gapsIn({ steps, source }, gapOf) {
	return steps.flatMap((step) => step.kind === "run" ? gapOf(step, source) ?? [] : []);
}
function staysWithin(gaps, allowed = []) {
	return gaps.every((gap) => allowed.includes(gap));
}
// src/sandbox/environment.ts
const ENGINE_VARIABLES = [
	"PATH",
	"HOME",
	"XDG_RUNTIME_DIR",
	"DOCKER_HOST",
	"DOCKER_CONTEXT",
	"DOCKER_CONFIG",
	"DOCKER_TLS_VERIFY",
	"DOCKER_CERT_PATH",
	"CONTAINER_HOST"
];
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
function engineEnvironment(from) {
	const entries = ENGINE_VARIABLES.flatMap((name) => {
		const value = from[name];
		return value === void 0 ? [] : [[name, value]];
	});
	return {
		PATH: DEFAULT_PATH,
		...Object.fromEntries(entries)
	};
}
function commandEnvironment(home, path = DEFAULT_PATH) {
	return {
		PATH: path,
		HOME: home,
		TMPDIR: home,
		TZ: "UTC",
		LC_ALL: "C"
	};
}
const REMOVALS = 25;
const PAUSE_MS = 200;
function callEngine(run, engine, args) {
	return run("timeout", [
		String(120),
		engine,
		...args
	], engineEnvironment(process.env));
}
async function sweepContainers(run, engine) {
	const { stdout } = await callEngine(run, engine, [
		"ps",
		"-a",
		"--filter",
		`label=${LABEL}`,
		"--format",
		`{{.ID}} {{.Label "${LABEL}"}}`
	]);
	for (const line of stdout.split("\n")) {
		const [id, owner] = line.trim().split(" ");
		if (id && owner && isAbandoned(owner)) await callEngine(run, engine, [
			"rm",
			"-f",
			id
		]);
	}
}
async function removeContainers(run, engine, name) {
	for (let left = REMOVALS; left > 0; left -= 1) {
		await callEngine(run, engine, [
			"rm",
			"-f",
			...PARTS.map((part) => containerName(name, part))
		]);
		const listed = await callEngine(run, engine, [
			"ps",
			"-a",
			"-q",
			"--filter",
			`name=${name}`
		]);
		if (listed.code !== 0 || listed.stdout.trim() === "") return;
		await setTimeout$2(PAUSE_MS);
	}
	throw new CannotRun(`${engine} did not remove the containers of this run, whose names begin with ${name}.`);
}
async function requireImage(run, engine, image) {
	const info = await callEngine(run, engine, ["info"]);
	if (info.code === 127 || info.code === 126) throw new CannotRun(`Input "container-engine": "${engine}" is not installed. Install it, or give "none" if the job already runs inside the image.`);
	if (info.code !== 0) throw new CannotRun(`Input "container-engine": "${engine}" does not answer: ${(info.stderr || info.stdout).trim().split("\n").at(-1)}. Start its service, or give "none".`);
	if ((await callEngine(run, engine, [
		"image",
		"inspect",
		image
	])).code !== 0) throw new CannotRun(`Input "image": ${engine} has no image "${image}". Build or pull it in an earlier step of this job, for example: ${engine} build -t ${image} -f path/to/Dockerfile .`);
}
// src/sandbox/pipes.ts
const TAKE_PIPES = "exec \"$@\" <\"$0.in\" >\"$0.out\" 2>\"$0.err\"";
function makePipes(directory, name, { uid, gid }) {
	const path = join(directory, name);
	const paths = [
		`${path}.in`,
		`${path}.out`,
		`${path}.err`
	];
	try {
		execFileSync("mkfifo", [
			"-m",
			"600",
			"--",
			...paths
		], {
			stdio: "pipe",
			env: { PATH: process.env["PATH"] }
		});
		if (process.getuid?.() === 0) for (const one of paths) lchownSync(one, uid, gid);
		return {
			path,
			stdin: new Socket({
				fd: openEnd(paths[0]),
				readable: false,
				writable: true
			}),
			stdout: new Socket({
				fd: openEnd(paths[1]),
				readable: true,
				writable: false
			}),
			stderr: new Socket({
				fd: openEnd(paths[2]),
				readable: true,
				writable: false
			}),
			remove() {
				for (const one of paths) rmSync(one, { force: true });
			}
		};
	} catch (error) {
		throw new CannotRun(`No pipes can be made in ${directory}: ${error instanceof Error ? error.message : error}`);
	}
}
function openEnd(path) {
	return openSync(path, constants$1.O_RDWR | constants$1.O_NONBLOCK | constants$1.O_NOFOLLOW);
}
// src/sandbox/resident.ts
const LAST_WORDS_MILLISECONDS = 100;
function residentHere(child) {
	return resident(child, child, () => "");
}
function residentBehind(child, pipes) {
	let complaint = "";
	child.stderr?.on("data", (chunk) => {
		complaint = (complaint + chunk.toString("utf8")).slice(0, 300);
	});
	const one = resident(child, pipes, () => complaint.trim());
	one.ended.then(() => pipes.remove());
	return one;
}
function resident(child, { stdin, stdout, stderr }, complaint) {
	const streams = [
		stdin,
		stdout,
		stderr
	];
	const letGo = () => {
		for (const stream of streams) stream.destroy();
	};
	for (const stream of streams) stream.on("error", () => {});
	const ended = new Promise((resolve) => {
		child.once("error", ({ message }) => resolve(`cannot be started: ${message}`));
		child.once("exit", (code, signal) => {
			const tell = () => resolve(`ended (${signal ?? `exit code ${code}`}) ${complaint()}`.trim());
			child.once("close", tell);
			setTimeout(tell, LAST_WORDS_MILLISECONDS);
		});
	});
	ended.then(letGo);
	return {
		stdin,
		stdout,
		stderr,
		ended,
		kill() {
			child.kill("SIGKILL");
			letGo();
		}
	};
}
// src/sandbox/container.ts
async function openContainers(options, run, signal) {
	const scratch = makeScratch(options.scratchPath, containerUser());
	try {
		const [tools, subject] = await Promise.all(PARTS.map((part) => startContainer(options, part, signal)));
		if (tools === void 0 || subject === void 0) throw new Error("a part has no container");
		return sandboxOf(options, run, scratch, {
			tools,
			subject
		});
	} catch (error) {
		await removeContainers(run, options.engine, options.name).catch(() => {});
		removeTree(scratch.path);
		throw error;
	}
}
function sandboxOf({ engine, name, subject, baseline }, run, scratch, keepers) {
	let started = 0;
	const startInside = (part, argv, variables = {}) => {
		const pipes = makePipes(pipesOf(scratch.path, part), String(started), scratch.user);
		started += 1;
		const words = Object.entries({
			...commandEnvironment(homeOf(scratch.path, part)),
			...variables
		}).map(([key, value]) => `${key}=${value}`);
		const args = [
			"exec",
			containerName(name, part),
			"env",
			"-i",
			...words
		];
		const env = engineEnvironment(process.env);
		return residentBehind(spawn(engine, [
			...args,
			"sh",
			"-c",
			`${END_FIRST}${TAKE_PIPES}`,
			pipes.path,
			...argv
		], {
			env,
			detached: true,
			stdio: [
				"ignore",
				"ignore",
				"pipe"
			]
		}), pipes);
	};
	const beside = async (part, script, operand) => {
		const words = [
			"sh",
			"-c",
			`${END_FIRST}${script}`,
			"sh",
			operand
		];
		await callEngine(run, engine, [
			"exec",
			containerName(name, part),
			...words
		]);
	};
	const openLane = (part) => new Lane(startInside(part, ["sh"]), (leader) => beside(part, INTERRUPT_SESSION, leader));
	const killLane = async (part, lane) => {
		await beside(part, KILL_SESSION, await lane.sessionLeader());
		lane.kill();
	};
	return {
		scratch,
		subject: calledInside(subject, SUBJECT_MOUNT),
		...baseline === void 0 ? {} : { baseline: calledInside(baseline, BASELINE_MOUNT) },
		endIteration: END_ITERATION_ISOLATED,
		async openLanes() {
			if (PARTS.some((part) => keepers[part].exitCode !== null || keepers[part].signalCode !== null)) throw new SandboxGone("a container of it has ended");
			return greeted({
				tools: openLane("tools"),
				subject: openLane("subject")
			});
		},
		startInterpreter(program, prompt, variables) {
			return new Interpreter(startInside("tools", [
				"sh",
				"-c",
				BECOME_INTERPRETER,
				"sh",
				program
			], variables), prompt, (leader) => beside("tools", KILL_SESSION, leader));
		},
		removeBeside: (directory) => beside("tools", REMOVE_DIRECTORY, directory),
		async killLanes(lanes) {
			await Promise.all(PARTS.map((part) => killLane(part, lanes[part])));
		},
		async close() {
			for (const part of PARTS) keepers[part].stdin.end();
			try {
				await removeContainers(run, engine, name);
			} finally {
				removeTree(scratch.path);
			}
		}
	};
}
function calledInside(subject, mounted) {
	return subject.kind === "reference" ? REFERENCE : join(mounted, basename(subject.path));
}
async function startContainer(options, part, signal) {
	const witness = join(areaOf(options.scratchPath, part), "witness");
	writeFileSync$1(witness, "", { mode: 420 });
	const inside = `[ -e ${shellWord(witness)} ] || { echo unseen; exit 1; }; echo ready; until cat >/dev/null; do :; done; exit 0`;
	const args = [
		...containerArguments(options, part),
		options.image,
		"-c",
		inside
	];
	const child = spawn(options.engine, args, {
		env: engineEnvironment(process.env),
		detached: true,
		stdio: "pipe"
	});
	child.stdin.on("error", () => {});
	let heard = "";
	let warned = "";
	const ready = new Promise((resolve, reject) => {
		child.stdout.on("data", (chunk) => {
			heard = (heard + chunk.toString("utf8")).slice(-2e3);
			if (/^ready$/m.test(heard)) resolve();
		});
		child.stderr.on("data", (chunk) => {
			warned = (warned + chunk.toString("utf8")).slice(-2e3);
		});
		child.once("error", (error) => reject(new CannotRun(`${options.engine} cannot be started: ${error.message}`)));
		child.once("close", () => reject(new CannotRun(whyNotStarted(options, `${heard}${warned}`.trim()))));
	});
	try {
		await withinLimit(ready, options.engine, signal);
		return child;
	} catch (error) {
		child.kill("SIGKILL");
		throw error;
	}
}
async function withinLimit(ready, engine, signal) {
	const over = AbortSignal.any([signal, AbortSignal.timeout(12e4)]);
	const ended = new Promise((_, reject) => {
		const end = () => reject(signal.aborted ? new CannotRun("The run was stopped before it began.") : new CannotRun(`${engine} did not start the container within 120 s.`));
		if (over.aborted) end();
		else over.addEventListener("abort", end, { once: true });
	});
	await Promise.race([ready, ended]);
}
function whyNotStarted({ engine, image, scratchPath }, said) {
	if (said.startsWith("unseen")) return `The container does not see the scratch directory ${scratchPath}. Is ${engine} on another machine (DOCKER_HOST)? It must run on this one.`;
	return `Input "image": a container of "${image}" does not start: ${said}. The image must hold a POSIX shell at /bin/sh.`;
}
// src/sandbox/machine.ts
function openMachine(scratchPath, subject, baseline) {
	const scratch = makeScratch(scratchPath, {
		uid: process.getuid?.() ?? 0,
		gid: process.getgid?.() ?? 0
	});
	const envOf = (part) => commandEnvironment(homeOf(scratchPath, part), process.env["PATH"]);
	const lanes = new Map();
	const interpreters = [];
	const beside = (script, operand) => new Promise((resolve) => {
		const killer = spawn("/bin/sh", [
			"-c",
			script,
			"sh",
			operand
		], {
			env: envOf("tools"),
			stdio: "ignore"
		});
		killer.once("error", () => resolve());
		killer.once("close", () => resolve());
	});
	const openLane = (part) => {
		const shell = spawn("/bin/sh", [], {
			env: envOf(part),
			cwd: "/",
			detached: true,
			stdio: "pipe"
		});
		const lane = new Lane(residentHere(shell), (leader) => beside(INTERRUPT_SESSION, leader));
		lanes.set(lane, String(shell.pid));
		shell.once("exit", () => lanes.delete(lane));
		return lane;
	};
	const killLane = async (lane) => {
		await beside(KILL_SESSION, await lane.sessionLeader());
		lane.kill();
	};
	return {
		scratch,
		subject: calledHere(subject),
		...baseline === void 0 ? {} : { baseline: calledHere(baseline) },
		endIteration: REMOVE_DIRECTORY,
		async openLanes() {
			return greeted({
				tools: openLane("tools"),
				subject: openLane("subject")
			});
		},
		startInterpreter(program, prompt, variables) {
			const options = {
				env: {
					...envOf("tools"),
					...variables
				},
				cwd: "/",
				detached: true,
				stdio: "pipe"
			};
			const interpreter = new Interpreter(residentHere(spawn("/bin/sh", [
				"-c",
				BECOME_INTERPRETER,
				"sh",
				program
			], options)), prompt, (leader) => beside(KILL_SESSION, leader));
			interpreters.push(interpreter);
			return interpreter;
		},
		removeBeside: (directory) => beside(REMOVE_DIRECTORY, directory),
		async killLanes(both) {
			await Promise.all(PARTS.map((part) => killLane(both[part])));
		},
		async close() {
			for (const [lane, leader] of lanes) {
				await beside(KILL_SESSION, leader);
				lane.kill();
			}
			await Promise.all(interpreters.map((one) => one.close()));
			removeTree(scratch.path);
		}
	};
}
function calledHere(subject) {
	return subject.kind === "reference" ? REFERENCE : subject.path;
}
// src/session/open.ts
function planSandbox(settings) {
	const { name, ...names } = newNames();
	const engine = settings["container-engine"];
	return engine === "none" ? names : {
		...names,
		container: {
			engine,
			name
		}
	};
}
function newNames() {
	const owner = `${ownerOf(process.pid)}.${randomBytes(4).toString("hex")}`;
	return {
		owner,
		scratchPath: chooseScratchPath(owner),
		name: `differential-fuzz-${owner.replaceAll(".", "-")}`
	};
}
async function sweepDeadRuns(engine, run) {
	if (engine !== "none") await sweepContainers(run, engine);
	sweepScratch();
}
async function openSandbox(plan, settings, run, signal) {
	const { owner, scratchPath, container } = plan;
	if (container === void 0) return openMachine(scratchPath, settings.subject, settings.baseline);
	const { image, subject, baseline, lanes } = settings;
	await requireImage(run, container.engine, image);
	return openContainers({
		...container,
		image,
		subject,
		baseline,
		lanes,
		owner,
		scratchPath
	}, run, signal);
}
async function removeTraces({ scratchPath, container }, run) {
	try {
		if (container) await removeContainers(run, container.engine, container.name);
	} finally {
		removeTree(scratchPath);
	}
}
const PROGRAM = `disk-image-differential-fuzz 0.1.0`;
// src/session/replays.ts
const MOST_REPLAYS = 50;
async function replay(known, laboratory) {
	const replays = [];
	const tried = new Set();
	for (const bug of placed(known.filter(({ plan }) => laboratory.isSound(plan)))) {
		if (laboratory.isOver()) break;
		replays.push(await replayOne(bug, laboratory));
		tried.add(bug);
	}
	const others = known.filter((bug) => !tried.has(bug));
	return [...replays, ...others.map(({ fingerprint, unfiled }) => ({
		fingerprint,
		agrees: false,
		...unfiled && { unfiled },
		notTried: true
	}))];
}
function placed(known) {
	const filed = known.filter(({ unfiled }) => !unfiled);
	const waiting = known.filter(({ unfiled }) => unfiled);
	const places = Math.max(MOST_REPLAYS / 2, MOST_REPLAYS - filed.length);
	return [...waiting.slice(0, places), ...filed].slice(0, MOST_REPLAYS);
}
function inTurn(list, turn) {
	const counted = Number.isNaN(turn) ? 0 : turn;
	const start = list.length === 0 ? 0 : counted % list.length;
	return [...list.slice(start), ...list.slice(0, start)];
}
async function replayOne({ fingerprint, plan, unfiled }, laboratory) {
	const agrees = await agreesEachTime(plan, laboratory);
	const shown = agrees || !unfiled ? void 0 : await laboratory.observe(plan);
	return {
		fingerprint,
		agrees,
		...unfiled && { unfiled },
		...shown && { suspect: {
			...suspectOf(shown),
			carriedFrom: "earlier-run"
		} }
	};
}
async function agreesEachTime(plan, laboratory) {
	for (let attempt = 1; attempt <= 3; attempt += 1) if (await laboratory.look(plan) !== "agrees") return false;
	return true;
}
// src/session/session.ts
async function runSession(settings, planOf, caller) {
	await sweepDeadRuns(settings["container-engine"], caller.runOnHost);
	const traces = planSandbox(settings);
	caller.reserved(traces);
	const sandbox = await openSandbox(traces, settings, caller.runOnHost, caller.signal);
	try {
		const tools = await findTools(sandbox, settings["container-engine"] === "none" ? "this machine" : `the image "${settings.image}"`, settings.references);
		mkdirSync(settings.reportDirectory, { recursive: true });
		const configuration = configurationOf(settings, tools);
		const record = new Record(settings.reportDirectory, configuration, operationsNamed(settings.operations));
		caller.begun(tools);
		const versions = {
			subject: tools.subjectVersion,
			reference: tools.referenceVersion
		};
		const kept = withinVersions(unlifted(settings["lift-gaps"], settings.ledger), versions);
		await fuzzInto(record, {
			settings,
			planOf: (index) => kept(planOf(index)),
			sandbox,
			tools
		}, caller);
	} finally {
		await closeOrWarn(sandbox, caller);
	}
	return reportOn(settings.reportDirectory, caller);
}
function reportOn(directory, { warn }) {
	const report = readReport(directory);
	const keep = (name, textOf) => {
		try {
			keepText(directory, name, textOf());
		} catch (error) {
			warn(`${name} cannot be kept in ${directory}: ${String(error)}`);
		}
	};
	keep(FILES.summary, () => summaryOf(report));
	keep(FILES.page, () => pageOf(report));
	return report;
}
async function closeOrWarn(sandbox, { warn }) {
	try {
		await sandbox.close();
	} catch (error) {
		warn(`Not all of the sandbox could be removed: ${String(error)}`);
	}
}
async function fuzzInto(record, fuzzing, caller) {
	const { settings, planOf, sandbox, tools } = fuzzing;
	try {
		const suspects = [...await replayKnown(record, fuzzing, caller), ...await tryGaps(record, fuzzing, caller)];
		const started = performance.now();
		caller.fuzzing();
		await fuzz({
			...settings,
			indices: indicesOf(settings.iterations, settings.shard, settings.first),
			budgetSeconds: settings["time-budget"],
			planOf,
			sandbox,
			tools,
			operations: OPERATIONS,
			timeoutSeconds: settings.timeout,
			failFast: settings["fail-fast"],
			signal: caller.signal,
			record: (iteration) => {
				record.add(iteration);
				const suspect = suspectIn(iteration);
				if (suspect) suspects.push(suspect);
				caller.finished(iteration);
			}
		});
		const fuzzedMilliseconds = performance.now() - started;
		await triageInto(record, suspects, {
			...laboratoryNeeds(fuzzing),
			signal: caller.signal,
			fuzzedMilliseconds
		}, caller);
		record.end(caller.signal.aborted ? "interrupted" : "finished");
	} catch (error) {
		record.end("failed", error instanceof CannotRun ? error.message : `Unexpected: ${stackOf(error)}`);
	}
}
function laboratoryNeeds({ settings, sandbox, tools }) {
	const { shrink: shrinks, "shrink-timeout": shrinkSeconds, timeout: timeoutSeconds } = settings;
	return {
		sandbox,
		tools,
		timeoutSeconds,
		shrinks,
		shrinkSeconds,
		gapOf: settings.gapOf
	};
}
async function replayKnown(record, fuzzing, { known, signal }) {
	const plans = isFirst(fuzzing.settings) ? await known() : [];
	if (plans.length === 0) return [];
	const replays = await inLaboratory({
		...laboratoryNeeds(fuzzing),
		signal
	}, (laboratory) => replay(plans, laboratory));
	writeReplays(record.directory, replays);
	return replays.flatMap(({ suspect }) => suspect ?? []);
}
function isFirst({ shard }) {
	return shard === void 0 || shard.number === 1;
}
async function tryGaps(record, fuzzing, { signal }) {
	const { settings } = fuzzing;
	if (!settings.sendsCanaries || settings.subject.kind === "reference" || !isFirst(settings)) return [];
	const { lines, suspects } = await inLaboratory({
		...laboratoryNeeds(fuzzing),
		signal
	}, (laboratory) => sendCanaries({
		...settings,
		changed: (gap, shown) => record.addCanary(gap, shown)
	}, laboratory));
	writeCanaries(record.directory, lines);
	return suspects;
}
async function triageInto(record, suspects, needs, { triaging }) {
	if (suspects.length === 0 || needs.signal.aborted) return;
	const mostSeconds = mostMilliseconds(needs) / 1e3;
	const bugs = new Set();
	let tries = 0;
	const tell = () => triaging({
		findings: suspects.length,
		bugs: bugs.size,
		tries,
		mostSeconds
	});
	const trying = () => {
		tries += 1;
		tell();
	};
	tell();
	await inLaboratory({
		...needs,
		trying
	}, async (laboratory) => {
		for await (const ruling of triage(suspects, laboratory)) {
			record.rule(ruling);
			if (ruling.kind === "bug") bugs.add(ruling.bug.fingerprint);
			tell();
		}
	});
}
function stackOf(error) {
	return error instanceof Error ? String(error.stack) : String(error);
}
function configurationOf(settings, tools) {
	const { seed, iterations, first, operations, image, lanes } = settings;
	return {
		program: PROGRAM,
		seed,
		iterations,
		...first === 0 ? {} : { first },
		operations,
		instar: settings.subject.kind === "reference" ? settings.instar : settings.subject.path,
		image,
		containerEngine: settings["container-engine"],
		...settings["container-engine"] !== "none" && hasKvm() ? { kvm: true } : {},
		timeoutSeconds: settings.timeout,
		...settings["time-budget"] === void 0 ? {} : { timeBudgetSeconds: settings["time-budget"] },
		...settings["fail-fast"] ? { failFast: true } : {},
		...settings.shard === void 0 ? {} : { shard: settings.shard },
		lanes,
		liftedGaps: settings["lift-gaps"],
		gapsFile: settings["gaps-file"] ?? "",
		subjectVersion: tools.subjectVersion,
		referenceVersion: tools.referenceVersion,
		juryVersions: tools.jurors.map(({ version }) => version)
	};
}
// src/shell/run-on-host.ts
const runOnHost = async (program, args, environment) => {
	try {
		const options = {
			env: { ...environment },
			silent: true,
			ignoreReturnCode: true
		};
		const { exitCode, stdout, stderr } = await getExecOutput(program, [...args], options);
		return {
			code: exitCode,
			stdout,
			stderr
		};
	} catch (error) {
		return {
			code: 127,
			stdout: "",
			stderr: String(error)
		};
	}
};
// src/session/failure.ts
function failureOf(report, failOn, proposed) {
	const { counts, bugs, carried, unexplained } = report;
	if (failOn.kind === "never") return void 0;
	if (failOn.kind === "bugs") return ofBugs(report, failOn, proposed);
	if (counts.divergent === 0) return carried.length === 0 || proposed ? void 0 : ofCarried(carried);
	const depend = bugs.length > 0 && bugs.every((bug) => severityOfBug(bug) === "version-dependent");
	if (proposed && depend && unexplained.length === 0) return void 0;
	return {
		kind: "failed",
		words: `${counted(counts.divergent, "iteration")} diverged.`
	};
}
function ofCarried(carried) {
	return {
		kind: "failed",
		words: `No iteration diverged, but ${carriedWords(carried)}.`
	};
}
function bugsThatCount(report, proposed) {
	return proposed ? report.bugs : allBugs(report);
}
function isMeant(bug, report, failOn) {
	if (failOn.kind !== "bugs") return failOn.kind === "divergence";
	return isCounted(severityOfBug(bug), failOn) && (!failOn.onlyNew || isNew(bug, report));
}
function isMeantAlone({ finding }, failOn) {
	if (failOn.kind !== "bugs") return failOn.kind === "divergence";
	return !failOn.onlyNew && isCounted(severityOf(finding, false), failOn);
}
function isCounted(severity, { severities }) {
	return severities.length === 0 || severities.includes(severity);
}
const MOST_NAMED = 5;
function ofBugs(report, failOn, proposed) {
	const { onlyNew, severities } = failOn;
	const counts = (severity) => isCounted(severity, failOn);
	const bugs = bugsThatCount(report, proposed);
	const red = bugs.filter((bug) => isMeant(bug, report, failOn));
	const others = report.unexplained.filter(({ finding }) => counts(severityOf(finding, false)));
	const kinds = [...onlyNew ? ["new"] : [], ...severities.length > 0 ? [severities.join(" or ")] : []].join(" and ");
	const names = [...red.slice(0, MOST_NAMED).map(({ fingerprint }) => fingerprint), ...red.length > MOST_NAMED ? ["…"] : []].join(", ");
	const words = `${counted(red.length, "bug")} matched fail-on (${kinds}): ${names}.`;
	if (red.length > 0) return {
		kind: "failed",
		words
	};
	const unclear = onlyNew ? bugs.filter((bug) => isUnclear(bug, report) && counts(severityOfBug(bug))) : [];
	const unsure = [...others.length === 0 ? [] : [unexplainedWords(others.length)], ...unclearWords(unclear)];
	return unsure.length === 0 ? void 0 : {
		kind: onlyNew ? "unsure" : "failed",
		words: unsure.join(" ")
	};
}
function unclearWords(unclear) {
	const many = (why) => unclear.filter(({ unfinished }) => unfinished === why).length;
	const [time, seldom] = [many("time"), many("seldom")];
	const unknown = (bugs) => `so it is not known whether ${bugs === 1 ? "it is" : "they are"} new.`;
	const slow = `Shrinking ${counted(time, "bug")} took longer than shrink-timeout, ${unknown(time)}`;
	const rare = `Smaller cases of ${counted(seldom, "bug")} show the difference only now and then, ${unknown(seldom)}`;
	return [...time === 0 ? [] : [slow], ...seldom === 0 ? [] : [rare]];
}
export { keepText as $, boolean as $t, replayCommand as A, __toESM as An, REFERENCE as At, CoverageForm as B, gapsWithout as Bt, reproduceCommand as C, exec as Cn, inertJson as Ct, explain as D, __commonJSMin as Dn, markdownCode as Dt, byteWords as E, which as En, markdownBlock as Et, writeStandings as F, SEVERITIES as Ft, fuzzingSeconds as G, shareOf as Gt, writeCanaries as H, MOST_ITERATIONS as Ht, Replays as I, SEVERITY_WORDS as It, mergeCoverage as J, USUAL_NAMES as Jt, readText as K, OPERATIONS as Kt, writeReplays as L, severityOf as Lt, plansOf as M, VOTES as Mt, allBugs as N, describeVote as Nt, IN_CLONE as O, __exportAll as On, plainTitle as Ot, writeHistory as P, severityOfBug as Pt, keepJson as Q, array as Qt, latestBugs as R, GAPS as Rt, RUN_SCRIPT as S, variant as Sn, counted as St, newnessWords as T, rmRF as Tn, inertLines as Tt, FILES as U, indicesOf as Ut, Canaries as V, GAP_ID as Vt, canaryFolder as W, parseShard as Wt, KeptFiles as X, parseOutsideJson as Xt, shellWord as Y, memberOf as Yt, inForm as Z, THIRD_READERS as Zt, readStoredPlan as _, safeParse as _n, bugLine as _t, runOnHost as a, maxLength as an, million as at, unexplainedWords as b, string as bn, describeFinding as bt, stackOf as c, minValue as cn, whole as ct, removeTraces as d, optional as dn, NO_HISTORY as dt, check$2 as en, wholeLines as et, callEngine as f, parse$1 as fn, PLAN_CHARACTERS as ft, parsePlan as g, regex as gn, describeOrigin as gt, MOST_INDEX as h, record as hn, FINGERPRINT as ht, isMeantAlone as i, literal as in, gap as it, isMostlyUnknown as j, CannotRun as jt, drawingArguments as k, __require as kn, fieldsOf as kt, inTurn as l, number$2 as ln, word$1 as lt, MOST_AVOIDED as m, pipe as mn, parseHistory as mt, failureOf as n, integer as nn, exactly as nt, reportOn as o, maxValue as on, operation as ot, BadPlan as p, picklist as pn, historyText as pt, totalsOf as q, OPERATION_NAMES as qt, isMeant as r, isoTimestamp as rn, fingerprint as rt, runSession as s, minLength as sn, some as st, bugsThatCount as t, exactOptional as tn, amount as tt, PROGRAM as u, object as un, HISTORY_CHARACTERS as ut, gapOfSeed as v, strictObject as vn, findingLine as vt, reproduceHere as w, mkdirP as wn, inertLine as wt, traitWords as x, union as xn, expectedLabel as xt, summaryOf as y, strictTuple as yn, describeBug as yt, readRecordLines as z, LIFTABLE as zt };
