# shellcheck shell=bash
# What the benchmarks share. To be sourced by the scripts test/bench/*/run, which test/bench/run starts beside a server
# of their own; each leaves a report in the directory $BENCH_OUT.

. "$(dirname "${BASH_SOURCE[0]}")/../../script/lib.sh"

runs=${BENCH_RUNS:-9}
here=$(cd "$(dirname "$0")" && pwd -P) # of the benchmark
[ -n "${PGPORT:-}" ] || die "no server: start me by make bench"
parameters=() # of psql
export PGOPTIONS='-c search_path=bench,public -c jit=off -c max_parallel_workers_per_gather=0 -c max_parallel_maintenance_workers=0 -c client_min_messages=warning'
out=${BENCH_OUT:?the directory of the results}

# psql with the parameters of the benchmark, stopping at the first error.
query() {
    psql -X -q -v ON_ERROR_STOP=1 -P pager=off -v runs="$runs" "${parameters[@]}" "$@"
}

# Prints one value.
value() { query -At -c "$1"; }

# Prints a variable of /proc/cpuinfo or /proc/meminfo, nothing where there is none.
proc() { sed -n "s/^$2[[:space:]]*:[[:space:]]*//p" "/proc/$1" 2>/dev/null | head -n 1; }

# begin RIVAL...: creates control_list, the tables of the measurements, and the extensions RIVAL that the server has; the
# variables RIVAL of psql say whether it has. The variable "orders" is the directory of the real export rows, if there is one.
begin() {
    local rival there major orders=${CONTROL_LIST_SHARED:-$top/../shared}/data/orders

    if [ -r "$orders/nz_exports_2025_feb.csv" ]; then parameters+=(-v orders="$orders"); fi
    query -c 'CREATE EXTENSION control_list CASCADE' -f "$top/test/bench/race.sql"
    major=$(value "SELECT current_setting('server_version_num')::int / 10000")
    for rival in "$@"; do
        there=false
        if [ "$(value "SELECT count(*) FROM pg_available_extensions WHERE name = '$rival'")" = 1 ]; then
            query -c "CREATE EXTENSION $rival"
            there=true
        else
            query -c "INSERT INTO note (note) VALUES ('$rival is missing (Debian: postgresql-$major-$rival); its rows are left out')"
        fi
        parameters+=(-v "$rival=$there")
    done
}

# client_race RACE OPTION...: what race() does, with statements that come from pgbench: a run is the mean of many.
client_race() {
    local no milliseconds run

    for ((run = 1; run <= runs; run++)); do
        for no in $(value "SELECT no FROM contender WHERE race = '$1' ORDER BY no"); do
            value "SELECT statement FROM contender WHERE no = $no" >"$out/statement.sql"
            milliseconds=$(pgbench -n "${@:2}" -f "$out/statement.sql" 2>"$out/pgbench.log" | awk '/^tps/ { print 1000 / $3 }') ||
                die "pgbench: $(cat "$out/pgbench.log")"
            query -c "UPDATE contender SET milliseconds = milliseconds || $milliseconds::float8 WHERE no = $no"
        done
    done
}

# client_mix RACE OPTION...: as client_race(), but one long run for all, whose clients send the statements of all contenders
# in random order: what disturbs one disturbs the others alike, so that differences of some percent are seen.
client_mix() {
    local no scripts=() times=20

    for no in $(value "SELECT no FROM contender WHERE race = '$1' ORDER BY no"); do
        value "SELECT statement || ';' FROM contender, generate_series(1, $times) WHERE no = $no" >"$out/statement.$no.sql"
        scripts+=(-f "$out/statement.$no.sql")
    done
    pgbench -n "${@:2}" "${scripts[@]}" >"$out/pgbench.log" 2>&1 || die "pgbench: $(cat "$out/pgbench.log")"
    # a script is named before its numbers
    awk -v times="$times" '
        /^SQL script/ { gsub(/.*statement\.|\.sql$/, ""); no = $0 }
        /^ - latency average/ { print "UPDATE contender SET milliseconds = array[" $5 / times "] WHERE no = " no ";" }' "$out/pgbench.log" |
        query
}

# What the numbers depend on, as items of a list. Nothing that names the machine.
machine() {
    local cpu memory pages

    cpu=$(proc cpuinfo 'model name')
    memory=$(proc meminfo MemTotal | awk '{ printf "%.0f GB", $1 / 1048576 }')
    pages=$(proc meminfo HugePages_Total)
    echo "- $(uname -s) $(uname -r | grep -oE '^[0-9]+\.[0-9]+'), $(uname -m), $(getconf _NPROCESSORS_ONLN) processors (${cpu:-unknown}), ${memory:-unknown} of memory, ${pages:-0} huge pages"
    echo "- $(value 'SELECT version()')"
    echo "- $(value "SELECT 'control_list ' || extversion FROM pg_extension WHERE extname = 'control_list'")$(
        value "SELECT string_agg(', ' || extname || ' ' || extversion, '' ORDER BY extname) FROM pg_extension WHERE extname IN ('ip4r', 'prefix')")"
    echo "- $(value "SELECT string_agg(name || ' = ' || current_setting(name), ', ' ORDER BY name) FROM pg_settings
                      WHERE name IN ('shared_buffers', 'max_wal_size', 'maintenance_work_mem', 'work_mem', 'fsync', 'autovacuum', 'jit', 'max_parallel_workers_per_gather')"), data on $(
        stat -f -c %T "$(value 'SHOW data_directory')")"
}

# The results as a table of markdown.
markdown() {
    echo '| work | ours | theirs | ours : theirs | to reach | |'
    echo '|---|---:|---:|---:|---|---|'
    query -At -c "SELECT format('| %s | %s %s %s | %s %s %s | %s | %s | %s |', work, ours_name, ours, unit, theirs_name, theirs, unit, ratio, target, remark)
                  FROM bench.report ORDER BY no"
}

# report NAME WORDS VARIABLE...: prints the results and writes them to $out as NAME.csv and, below $here/head.md, as NAME.md.
# WORDS say how large it all was, the variables are those that change it.
report() {
    local columns='work, ours_name, ours, theirs_name, theirs, unit, ratio, target, remark' variable

    query -P footer=off -c "SELECT $columns FROM bench.report ORDER BY no"
    query -c "\\copy (SELECT $columns FROM bench.report ORDER BY no) to stdout with (format csv, header)" >"$out/$1.csv"
    query -At -c "SELECT '== ' || note FROM bench.note ORDER BY no"
    {
        cat "$here/head.md"
        echo
        machine
        echo "- each number is the fastest of $runs runs or more; $2; made by \`$(
            for variable in BENCH_RUNS "${@:3}"; do [ -z "${!variable:-}" ] || printf '%s=%s ' "$variable" "${!variable}"; done)make bench\`"
        echo
        markdown
        echo
        value "SELECT '- ' || note FROM bench.note ORDER BY no"
    } >"$out/$1.md"
}
