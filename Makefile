# control_list: export-control screening for PostgreSQL.
#
#   make && make install && make installcheck   as for every extension
#   make demo     the whole story, on a throw-away server
#   make test     every test there is, on a throw-away server
#   make fuzz     the fuzz targets, which need no server; FUZZ_SECONDS=60
#   make bench    every benchmark, on a throw-away server
#   make valgrind the tests, on a throw-away server that valgrind watches; VALGRIND_TESTS=wire
#   make dist     the archive for PGXN

EXTENSION = control_list
EXTVERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" control_list.control)

MODULE_big = control_list
OBJS = $(patsubst %.c,%.o,$(sort $(wildcard src/*.c src/*/*.c)))
PG_CPPFLAGS = -I$(srcdir)/src

DATA_built = control_list--$(EXTVERSION).sql
EXTRA_CLEAN = META.json dist

REGRESS = $(sort $(patsubst sql/%.sql,%,$(wildcard sql/*.sql)))
REGRESS_OPTS = --inputdir=$(srcdir) --load-extension=control_list --encoding=UTF8
ISOLATION = $(sort $(patsubst test/specs/%.spec,%,$(wildcard test/specs/*.spec)))
ISOLATION_OPTS = --inputdir=$(srcdir)/test
# TAP tests start servers of their own and want IPC::Run, so only "make test" sets TAP_TESTS
PROVE_TESTS = test/t/*.pl

# "make demo" and "make test" install what is missing first, PGXS too
ifeq ($(filter demo test bench fuzz valgrind dist META.json,$(MAKECMDGOALS)),)
PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# calls within the library need no symbols, of which every connection would look up some hundred; 16 hides them of itself
ifeq ($(PORTNAME),linux)
SHLIB_LINK += -Wl,-Bsymbolic-functions
endif

all: META.json

$(OBJS): $(wildcard src/*.h src/*/*.h)

control_list--$(EXTVERSION).sql: $(sort $(wildcard sql/install/*.sql)) control_list.control
	cat $(filter %.sql,$^) > $@
endif

META.json: META.json.in control_list.control
	sed 's/@VERSION@/$(EXTVERSION)/' $< > $@

demo test:
	@script/$@

bench fuzz valgrind:
	@test/$@/run

dist: META.json
	mkdir -p dist
	git archive --format=zip --prefix=control_list-$(EXTVERSION)/ --add-file=META.json \
		--output=dist/control_list-$(EXTVERSION).zip HEAD

.PHONY: demo test bench fuzz valgrind dist
