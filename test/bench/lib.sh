# shellcheck shell=bash
# What the benchmarks share. To be sourced by the scripts test/bench/*/run, which test/bench/run starts beside a server
# of their own; each leaves a report in the directory $BENCH_OUT.

. "$(dirname "${BASH_SOURCE[0]}")/../../script/lib.sh"

runs=${BENCH_RUNS:-9}
[ -n "${PGPORT:-}" ] || die "no server: start me by make bench"
parameters=() # of psql
out=${BENCH_OUT:?the directory of the results}

# psql with the parameters of the benchmark, stopping at the first error.
query() {
    psql -X -q -v ON_ERROR_STOP=1 -P pager=off -v runs="$runs" "${parameters[@]}" "$@"
}

# Prints one value.
value() { query -At -c "$1"; }

# Prints a variable of /proc/cpuinfo or /proc/meminfo, nothing where there is none.
proc() { sed -n "s/^$2[[:space:]]*:[[:space:]]*//p" "/proc/$1" 2>/dev/null | head -n 1; }

# What the numbers depend on, as items of a list. Nothing that names the machine.
machine() {
    local cpu memory

    cpu=$(proc cpuinfo 'model name')
    memory=$(proc meminfo MemTotal | awk '{ printf "%.0f GB", $1 / 1048576 }')
    echo "- $(uname -s) $(uname -r | grep -oE '^[0-9]+\.[0-9]+'), $(uname -m), $(getconf _NPROCESSORS_ONLN) processors (${cpu:-unknown}), ${memory:-unknown} of memory"
    echo "- $(value 'SELECT version()')"
    echo "- $(value "SELECT 'control_list ' || extversion FROM pg_extension WHERE extname = 'control_list'")$(
        value "SELECT string_agg(', ' || extname || ' ' || extversion, '' ORDER BY extname) FROM pg_extension WHERE extname IN ('ip4r', 'prefix')")"
    echo "- $(value "SELECT string_agg(name || ' = ' || current_setting(name), ', ' ORDER BY name) FROM pg_settings
                      WHERE name IN ('shared_buffers', 'maintenance_work_mem', 'work_mem', 'fsync', 'autovacuum', 'jit', 'max_parallel_workers_per_gather')")"
}

# The results as a table of markdown.
markdown() {
    echo '| work | ours | theirs | ours : theirs | to reach | |'
    echo '|---|---:|---:|---:|---|---|'
    query -At -c "SELECT format('| %s | %s %s %s | %s %s %s | %s | %s | %s |', work, ours_name, ours, unit, theirs_name, theirs, unit, ratio, target, remark)
                  FROM bench.report ORDER BY no"
}

# show NAME: prints the results and writes them to $out as NAME.csv and as the table of NAME.md.
show() {
    query -P footer=off -c 'SELECT work, ours_name, ours, theirs_name, theirs, unit, ratio, target, remark FROM bench.report ORDER BY no'
    query -c '\copy (SELECT work, ours_name, ours, theirs_name, theirs, unit, ratio, target, remark FROM bench.report ORDER BY no) to stdout with (format csv, header)' >"$out/$1.csv"
    query -At -c "SELECT '== ' || note FROM bench.note ORDER BY no"
}
