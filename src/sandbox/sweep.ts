/**
 * Shell scripts that clean up inside the sandbox. Only there: the scratch space belongs to hostile code, which can turn a directory
 * into a link while somebody outside walks through it.
 */

/**
 * Reads the state of process directory `$f` into `$pid`, `$parent` and `$session`; fails when it is gone. A process names itself as it
 * likes, also with line breaks and parentheses, but in 15 characters: a line that is too short was cut by such a name, and its
 * numbers are not the kernel's. proc(5) describes the fields of `stat`.
 */
const READ_PROCESS = `
read_process() {
  { read -r line <"$f/stat"; } 2>/dev/null || return 1
  pid=\${f#/proc/} parent= session=
  set -- \${line##*) }
  [ $# -lt 20 ] || { parent=$2 session=$4; }
}
`;

/** Kills the processes of session `$1` that a condition in the shell's words spares not; run beside the lane, which may be beyond hearing. */
const killInSession = (unless: string) => `${READ_PROCESS}
for f in /proc/[0-9]*; do
  read_process && [ "$session" = "$1" ] && ! ${unless} && kill -9 "$pid" 2>/dev/null
done
:
`;

/** Kills every process of session `$1`, which a lane's shell leads. */
export const KILL_SESSION = killInSession('false');

/** Kills every process of session `$1` but its leader, the lane's shell, which learns of it and goes on. */
export const INTERRUPT_SESSION = killInSession('[ "$pid" = "$1" ]');

/**
 * Kills what escaped from its command, into a session of its own or only out of its process group, and lives on. The container's first
 * process adopts orphans; lanes come from outside and have no parent. What other lanes' commands have orphaned is theirs to end.
 * Again and again, as the children of a killed orphan are the next ones.
 */
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

/** Makes directory `$1` anew, in place of all that is in it. */
export const RENEW_DIRECTORY = `
rm -rf -- "$1"
exec mkdir -- "$1"
`;

/** Removes directory `$1`, also one whose parts were made unreadable. */
export const REMOVE_DIRECTORY = `
rm -rf -- "$1" 2>/dev/null || { chmod -R u+rwX -- "$1" && rm -rf -- "$1"; }
`;

/** Ends an iteration in a container: nothing of it runs on, nothing of it stays on disk. */
export const END_ITERATION_ISOLATED = `${KILL_ORPHANS}${REMOVE_DIRECTORY}`;
