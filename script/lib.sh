# What the scripts share: messages, the choice of the server, the change of user, commands that a signal can end, and
# the private copy of the sources in which everything is built. To be sourced by bash; it does nothing by itself.

set -euo pipefail
umask 022
export LC_ALL=C.UTF-8
unset CDPATH LANGUAGE MAKEFLAGS MFLAGS MAKELEVEL

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

say() { printf '== %s\n' "$*"; }
complain() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { complain "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- the server ---

# Sets PG_CONFIG, bindir and major to the server that PG_CONFIG names, else to the newest one of Debian's packages, else
# to the one in PATH. A pg_config without a server beside it, as client packages bring it, does not count.
choose_server() {
    local server

    if [ -z "${PG_CONFIG:-}" ]; then
        server=$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)
        if [ -x "$server" ]; then PG_CONFIG=${server%/*}/pg_config; else PG_CONFIG=pg_config; fi
    fi
    have "$PG_CONFIG" || return
    export PG_CONFIG
    bindir=$("$PG_CONFIG" --bindir)
    major=$("$PG_CONFIG" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
    [ -x "$bindir/postgres" ]
}

require_server() {
    choose_server || die "no PostgreSQL server beside $PG_CONFIG; script/bootstrap installs one"
}

# --- users ---

# PostgreSQL refuses to run as root. There its own account does everything but the installation.
as_user() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    else
        setpriv --reuid=postgres --regid=postgres --init-groups \
            env HOME="$(getent passwd postgres | cut -d: -f6)" USER=postgres LOGNAME=postgres "$@"
    fi
}

# Without a terminal sudo must not ask for a password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    elif have sudo && [ -t 2 ]; then
        sudo "$@"
    else
        complain "this needs root or sudo: $*"
        return 1
    fi
}

# Prints the name of a new directory of the unprivileged user's, who may be shut out of the caller's TMPDIR.
user_tempdir() {
    local parent=${TMPDIR:-/tmp}

    as_user test -w "$parent" -a -x "$parent" || parent=/tmp
    as_user mktemp -d "$parent/control_list.XXXXXX"
}

# Removes a directory, together with the servers that run in it: a test that was killed leaves its own behind.
remove_tree() {
    local lock

    find "$1" -name postmaster.pid 2>/dev/null | while read -r lock; do
        as_user "$bindir/pg_ctl" -s -D "${lock%/*}" -m immediate stop || true
    done
    rm -rf "$1"
}

# --- signals ---

# Runs a command in a process group of its own, which a signal to this script ends at once; bash alone would let the
# command finish first. At a terminal the command keeps the keyboard instead, and Ctrl-C reaches it anyway.
attend() {
    local status=0

    if [ -t 0 ]; then
        "$@"
        return
    fi
    set -m
    "$@" <&0 &
    attended=$!
    set +m
    wait "$attended" || status=$?
    attended=
    return "$status"
}

# Makes a signal an ordinary exit, so that a trap on EXIT is all the cleaning up that a script needs.
interrupted() {
    trap '' HUP INT TERM
    if [ -n "$attended" ]; then
        kill -TERM -- "-$attended" 2>/dev/null || true
        for _ in {1..100}; do
            kill -0 -- "-$attended" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL -- "-$attended" 2>/dev/null || true
    fi
    exit "$1"
}

attended=
trap 'interrupted 129' HUP
trap 'interrupted 130' INT
trap 'interrupted 143' TERM

# --- the build ---

# Copies directory $1 to the new directory $2 as the unprivileged user: the original may be read-only and anybody's.
# What .gitignore names stays behind.
copy_tree() {
    as_user mkdir -p "$2"
    tar -C "$1" -c --exclude-vcs --exclude-vcs-ignores --mode=u+rwX . | as_user tar -C "$2" -x --no-same-owner
}

# build DIRECTORY [VARIABLE=VALUE]...: builds a fresh copy of the sources there.
build() {
    copy_tree "$top" "$1"
    as_user make -s -j "$(getconf _NPROCESSORS_ONLN)" -C "$@" PG_CONFIG="$PG_CONFIG"
}

# Installs what directory $1 has built, as root unless the server's directories are the caller's own.
install_built() {
    local as=as_root

    [ ! -w "$("$PG_CONFIG" --pkglibdir)" ] || [ ! -w "$("$PG_CONFIG" --sharedir)/extension" ] || as=
    $as make -s -C "$1" PG_CONFIG="$PG_CONFIG" install
}

# Puts everything in place for tests and demo: what the machine lacks, and control_list, built in the directory $source
# and installed. Real data that lies beside the checkout, in ../shared, lies beside the copy, too.
prepare() {
    "$top/script/bootstrap"
    require_server
    work=$(user_tempdir)
    source=$work/source
    if [ -f "$top/../shared/data/SOURCES.md" ]; then
        copy_tree "$top/../shared/data" "$work/shared/data"
        export CONTROL_LIST_SHARED=$work/shared
    fi

    say "building for $("$PG_CONFIG" --version)"
    build "$source"
    install_built "$source"
}

# Removes what prepare left, unless KEEP=1 asks to look at it.
discard() {
    [ -n "${work:-}" ] || return 0
    if [ "${KEEP:-}" = 1 ]; then say "kept: $work"; else remove_tree "$work"; fi
}

# --- the score ---

# keep_score, called once: the last line of the script will be `N passed, N failed`, after a line `FAILED: NAME` for each
# test that did, and whatever ends it too early counts as failed.
keep_score() {
    passed=0
    failed=0
    failures=()
    trap show_score EXIT
}

show_score() {
    local status=$?

    discard
    [ "$status" -lt 128 ] || echo # a signal came amidst a line
    [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
    [ ${#failures[@]} -eq 0 ] || printf 'FAILED: %s\n' "${failures[@]}"
    echo "$passed passed, $failed failed"
}

# score OK BAD [NAME...]: adds so many tests, and the names of those that failed.
score() {
    passed=$((passed + $1))
    failed=$((failed + $2))
    failures+=("${@:3}")
}

# logged FILE COMMAND...: shows the command's output and keeps it.
logged() { "${@:2}" 2>&1 | tee "$1"; }

# Prints how many tests passed and failed by log $1. Up to PostgreSQL 15, pg_regress writes "test name ... ok", in a
# parallel group without the first word; later ones and prove -v write TAP. Skipped and expected failures do not count.
tally() {
    awk 'tolower($0) ~ /# (skip|todo)/ { next }
         /^ok [0-9]/ || /^(test|    ) +[^ ]+ +\.\.\. ok / { ok++ }
         /^not ok [0-9]/ || /^(test|    ) +[^ ]+ +\.\.\. FAILED/ { bad++ }
         END { print ok + 0, bad + 0 }' "$1"
}

# Prints the tests that failed by log $1, those of TAP with the file and what they got.
failed_tests() {
    awk 'tolower($0) ~ /# (skip|todo)/ { next }
         $1 ~ /\.pl$/ && $2 ~ /^\.+$/ { file = $1 ": " }
         /^ok [0-9]/ { more = 0 }
         /^not ok [0-9]/ || /^(test|    ) +[^ ]+ +\.\.\. FAILED/ || /^Dubious, / { print file $0; more = 8; next }
         /^#   [^\047]/ && more-- > 0 { print }' "$1"
}

# suite NAME EVIDENCE COMMAND...: runs one kind of tests, counts its outcomes, and prints the files of evidence if one
# failed. A run that ends badly without a failed test (a crash, a missing output) or proves nothing is a failure, too.
suite() {
    local name=$1 evidence=$2 status=0 ok bad names

    shift 2
    say "$name"
    attend logged "$work/log" "$@" || status=$?
    read -r ok bad <<<"$(tally "$work/log")"
    mapfile -t names < <(failed_tests "$work/log")
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$ok" -eq 0 ]; }; then
        names+=("$name: $ok tests passed, none failed, exit status $status")
        bad=1
    fi
    score "$ok" "$bad" "${names[@]}"
    # shellcheck disable=SC2086 # the evidence may be a pattern
    [ "$bad" -eq 0 ] || tail -n 500 "$source"/$evidence 2>/dev/null || true
}
