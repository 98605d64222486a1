# SPDX-License-Identifier: MIT
# Programs that grow: `shape NAME COUNT` writes one with so many of something. For tests/growth.sh, and tests/bench/translate.sh.
repeat() { awk -v n="$1" -v text="$2" 'BEGIN { for (i = 0; i < n; i++) { line = text; gsub(/@/, i, line); printf "%s\n", line } }'; }
unit() { # head, lines, what one line is (@: its number), tail
    printf '%s\n' "$1"; repeat "$2" "$3"; printf '%s\n' "$4"
}
aco='typedef struct acoc_task acoc_task; struct acoc_task { int a; };
async int g(int x);'
shape() {
    case $1 in
    functions) unit '' "$2" 'static int f@(int x) { int y = x * @; for (int i = 0; i < y; i++) x += i; return x; }' '' ;;
    coroutines) unit "$aco" "$2" 'async int f@(int x) { int y = yield from g(x); for (int i = 0; i < y; i++) x += yield from g(i); return x; }' '' ;;
    initialiser) unit 'int x[] = {' "$2" '@, 2, 3, 4, 5,' '};' ;;
    strings) unit 'const char *x[] = {' "$2" '"text @",' '};' ;;
    declarations) unit '' "$2" 'extern int d@;' '' ;;
    enumerators) unit 'enum e {' "$2" 'E@,' 'LAST };' ;;
    members) unit 'struct s {' "$2" 'int m@;' '};' ;;
    cases) unit 'int f(int x) { switch (x) {' "$2" 'case @: x += 2; break;' '} return x; }' ;;
    labels) unit 'int f(int x) {' "$2" 'l@: x += 2; if (x > @) goto l@;' 'return x; }' ;;
    locals) unit 'int f(int x) {' "$2" 'int v@ = x + @;' 'return x; }' ;;
    macros) unit '#define TWICE(x) ((x) + (x))' "$2" 'int v@ = TWICE(@) - TWICE(TWICE(1));' '' ;;
    prototypes) printf '# 1 "many.h" 1\n'; repeat "$2" 'extern int p@(const char *text, unsigned long n);'
        printf '# 1 "x.aco" 2\n'; repeat "$2" 'int (*q@)(const char *, unsigned long) = p@;' ;;
    errors) unit '' "$2" 'int v@ = q@;' '' ;;
    macro-errors) # in a header, which is read for its columns and for what its macros left there
        unit '#define V(n) int v##n = q##n;' "$2" 'V(@)' '' >"$work/errors.h"
        printf '#include "errors.h"\n' ;;
    suspensions) unit "$aco
async int f(int x) {" "$2" 'x += yield from g(x);' 'return x; }' ;;
    kept-locals) unit "$aco
async int f(int x) {" "$2" 'int v@ = yield from g(x);' 'return x; }' ;;
    esac
}
