# SPDX-License-Identifier: MIT
# acoc -> the runtime's .c, and its .aco by acoc -> libacoc -> tests and examples. Everything made stands in $(BUILD).
# make V=1 shows the commands; CC, CFLAGS, BUILD and PREFIX may be given.
VERSION  := 0.1.0
BUILD    ?= build
PREFIX   ?= /usr/local
CFLAGS   ?= -O2 -g
WERROR   ?=
WARNINGS := -Wall -Wextra -Wshadow $(WERROR)
SANITIZE ?=
COMPILE   = $(CC) -std=gnu11 -D_GNU_SOURCE $(WARNINGS) $(CFLAGS) $(if $(SANITIZE),$(SANITIZE) -Wno-format-truncation) -MMD -MP
LINK      = $(CC) $(CFLAGS) $(SANITIZE) $(LDFLAGS)
Q         = $(if $(V),,@)
say       = $(if $(V),,@echo "  $(1)	$@" &&)

ACOC_C     := $(wildcard acoc/*.c acoc/*/*.c)
RUNTIME_C  := $(wildcard runtime/*/*.c)
RUNTIME_A  := $(wildcard runtime/*/*.aco)
TESTS_C    := $(wildcard tests/*.c tests/support/*.c tests/compiler/*.c tests/runtime/*.c)
TESTS_A    := $(wildcard tests/runtime/*.aco)
EXAMPLES   := $(patsubst examples/%,$(BUILD)/examples/%,$(sort $(basename $(wildcard examples/*.aco examples/*.c))))
OBJECTS    := $(BUILD)/objects
comma      := ,
objects     = $(patsubst %,$(OBJECTS)/%.o,$(1))
ACOC_O     := $(call objects,$(ACOC_C)) $(BUILD)/gen/lexer.o
RUNTIME_O  := $(call objects,$(RUNTIME_C) $(RUNTIME_A))
TESTS_O    := $(call objects,$(TESTS_C) $(TESTS_A))

.PHONY: all check check-run check-scripts check-random check-levels demo demo-run check-asan check-tsan check-valgrind check-strangers check-typed bench fuzz layers stage2 install clean deps examples
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/acoc $(BUILD)/libacoc.a

# ---- the compiler

$(BUILD)/acoc: $(ACOC_O)
	$(call say,link)$(LINK) $^ -o $@

$(BUILD)/gen/lexer.c: grammar/lexer.re
	@mkdir -p $(@D)
	$(call say,re2c)re2c -W -Wno-nondeterministic-tags --no-generation-date -i $< -o $@

$(BUILD)/gen/lexer.o: $(BUILD)/gen/lexer.c
	$(call say,cc)$(COMPILE) -Igrammar -Iacoc -c $< -o $@

$(OBJECTS)/acoc/%.c.o: acoc/%.c
	@mkdir -p $(@D)
	$(call say,cc)$(COMPILE) -DACOC_VERSION='"$(VERSION)"' -Igrammar -Iacoc -c $< -o $@

# ---- the runtime; a .aco's quoted includes are looked up beside it

$(BUILD)/libacoc.a: $(RUNTIME_O)
	@rm -f $@
	$(call say,ar)$(AR) rcs $@ $^

$(OBJECTS)/runtime/%.c.o: runtime/%.c
	@mkdir -p $(@D)
	$(call say,cc)$(COMPILE) -Iruntime -c $< -o $@

ACO_FLAGS = -std=gnu11 -D_GNU_SOURCE -Iruntime -Itests -iquote $(<D)
$(OBJECTS)/%.aco.c: %.aco $(BUILD)/acoc
	@mkdir -p $(@D)
	$(call say,acoc)$(BUILD)/acoc --cc="$(CC)" $(ACO_FLAGS) -MD -MF $(@:.c=.d) $< -o $@

$(OBJECTS)/%.aco.o: $(OBJECTS)/%.aco.c
	$(call say,cc)$(COMPILE) -MF $(@:.o=.o.d) -Iruntime -Itests -iquote $(patsubst $(OBJECTS)/%,%,$(@D)) -c $< -o $@

# ---- tests and examples

$(OBJECTS)/tests/runtime/%.c.o: tests/runtime/%.c
	@mkdir -p $(@D)
	$(call say,cc)$(COMPILE) -Itests -Iruntime -c $< -o $@

$(OBJECTS)/tests/%.c.o: tests/%.c
	@mkdir -p $(@D)
	$(call say,cc)$(COMPILE) -Itests -Igrammar -Iacoc -c $< -o $@

$(BUILD)/tests/run: $(call objects,tests/link/left.c) $(TESTS_O) $(filter-out $(OBJECTS)/acoc/main.c.o,$(ACOC_O)) $(BUILD)/libacoc.a
	@mkdir -p $(@D)
	$(call say,link)$(LINK) $(filter-out %/left.c.o,$^) -lcunit -pthread -lm -o $@

$(OBJECTS)/examples/%.c.o: examples/%.c
	@mkdir -p $(@D)
	$(call say,cc)$(COMPILE) -Iruntime -c $< -o $@

.SECONDEXPANSION:
$(BUILD)/examples/%: $$(addprefix $(OBJECTS)/,$$(addsuffix .o,$$(wildcard examples/$$*.aco examples/$$*.c))) $(BUILD)/libacoc.a
	@mkdir -p $(@D)
	$(call say,link)$(LINK) $^ -pthread -lm -o $@

examples: $(EXAMPLES)

check: deps
	$(Q)$(MAKE) --no-print-directory check-run

RANDOM_FLAGS = -ftrivial-auto-var-init=pattern \
    $(if $(SANITIZE),$(SANITIZE) -fno-sanitize=signed-integer-overflow$(comma)float-cast-overflow$(comma)shift)

check-run: all $(BUILD)/tests/run examples layers $(if $(TEST),,check-scripts)
	$(Q)ACOC_BUILD=$(BUILD) $(if $(DAMAGES),ACOC_TEST_DAMAGES=$(DAMAGES) )ACOC_TEST_SANITIZE="$(SANITIZE)" $(CHECK_UNDER) $(BUILD)/tests/run $(TEST)

# What is no suite of tests/run: tables that must agree, counts, random programs.
check-scripts: all
	$(Q)sh tests/grammar.sh
	$(Q)sh tests/traps.sh
	$(Q)sh tests/messages.sh
	$(Q)sh tests/attributes.sh $(BUILD)/acoc $(BUILD)/attributes
	$(Q)sh tests/lines.sh $(BUILD)/acoc $(BUILD)/lines
	$(Q)$(if $(SANITIZE),,sh tests/growth.sh $(BUILD)/acoc $(BUILD)/growth)
	$(Q)sh tests/random.sh $(BUILD)/acoc $(BUILD)/libacoc.a $(BUILD)/random 20 1 "$(RANDOM_FLAGS)"
	$(Q)sh tests/csmith.sh $(BUILD)/acoc $(BUILD)/libacoc.a $(BUILD)/csmith 25 1 \
	    $(if $(SANITIZE),"-O0 $(RANDOM_FLAGS) -fsanitize-recover=undefined",turns)

# The programs of all cases at every level of optimisation, where `make check` takes two of them by turns.
check-levels: deps
	$(Q)ACOC_TEST_LEVELS=all $(MAKE) --no-print-directory check-run TEST=cases_programs

# Random programs: SEEDS of each kind, the first with seed FIRST; EXTENT=turns: two builds of each instead of four.
SEEDS  ?= 200
FIRST  ?= 1000
EXTENT ?= all
check-random: deps all
	$(Q)sh tests/random.sh $(BUILD)/acoc $(BUILD)/libacoc.a $(BUILD)/random $(SEEDS) $(FIRST)
	$(Q)sh tests/csmith.sh $(BUILD)/acoc $(BUILD)/libacoc.a $(BUILD)/csmith $(SEEDS) $(FIRST) $(EXTENT)

demo: deps
	$(Q)$(MAKE) --no-print-directory demo-run

demo-run: all examples
	$(Q)sh examples/demo.sh $(BUILD)/examples

check-asan: deps
	$(Q)$(MAKE) check-run BUILD=$(BUILD)/asan CFLAGS="-O1 -g -fno-omit-frame-pointer" \
	    SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined"

check-tsan: deps
	$(Q)$(MAKE) check-run BUILD=$(BUILD)/tsan CFLAGS="-O1 -g" SANITIZE=-fsanitize=thread

# The runtime's tests, then every case's program. VALGRIND_CASES=TEXT takes those whose name contains it.
VALGRIND := valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite
check-valgrind: deps
	$(Q)for suite in $(or $(TEST),memory error timer loop future task stream counted); do $(MAKE) check-run TEST=$$suite \
	    CHECK_UNDER="$(VALGRIND)" || exit 1; done
	$(Q)$(if $(TEST),,ACOC_TEST_CASE="$(VALGRIND_CASES)" ACOC_TEST_UNDER="$(VALGRIND)" $(MAKE) check-run TEST=cases_programs)

# Other people's programs, built from what acoc makes of their sources, by their own tests: STRANGERS="zlib lua" selects.
# The same with a static assertion for each expression: are acoc's types the compiler's?
check-typed:
	$(Q)$(MAKE) --no-print-directory check-strangers STRANGER_FORM=asserts

check-strangers: deps $(BUILD)/acoc
	$(Q)bash tests/strangers/run.sh $(BUILD)/acoc $(BUILD)/strangers $(STRANGERS)

bench: all
	$(Q)ACOC_BUILD=$(BUILD) bash tests/bench/run.sh $(WORKLOADS)

fuzz: deps all
	$(Q)$(MAKE) --no-print-directory BUILD=$(BUILD)/asan CFLAGS="-O1 -g" SANITIZE="-fsanitize=address,undefined" $(BUILD)/asan/acoc
	$(Q)sh tests/fuzz.sh $(BUILD)/asan/acoc $(BUILD)/fuzz
	$(Q)sh tests/fuzz/run.sh $(BUILD)/fuzz $(or $(FUZZ_SECONDS),600)

# Any upward include: see tests/layers.awk for the order of the folders.
layers:
	$(Q)awk -f tests/layers.awk $$(find acoc runtime -name '*.[ch]' -o -name '*.aco')

# acoc over its own sources: C that uses none of our ideas comes out byte for byte.
stage2: $(BUILD)/acoc
	$(Q)for f in $(ACOC_C); do mkdir -p $(BUILD)/stage2/$$(dirname $$f) && \
	    $(BUILD)/acoc -std=gnu11 -D_GNU_SOURCE -Igrammar -Iacoc $$f -o $(BUILD)/stage2/$$f && cmp $$f $(BUILD)/stage2/$$f || exit 1; done
	@echo "stage2: $(words $(ACOC_C)) files came out unchanged"

# ---- the rest

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include/acoc $(DESTDIR)$(PREFIX)/share/man/man1 \
	    $(DESTDIR)$(PREFIX)/share/acoc
	install $(BUILD)/acoc $(DESTDIR)$(PREFIX)/bin/acoc
	install -m 644 $(BUILD)/libacoc.a $(DESTDIR)$(PREFIX)/lib/libacoc.a
	sed 's|"abi.h"|"acoc/abi.h"|' runtime/acoc.h >$(DESTDIR)$(PREFIX)/include/acoc.h
	install -m 644 runtime/abi.h $(DESTDIR)$(PREFIX)/include/acoc/abi.h
	printf 'prefix=%s\nName: acoc\nDescription: asyncio for C\nVersion: %s\nCflags: -I$${prefix}/include\nLibs: -L$${prefix}/lib -lacoc -pthread\n' \
	    '$(PREFIX)' '$(VERSION)' >$(DESTDIR)$(PREFIX)/lib/pkgconfig/acoc.pc
	install -m 644 runtime/gdb.py $(DESTDIR)$(PREFIX)/share/acoc/gdb.py
	$(if $(wildcard docs/acoc.1),install -m 644 docs/acoc.1 $(DESTDIR)$(PREFIX)/share/man/man1/acoc.1)

clean:
	rm -rf $(BUILD)

deps:
	$(Q)sh tests/deps.sh

-include $(shell [ -d $(BUILD) ] && find $(BUILD) \( -path $(BUILD)/asan -o -path $(BUILD)/tsan -o -path $(BUILD)/strangers \) -prune -o -name '*.d' -print)
