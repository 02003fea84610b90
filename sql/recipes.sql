-- The pages of docs/recipes do what they say.
\set SHOW_CONTEXT never
\set ECHO none
\set page wind-down
\i sql/include/recipe.sql
\set page dates
\i sql/include/recipe.sql
\set page re-export
\i sql/include/recipe.sql
\set page changes
\i sql/include/recipe.sql
\set there `test -r ../shared/data/lists/us_ear_746_supp4.csv && echo true || echo false`
\set page regimes
\if :there
\i sql/include/recipe.sql
\else
\echo 'regimes: skipped, ../shared/data is not there'
\endif
\echo 'pages without a test:'
\! ls docs/recipes | sed 's/\.md$//' | while read -r page; do grep -qx "\\\\set page $page" sql/recipes.sql || echo "$page"; done
