-- Runs the SQL of a page of docs/recipes, and says where its output is not what the page shows.
\echo :page
\setenv PAGE :page
\! awk -f test/recipe.awk docs/recipes/$PAGE.md >results/recipe.sql
\! awk -v shown=1 -f test/recipe.awk docs/recipes/$PAGE.md >results/recipe.txt
\! : >results/recipe.out
BEGIN;
SET LOCAL datestyle = 'ISO, YMD';
SET LOCAL timezone = 'UTC';
\i results/recipe.sql
ROLLBACK;
\! diff -b -B results/recipe.out results/recipe.txt
