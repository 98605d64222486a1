# SPDX-License-Identifier: MIT
# Prints every #include that goes upward. A folder may include itself and the folders of lower or, in the compiler's
# stages, no equal rank: base < model < the stages < main.c; in the runtime base < select < loop < task < sync,
# transport < stream. abi.h and acoc.h are the ground that all of the runtime stands on, and so is loop/system.h, the
# table through which everything asks the system: it includes nothing of ours.
BEGIN {
    split("acoc/base acoc/model acoc/read acoc/parse acoc/check acoc/lower acoc/emit acoc", compiler)
    split("1 2 3 3 3 3 3 4", rank_of_compiler)
    for (i in compiler) rank[compiler[i]] = rank_of_compiler[i]
    split("runtime runtime/base runtime/select runtime/loop runtime/task runtime/sync runtime/transport runtime/stream", library)
    split("0 1 2 3 4 5 5 6", rank_of_library)
    for (i in library) rank[library[i]] = rank_of_library[i]
}
function folder_of(path) { return match(path, /\/[^\/]*$/) ? substr(path, 1, RSTART - 1) : "" }
/^#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\""); path = quoted[2]; from = folder_of(FILENAME)
    if (path ~ /\.def$/ || path ~ /^acoc\.h$|^abi\.h$|compiler\.h$|loop\/system\.h$/) next
    if (path !~ /\//) next
    target = path; base = from
    while (target ~ /^\.\.\//) { target = substr(target, 4); base = folder_of(base) }
    if (target == path) base = FILENAME ~ /^acoc/ ? "acoc" : "runtime"
    to = folder_of(target) == "" ? base : base "/" folder_of(target)
    if (to == from || to == "runtime" || !(to in rank)) next
    if (rank[to] >= rank[from]) { print FILENAME ":" FNR ": " from " must not include " path; upward = 1 }
}
END { exit upward }
