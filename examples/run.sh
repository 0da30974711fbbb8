#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the daemon on ./run, hands in the examples and shows the decisions as they come (`make run`).
#
# Stays until Ctrl-C. With ONCE=1 it ends when all examples are answered, and fails if one was not or if the daemon
# did not stop cleanly. BIN names the folder of the programs, RUN another folder to run in.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=${BIN:-.build/release}
run=${RUN:-run}
config=$run/lawspeaker.yaml
spool=$run/spool
log=$run/lawspeakerd.log
examples=(examples/*.yaml)
refused_example=examples/08-with-mistakes.yaml
daemon=

fail() {
  echo "run: $*" >&2
  if [[ -n $daemon && -s $log ]]; then
    echo "run: the end of $log:" >&2
    tail -n 20 "$log" >&2
  fi
  exit 1
}

prepare() {
  [[ -x $bin/lawspeakerd && -x $bin/lawspeaker ]] || fail "there are no programs in $bin; \`make run\` builds them"
  if [[ -d $run/spool ]]; then
    echo "Using the folder $run as it is: what was decided before is still there, and the same file handed in again"
    echo "gives no new decision. Remove $run to begin anew."
  else
    echo "Making the folder $run"
  fi
  mkdir -p -m 700 "$run"
  if [[ ! -e $run/rulepacks ]]; then cp -r rulepacks "$run/rulepacks"; fi
  if [[ ! -e $config ]]; then
    cat >"$config" <<'YAML'
# For `make run`: everything in this folder. All keys, with comments: config/lawspeaker.yaml.
lawspeaker: 1
state: state
packs: rulepacks
keys: keys
spool: {folder: spool, quiet: 2 seconds}
jurisdiction: NOR
time_zone: Europe/Oslo
languages: [en, nb]
YAML
  fi
  # a folder of before the ledger was sealed
  grep -q '^keys:' "$config" || echo 'keys: keys' >>"$config"
  if [[ ! -e $run/keys ]]; then "$bin/lawspeaker" keys new lawspeaker.example/run --config "$config" >/dev/null; fi
}

is_running() { kill -0 "$daemon" 2>/dev/null; }

is_ready() {
  [[ -d $spool/incoming ]] || return 1
  if grep -q '\bready\b' "$log"; then return 0; fi
  "$bin/lawspeaker" status --config "$config" >/dev/null 2>&1 && ((SECONDS > 10))
}

start() {
  : >"$log"
  "$bin/lawspeakerd" --config "$config" </dev/null >>"$log" 2>&1 &
  daemon=$!
  trap 'stop_quietly' EXIT
  local deadline=$((SECONDS + 60))
  until is_ready; do
    is_running || fail "the daemon ended at its start"
    ((SECONDS < deadline)) || fail "the daemon was not ready after 60 seconds"
    sleep 0.1
  done
  echo "The daemon is ready (process $daemon, log in $log)"
}

# For the ways out on which nobody asks how the daemon ended.
stop_quietly() {
  if [[ -n $daemon ]] && is_running; then
    kill -TERM "$daemon" 2>/dev/null || true
    wait "$daemon" || true
  fi
}

# Asks the daemon to stop; fails if it takes longer than half a minute or does not end well.
stop() {
  local stopping=$daemon deadline=$((SECONDS + 30)) code=0
  kill -TERM "$stopping" 2>/dev/null || true
  while is_running; do
    if ((SECONDS >= deadline)); then
      kill -KILL "$stopping" 2>/dev/null || true
      fail "the daemon did not stop within 30 seconds"
    fi
    sleep 0.1
  done
  wait "$stopping" || code=$?
  ((code == 0)) || fail "the daemon ended with exit code $code"
  daemon=
  echo "The daemon stopped cleanly"
}

declare -A seen

# The files of each decision and each refusal that were not seen before, one a line.
new_files() {
  local file
  shopt -s nullglob
  for file in "$spool"/decisions/*/*.en.md "$spool"/refused/*.diagnostics; do
    [[ -L $file || -n ${seen[$file]+yes} ]] || echo "$file"
  done
  shopt -u nullglob
}

show_new() {
  local file
  while read -r file; do
    seen[$file]=yes
    echo
    if [[ $file == *.diagnostics ]]; then
      echo "refused: $(basename "${file%.diagnostics}")"
      sed 's/^/    /' "$file"
    else
      sed -n 's/^# //p; s/^### /    /p' "$file"
    fi
    echo "    → $file"
  done < <(new_files)
}

hand_in() {
  local file
  echo "Handing in ${#examples[@]} examples: lawspeaker submit --config $config examples/…"
  for file in "${examples[@]}"; do
    "$bin/lawspeaker" submit --config "$config" "$file" >/dev/null || fail "$file was not handed in"
  done
}

is_answered() { [[ -z $(find "$spool/incoming" -mindepth 1 -maxdepth 1 -not -name '.*' -print -quit) ]]; }

await_answers() {
  local deadline=$((SECONDS + 120))
  until is_answered; do
    show_new
    is_running || fail "the daemon ended by itself"
    ((SECONDS < deadline)) || fail "after two minutes some examples are still unanswered: $(ls "$spool/incoming")"
    sleep 0.2
  done
  show_new
}

# Counts the examples whose case has a decision, and looks for the refusal that came in this run.
check_answers() {
  local file reference decided=0 refusals=0
  for file in "${examples[@]}"; do
    reference=$(sed -n 's/^case: *//p' "$file")
    if [[ $file != "$refused_example" && -f $spool/decisions/$reference/1.json ]]; then decided=$((decided + 1)); fi
  done
  for file in "${!seen[@]}"; do
    if [[ $file == *.diagnostics && ${seen[$file]} == yes ]]; then refusals=$((refusals + 1)); fi
  done
  echo
  echo "$decided of ${#examples[@]} examples have a decision, $refusals refused"
  ((decided == ${#examples[@]} - 1 && refusals == 1)) || fail "expected $((${#examples[@]} - 1)) decisions and 1 refusal"
}

say_how_to_go_on() {
  cat <<TEXT

To go on, in another terminal:
  Copy a case file into $spool/incoming: it is decided, and shown here.
  Edit $run/rulepacks/palermo and raise its version: it serves as soon as it is sound.
  $bin/lawspeaker submit --config $config --wait FILE
  $bin/lawspeaker decisions --config $config
  $bin/lawspeaker show EX-CHILD-01 --lang nb --config $config
  $bin/lawspeaker status --config $config

Ctrl-C stops the daemon.
TEXT
}

stay() {
  local is_stopping=
  trap 'is_stopping=yes' INT TERM HUP
  while [[ -z $is_stopping ]]; do
    is_running || fail "the daemon ended by itself"
    show_new
    sleep 0.5 || true
  done
  echo
  stop
}

prepare
while read -r file; do seen[$file]=before; done < <(new_files)
start
hand_in
await_answers
check_answers
if [[ ${ONCE:-} == 1 ]]; then
  stop
else
  say_how_to_go_on
  stay
fi
