# The SQL of a page of docs/recipes: what psql is to run.  The output of a block of SQL before a block of text
# goes to results/recipe.out, that of others nowhere.  With -v shown=1: what the page says that the output is.

/^```/ && !inside {
	inside = substr($0, 4)
	run(inside == "text" ? "| cat >>results/recipe.out" : "/dev/null")
	next
}
/^```/ { inside = ""; next }
inside == "sql" { sql = sql $0 "\n" }
inside == "text" && shown { print }
END { run("/dev/null") }

function run(output)
{
	if (sql != "" && !shown)
		printf "\\o %s\n%s\\o\n", output, sql
	sql = ""
}
