# SPDX-License-Identifier: MIT
# From the preprocessor's output ($CC -E) what the project's own file and the case's headers gave: no system headers, no
# <acoc.h>, no markers: text without macros, which tests/fuzz/prelude.h can precede. With -v other=1 the rest.
/^# [0-9]+ "/ {
    outside = $3 ~ /^"[\/<]/ || $3 ~ /(acoc|abi)\.h"$/
    next
}
NF && !outside == !other { print }
