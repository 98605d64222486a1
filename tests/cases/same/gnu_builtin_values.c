// SPDX-License-Identifier: MIT
// Builtins of constants are constants: of as many bits as the parameter has.
// gcc: -std=gnu11
// clang: -std=gnu11
enum {
    ALL_SET = __builtin_popcount(-1), ALL_SET_LONG = __builtin_popcountl(-1), ALL_SET_LONGEST = __builtin_popcountll(-1),
    LOW_ZEROS = __builtin_ctz(0x100000010), LOW_ZEROS_LONG = __builtin_ctzl(0x100000000),
    HIGH_ZEROS = __builtin_clz(-1), HIGH_ZEROS_OF_ONE = __builtin_clz(0x100000001), HIGH_ZEROS_LONG = __builtin_clzll(1),
    FIRST = __builtin_ffs(0x100000010), FIRST_LONG = __builtin_ffsl(0x100000000), NONE = __builtin_ffs(0),
    ODD = __builtin_parity(7), EVEN = __builtin_parityl(-1),
    SIGNS = __builtin_clrsb(1), SIGNS_OF_MINUS_ONE = __builtin_clrsb(-1), SIGNS_LONG = __builtin_clrsbl(0),
    SWAPPED = __builtin_bswap16(0x10102), SWAPPED_INT = __builtin_bswap32(1) >> 4,
    EXPECTED = __builtin_expect(3, 1)
};
char swapped_long[__builtin_bswap64(0x100000000000000)];
